// One line under the top while something waits to be sent, and the sending.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { flush, forget, retry, useWaiting } from '@/api/outbox';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Drawer } from '@/ui/overlay';
import { useSession } from './session';

const subscribe = (listener: () => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};
export const useOnline = () => useSyncExternalStore(subscribe, () => navigator.onLine);

export function OutboxLine() {
  const { me } = useSession();
  const account = me.account.id;
  const waiting = useWaiting(account);
  const online = useOnline();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const unsent = waiting.filter((item) => !item.refused).length;
  const refused = waiting.length - unsent;
  useEffect(() => {
    if (unsent === 0) return undefined;
    const go = () =>
      void flush(account).then((sent) => {
        if (sent > 0) void queries.invalidateQueries();
      });
    go();
    const timer = setInterval(go, 10_000);
    window.addEventListener('online', go);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', go);
    };
  }, [unsent, account, queries]);
  if (waiting.length === 0 && online) return null;
  return (
    <div className="waiting" role="status">
      <div className={`notice ${refused > 0 ? 'failed' : 'warn'} row between`}>
        <span className="row">
          <Icon name="offline" size={18} />
          {waiting.length === 0 ? t('outbox.offline') : null}
          {unsent > 0 ? t('outbox.waiting', { n: unsent }) : null}
          {refused > 0 ? t('outbox.refused', { n: refused }) : null}
        </span>
        {waiting.length > 0 ? (
          <button type="button" className="link" onClick={() => setOpen(true)}>
            {t('outbox.show')}
          </button>
        ) : null}
      </div>
      {open ? (
        <Drawer title={t('outbox.title')} close={() => setOpen(false)}>
          <ul className="stack">
            {waiting.map((item) => (
              <li key={item.key} className="card pad stack">
                <div className="row between">
                  <strong>{item.title}</strong>
                  <span className="muted small num">{instant(item.at)}</span>
                </div>
                {item.refused ? (
                  <p className="v-failed">{item.refused}</p>
                ) : (
                  <p>{t('outbox.kept')}</p>
                )}
                <div className="row">
                  {item.refused ? (
                    <Button onClick={() => retry(item)}>{t('outbox.again')}</Button>
                  ) : null}
                  <Button look="danger" onClick={() => forget(item.key)}>
                    {t('outbox.drop')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </Drawer>
      ) : null}
    </div>
  );
}
