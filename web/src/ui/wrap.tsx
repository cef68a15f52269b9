// What is wider than its place scrolls in it, also with the keyboard.
import type { CSSProperties, ReactNode } from 'react';

export function Wrap(props: { label: string; style?: CSSProperties; children: ReactNode }) {
  return (
    <div
      className="table-wrap"
      role="region"
      aria-label={props.label}
      tabIndex={0}
      style={props.style}
    >
      {props.children}
    </div>
  );
}
