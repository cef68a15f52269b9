// What this account was told, newest first and by day. It says that something happened, and leads
// to where it can be read. Nothing here is counted, and nobody sees whether it was looked at.
import { Link } from 'react-router';
import { usePages } from '@/api/hooks';
import type { NoticeList } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import '@/rooms/compliance/todo.css';
import { Empty, Loaded, More } from '@/ui/states';

type Notice = NoticeList['items'][number];

export function Component() {
  const list = usePages<NoticeList>('/notices', {}, { limit: 100 });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const days = new Map<string, Notice[]>();
  for (const one of items) {
    const day = instant(one.shown_from).slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return (
    <div className="page narrow">
      <div className="page-head">
        <div>
          <h1>{t('place.notices')}</h1>
          <p>{t('notice.about')}</p>
        </div>
      </div>
      <div className="stack" style={{ gap: 16 }}>
        <Loaded of={list} lines={8}>
          {() =>
            items.length === 0 ? (
              <section className="card">
                <Empty name="notices" icon="check" />
              </section>
            ) : (
              [...days].map(([day, notices]) => (
                <section key={day} className="card">
                  <header>
                    <h2 className="num">{fullDay(day)}</h2>
                  </header>
                  <ul className="lines">
                    {notices.map((one) => (
                      <li key={`${one.matter} ${one.kind} ${one.at}`} className="todo">
                        <div className="grow">
                          <p>
                            <Link to={`/matters/${one.matter}`}>
                              {t(`notice.kind.${one.kind}`, {
                                ledger: one.ledger ?? '',
                                id: one.matter,
                              })}
                            </Link>
                          </p>
                          <p className="small muted num">{instant(one.at)}</p>
                        </div>
                      </li>
                    ))}
                  </ul>
                </section>
              ))
            )
          }
        </Loaded>
        <More of={list} />
      </div>
    </div>
  );
}
