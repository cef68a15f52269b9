// A branch's own page: its duties with what of what, one under the other; what it does not owe in
// these periods stands in one line.
import { useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Cell, Column, Standing } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay, instant, periodTitle, relativeDay } from '@/i18n/format';
import { Button } from '@/ui/button';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { DayNotice } from '@/ui/day_choice';
import { Empty, Loaded } from '@/ui/states';
import { countOf, order, VerdictWord } from '@/ui/verdict';
import { StandingFilters, useStandingView } from './standing_filters';
import { useGroupTitles } from './hooks';
import type { Opened } from './standing_page';

type Line = { column: Column; cell: Cell | null };
type Open = (opened: Opened) => void;

const nothingDue = ({ cell }: Line) => cell !== null && cell.due === 0 && cell.exempt === 0;
// One of one needs no word for what is counted.
const whatOf = ({ column, cell }: Line) =>
  cell
    ? `${cell.done}/${cell.due}${cell.due > 1 ? ` ${column.counted_in}` : ''}`
    : t('standing.withheld');

// With what is worse the further up, and as declared where it is alike.
const rank = ({ cell }: Line) => (cell?.worst ? order.indexOf(cell.worst) : order.length);

function columnsOf(today: string, standing: Standing, open: Open): TableColumn<Line>[] {
  const by = ({ column }: Line) =>
    column.perform_by >= today ? column.perform_by : column.enter_by;
  return [
    {
      head: t('standing.duty'),
      cell: ({ column, cell }) => (
        <span>
          {cell ? (
            <button
              type="button"
              className="link"
              onClick={() => open({ node: standing.node, column, cell })}
            >
              {column.title}
            </button>
          ) : (
            column.title
          )}{' '}
          <span className="muted small">{periodTitle(column.period)}</span>
        </span>
      ),
      value: ({ column }) => `${column.title} ${periodTitle(column.period)}`,
    },
    {
      head: t('standing.done_of_due'),
      num: true,
      end: true,
      cell: (line) =>
        line.cell && line.cell.due === 0 ? (
          <span className="muted">{t('standing.nothing_due')}</span>
        ) : (
          whatOf(line)
        ),
      value: whatOf,
    },
    {
      head: t('standing.verdict'),
      cell: ({ cell }) =>
        cell?.worst ? (
          <span className="row" style={{ gap: 8 }}>
            <VerdictWord
              verdict={cell.worst}
              marks={cell.entered_late > 0 ? ['entered_late'] : []}
            />
            {cell.due > 1 && countOf(cell, cell.worst) < cell.due ? (
              <span className="muted small num">
                {countOf(cell, cell.worst)}/{cell.due}
              </span>
            ) : null}
          </span>
        ) : null,
      value: ({ cell }) => (cell?.worst ? t(`verdict.${cell.worst}`) : ''),
    },
    {
      head: t('standing.by'),
      num: true,
      cell: (line) =>
        line.column.ended ? (
          <span className="muted">{t('standing.ended')}</span>
        ) : (
          <span>
            {fullDay(by(line))} <span className="muted small">{relativeDay(by(line), today)}</span>
          </span>
        ),
      value: by,
    },
  ];
}

// What is owed as a bundle is done when all of it is.
function Bundles({ lines }: { lines: Line[] }) {
  const titleOf = useGroupTitles(lines.map(({ column }) => column.pack));
  const bundles = new Map<string, Line[]>();
  for (const line of lines) {
    const { bundle } = line.column;
    const owes = line.cell === null || line.cell.due > 0;
    if (bundle && owes) bundles.set(bundle, [...(bundles.get(bundle) ?? []), line]);
  }
  if (bundles.size === 0) return null;
  const isDone = ({ cell }: Line) => cell !== null && cell.done === cell.due;
  return (
    <ul className="bundles">
      {[...bundles].map(([bundle, of]) => {
        const done = of.filter(isDone).length;
        return (
          <li key={bundle} className="row">
            <b>{titleOf(bundle)}</b>
            <span className="num">{t('standing.bundle_done', { done, of: of.length })}</span>
            {done === of.length ? <VerdictWord verdict="met" /> : null}
          </li>
        );
      })}
    </ul>
  );
}

export function BranchStanding(props: {
  node: string;
  name: string;
  own: UseQueryResult<Standing>;
  open: Open;
}) {
  const { me } = useSession();
  const { own } = props;
  const view = useStandingView();
  const [all, setAll] = useState(false);
  const standing = own.data;
  const lines = (standing ? view.columns(standing.columns) : [])
    .map((column) => ({ column, cell: standing?.cells[standing.columns.indexOf(column)] ?? null }))
    .sort((a, b) => rank(a) - rank(b));
  const owed = lines.filter((line) => !nothingDue(line));
  const columns = standing ? columnsOf(me.today, standing, props.open) : [];
  return (
    <>
      <div className="page-head">
        <h1>{props.name}</h1>
        <ExportButton
          name={t('standing.sheet', { unit: props.name })}
          columns={columns}
          rows={standing ? owed : undefined}
          asOf={standing?.as_of}
          filter={view.said}
          notes={[t('standing.sheet_note')]}
        />
      </div>
      <StandingFilters columns={standing?.columns ?? []} alone />
      <DayNotice />
      <Bundles lines={lines} />
      <Loaded of={own} lines={10}>
        {(found) => (
          <>
            {owed.length === 0 && !all ? (
              <section className="card">
                <Empty name="not_owed" icon="standing" />
              </section>
            ) : (
              <DataTable
                label={t('standing.table')}
                columns={columns}
                rows={all ? lines : owed}
                keyOf={({ column }) => `${column.obligation} ${column.period}`}
              />
            )}
            <div className="row between" style={{ marginTop: 8 }}>
              <p className="as-of">{t('state.as_of', { at: instant(found.as_of.known_at) })}</p>
              {lines.length > owed.length && !all ? (
                <Button look="quiet" onClick={() => setAll(true)}>
                  {t('standing.not_owed', { n: lines.length - owed.length })}
                </Button>
              ) : null}
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}
