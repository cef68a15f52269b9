// Rows of a round as they are read out: by lead unit in official order.
import { Link } from 'react-router';
import type { MatterType, RoundRow } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { usePhone } from '@/ui/look';
import { asksText, completionText, lineText, rowContent, worthText } from './say';

export function rowColumns(
  types: MatterType[] | undefined,
  why?: 'worth' | 'silent',
): TableColumn<RoundRow>[] {
  const columns: TableColumn<RoundRow>[] = [
    {
      head: t('round.lead'),
      cell: (row) => nameOf(row.lead_unit),
      value: (row) => nameOf(row.lead_unit),
    },
    {
      head: t('matter.content'),
      cell: (row) => (
        <span className="round-row">
          <Link to={`/matters/${row.matter.id}`} className="two-lines">
            {rowContent(row, types)}
          </Link>
          <span className="small muted">{nameOf(row.line_unit)}</span>
        </span>
      ),
      value: (row) => rowContent(row, types),
    },
    { head: t('matter.unit'), cell: () => null, value: (row) => nameOf(row.line_unit) },
    {
      head: t('matter.due'),
      num: true,
      cell: (row) => (
        <span className="round-row">
          <RowDue row={row} />
        </span>
      ),
      value: (row) => row.standing?.due ?? '',
    },
    {
      head: t('round.completion'),
      cell: (row) => (
        <span>
          <span className="completion-word">{completionText(row)}</span>
          {row.since_locked ? (
            <span className="small changed">
              {t('round.since_locked', {
                state: row.since_locked.state_title ?? row.since_locked.state,
              })}
            </span>
          ) : null}
        </span>
      ),
      value: completionText,
    },
    {
      head: t('round.line'),
      cell: (row) => (
        <span className={row.line ? undefined : 'muted'}>
          {lineText(row) || asksText(row) || t('round.not_asked')}
        </span>
      ),
      value: lineText,
    },
  ];
  if (why === 'worth')
    columns.push({ head: t('round.why'), cell: (row) => worthText(row), value: worthText });
  if (why === 'silent')
    columns.push({
      head: t('round.last_progress'),
      num: true,
      cell: (row) => (
        <span>
          {row.standing?.last_progress}
          <span className="small muted" style={{ display: 'block' }}>
            {t('round.quiet_days', { n: row.quiet_days })}
          </span>
        </span>
      ),
      value: (row) => row.standing?.last_progress ?? '',
    });
  return columns;
}

export function RowDue({ row }: { row: RoundRow }) {
  const due = row.standing?.due;
  if (!due) return <span className="muted">{t('matter.due.none')}</span>;
  return (
    <span className="matter-due">
      <span className="num">{fullDay(due)}</span>
      {row.standing?.late ? (
        <span className="verdict v-failed">
          <i aria-hidden="true">■</i>
          <span>{t('round.late')}</span>
        </span>
      ) : null}
    </span>
  );
}

export function RowTable(props: {
  rows: RoundRow[];
  types: MatterType[] | undefined;
  why?: 'worth' | 'silent';
}) {
  // The unit that answers stands beside the content; on a sheet it has a column of its own.
  const phone = usePhone();
  const columns = rowColumns(props.types, props.why).filter(
    (column) => column.head !== t('matter.unit'),
  );
  // A card is headed by what it is about.
  const content = t('matter.content');
  if (phone) columns.sort((a, b) => Number(b.head === content) - Number(a.head === content));
  return (
    <DataTable
      label={t('round.tab.rows')}
      columns={columns}
      rows={props.rows}
      keyOf={(row) => row.matter.id}
    />
  );
}
