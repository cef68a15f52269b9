// The calendar feed of this account: its address is a secret, shown once.
import { useState } from 'react';
import { useGet, usePost } from '@/api/hooks';
import type { CalendarFeed, CalendarFeedMade, Changed } from '@/api/types';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Loaded, Refusals } from '@/ui/states';

export function FeedBox() {
  const feed = useGet<CalendarFeed>('/me/calendar');
  const make = usePost<CalendarFeedMade>('/me/calendar');
  const revoke = usePost<Changed>('/me/calendar/revocation');
  const path = make.data?.path;
  return (
    <section className="card" aria-label={t('feed.title')}>
      <header>
        <h2>{t('feed.title')}</h2>
      </header>
      <div className="body stack">
        <p className="muted">{t('feed.text')}</p>
        <Loaded of={feed} lines={2}>
          {(now) => (
            <>
              {now.active && path ? (
                <Address url={location.origin + path} />
              ) : (
                <p>
                  {now.active
                    ? t('feed.active', { at: instant(now.made ?? '').slice(0, 10) })
                    : t('feed.none')}
                </p>
              )}
              <Refusals error={make.error ?? revoke.error} />
              <div className="row">
                <Button
                  look={now.active ? 'plain' : 'main'}
                  icon="calendar"
                  busy={make.isPending}
                  onClick={() => make.mutate({ body: { version: now.version } })}
                >
                  {t(now.active ? 'feed.renew' : 'feed.make')}
                </Button>
                {now.active ? (
                  <Button
                    look="danger"
                    busy={revoke.isPending}
                    onClick={() => revoke.mutate({ body: { version: now.version } })}
                  >
                    {t('feed.revoke')}
                  </Button>
                ) : null}
              </div>
            </>
          )}
        </Loaded>
      </div>
    </section>
  );
}

function Address({ url }: { url: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(url).then(() => setCopied(true));
  };
  return (
    <div className="notice stack" role="status" style={{ gap: 8 }}>
      <p>{t('feed.shown_once')}</p>
      <div className="row">
        <input
          className="text grow"
          readOnly
          aria-label={t('feed.address')}
          value={url}
          onFocus={(event) => event.target.select()}
        />
        <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
          {t(copied ? 'feed.copied' : 'feed.copy')}
        </Button>
      </div>
    </div>
  );
}
