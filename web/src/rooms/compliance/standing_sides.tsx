// Beside the table: how it went week by week, and what falls due next.
import { lazy, Suspense, useState } from 'react';
import { Select } from 'antd';
import type { Cell, Column, StandingHistory, UpcomingList } from '@/api/types';
import { useGet } from '@/api/hooks';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { aside, fullDay, periodTitle, relativeDay } from '@/i18n/format';
import { useLook } from '@/ui/look';
import { Loaded } from '@/ui/states';
import { CellButton } from './heat_table';
import { nodePath } from './hooks';

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

function TrendCard({ node, columns }: { node: string; columns: Column[] }) {
  const { dark } = useLook();
  const [chosen, setChosen] = useState('');
  const column = columns.find((one) => one.obligation === chosen) ?? columns[0];
  const trend = useGet<StandingHistory>(
    `${nodePath(node)}/standing/history`,
    { obligation: column?.obligation, period: column?.period },
    column !== undefined,
    60_000,
  );
  return (
    <section className="card">
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
        <Loaded of={trend} lines={5}>
          {(data) =>
            data.points.length < 2 ? (
              <p className="muted">{t('standing.no_trend')}</p>
            ) : (
              <Suspense fallback={<div className="chart" />}>
                <TrendChart key={String(dark)} points={data.points} />
              </Suspense>
            )
          }
        </Loaded>
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
