// What this account was told, newest first and by day. It says that something happened, and leads
// to where it can be read. Nothing here is counted, and nobody sees whether it was looked at.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get } from '@/api/client';
import type { NoticeList } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import '@/rooms/compliance/todo.css';
import { Button } from '@/ui/button';
import { Bones, Empty, Trouble } from '@/ui/states';

type Notice = NoticeList['items'][number];

export function Component() {
  const list = useInfiniteQuery({
    queryKey: ['/notices', {}],
    queryFn: ({ pageParam, signal }) =>
      get<NoticeList>('/notices', { limit: 100, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
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
        {list.error ? (
          <Trouble error={list.error} retry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Bones lines={8} />
        ) : items.length === 0 ? (
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
        )}
        {list.hasNextPage ? (
          <p style={{ textAlign: 'center' }}>
            <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('act.more')}
            </Button>
          </p>
        ) : null}
      </div>
    </div>
  );
}
