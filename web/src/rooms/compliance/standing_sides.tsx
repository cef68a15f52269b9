// Beside the table: how it went week by week, and what falls due next.
import { useQueries } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Select } from 'antd';
import { get } from '@/api/client';
import type { Cell, Column, Standing, StandingHistory, UpcomingList } from '@/api/types';
import { useGet } from '@/api/hooks';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { aside, fullDay, periodTitle, relativeDay } from '@/i18n/format';
import { useLook } from '@/ui/look';
import { Bones, Loaded } from '@/ui/states';
import { CellButton } from './heat_table';
import { nodePath } from './hooks';
import type { TrendPoint } from './trend_chart';

const TrendChart = lazy(() => import('./trend_chart'));

type Open = (node: { id: string; name: string }, column: Column, cell: Cell) => void;

export function Sides(props: { node: string; columns: Column[]; open: Open }) {
  if (props.columns.length === 0) return null;
  return (
    <div className="sides">
      <TrendCard node={props.node} columns={props.columns} />
      <Upcoming node={props.node} open={props.open} />
    </div>
  );
}

// The periods up to this one, of duties that come again within a year.
export function periodsUpTo(period: string): string[] {
  const [, year, kind, number] = /^(\d{4})-(Q?)(\d+)$/.exec(period) ?? [];
  if (!year || !number) return [];
  const inYear = kind === 'Q' ? 4 : 12;
  const last = Number(year) * inYear + Number(number) - 1;
  return Array.from({ length: inYear === 4 ? 8 : 12 }, (_, i) => {
    const at = last - (inYear === 4 ? 7 : 11) + i;
    const within = (at % inYear) + 1;
    const name = kind === 'Q' ? `Q${within}` : String(within).padStart(2, '0');
    return `${Math.floor(at / inYear)}-${name}`;
  });
}

// How the last periods ended; for what comes once a year, how this one goes day by day.
function useTrend(node: string, column: Column | undefined): TrendPoint[] | undefined {
  const { obligation, period } = column ?? {};
  const periods = periodsUpTo(period ?? '');
  const path = `${nodePath(node)}/standing`;
  const before = useQueries({
    queries: periods.map((one) => ({
      queryKey: [path, { obligation, period: one }],
      queryFn: () => get<Standing>(path, { obligation, period: one }),
      staleTime: 60_000,
      retry: false,
    })),
  });
  const daily = useGet<StandingHistory>(
    `${path}/history`,
    { obligation, period },
    column !== undefined && periods.length === 0,
    60_000,
  );
  if (periods.length === 0) {
    return daily.data?.points.map((one) => ({ ...one, name: one.day, label: one.day.slice(5) }));
  }
  if (before.some((one) => one.isLoading)) return undefined;
  return before.flatMap(({ data }, i) => {
    const at = data?.columns.findIndex((one) => one.period === periods[i]) ?? -1;
    const cell = data?.cells[at];
    const name = periods[i] ?? '';
    return cell && cell.due > 0
      ? [{ name: periodTitle(name), label: name.slice(2), due: cell.due, done: cell.done }]
      : [];
  });
}

// Below the table and heavy: nothing of it is asked for before it is in sight.
function useSeen() {
  const card = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!card.current) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((one) => one.isIntersecting)) setSeen(true);
    });
    observer.observe(card.current);
    return () => observer.disconnect();
  }, []);
  return [card, seen] as const;
}

function TrendCard({ node, columns }: { node: string; columns: Column[] }) {
  const { dark } = useLook();
  const [chosen, setChosen] = useState('');
  const column = columns.find((one) => one.obligation === chosen) ?? columns[0];
  const [card, seen] = useSeen();
  const points = useTrend(node, seen ? column : undefined);
  return (
    <section className="card" ref={card}>
      <header>
        <h2>{t('standing.trend')}</h2>
        <Select
          aria-label={t('standing.trend_of')}
          value={column?.obligation}
          style={{ minWidth: 180 }}
          popupMatchSelectWidth={false}
          options={[...new Map(columns.map((one) => [one.obligation, one])).values()].map(
            (one) => ({
              value: one.obligation,
              label: one.title,
            }),
          )}
          onChange={setChosen}
        />
      </header>
      <div className="body" style={{ minHeight: 272 }}>
        {!seen ? null : points === undefined ? (
          <Bones lines={5} />
        ) : points.length < 2 ? (
          <p className="muted">{t('standing.no_trend')}</p>
        ) : (
          <Suspense fallback={<div className="chart" />}>
            <TrendChart key={`${dark} ${column?.obligation}`} points={points} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

function Upcoming({ node, open }: { node: string; open: Open }) {
  const { me } = useSession();
  const upcoming = useGet<UpcomingList>(`${nodePath(node)}/upcoming`, {
    days: 60,
  });
  return (
    <section className="card">
      <header>
        <h2>{t('standing.upcoming')}</h2>
      </header>
      <Loaded of={upcoming} lines={4}>
        {(list) =>
          list.items.length === 0 ? (
            <p className="muted" style={{ padding: 16 }}>
              {t('standing.no_upcoming')}
            </p>
          ) : (
            <ul className="lines">
              {list.items.slice(0, 6).map(({ column, cell }) => {
                const by = column.perform_by >= me.today ? column.perform_by : column.enter_by;
                return (
                  <li
                    key={`${column.obligation} ${column.period}`}
                    className="row between"
                    style={{ padding: '6px 16px' }}
                  >
                    <div>
                      <p>
                        {column.title}{' '}
                        <span className="muted small">{periodTitle(column.period)}</span>
                      </p>
                      <p className="muted small num">
                        {fullDay(by)}
                        {aside(relativeDay(by, me.today))}
                      </p>
                    </div>
                    <div style={{ minHeight: 36, display: 'flex' }}>
                      <CellButton
                        cell={cell}
                        open={(found) => open({ id: node, name: '' }, column, found)}
                      />
                    </div>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
