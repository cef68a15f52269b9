import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon, type IconName } from './icon';
import './button.css';

type Look = 'main' | 'plain' | 'danger' | 'quiet';

export function Button({
  look = 'plain',
  icon,
  busy,
  children,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: Look;
  icon?: IconName;
  busy?: boolean;
  children?: ReactNode;
}) {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${look} ${className ?? ''}`}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {icon ? <Icon name={icon} size={18} /> : null}
      {children === undefined ? null : <span>{children}</span>}
    </button>
  );
}

export function ButtonLink(props: {
  to: string;
  look?: Look;
  icon?: IconName;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link to={props.to} className={`button ${props.look ?? 'plain'} ${props.className ?? ''}`}>
      {props.icon ? <Icon name={props.icon} size={18} /> : null}
      <span>{props.children}</span>
    </Link>
  );
}
