// Drawer and dialog on the platform's own <dialog>: focus stays inside, Escape closes, what lies
// below is inert. Lists that open inside it are drawn inside it too, or they would lie underneath.
import { ConfigProvider } from 'antd';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { t } from '@/i18n/i18n';
import { Icon } from './icon';

type Props = { title: ReactNode; close: () => void; children: ReactNode; actions?: ReactNode };

function Overlay({ look, title, close, children, actions }: Props & { look: 'drawer' | 'box' }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    // Back to what opened it, where that is still there.
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return createPortal(
    <dialog
      ref={dialog}
      className={`overlay ${look}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <div className="overlay-head">
        <h2 id={id}>{title}</h2>
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          {actions}
          <button type="button" className="icon-button" onClick={close} aria-label={t('act.close')}>
            <Icon name="close" />
          </button>
        </div>
      </div>
      <div className="body">
        <ConfigProvider getPopupContainer={() => dialog.current ?? document.body}>
          {children}
        </ConfigProvider>
      </div>
    </dialog>,
    document.body,
  );
}

export const Drawer = (props: Props) => <Overlay look="drawer" {...props} />;
export const Box = (props: Props) => <Overlay look="box" {...props} />;
