// The children of a unit by one indicator, in official order; each leads further down.
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Figure, Indicator, IndicatorTable } from '@/api/types';
import { useKept } from '@/api/hooks';
import { t } from '@/i18n/i18n';
import { ReasonGate } from '@/rooms/org/reason_gate';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Bones, Empty, Trouble } from '@/ui/states';
import { Pace } from './bars';
import { paceOf, valueOf } from './say';

type Row = { id: string; name: string; figure: Figure };

function columnsOf(
  indicator: Indicator,
  search: string,
  open: (row: Row) => void,
): TableColumn<Row>[] {
  return [
    {
      head: t('standing.unit'),
      value: (row) => row.name,
      cell: (row) => <Link to={`/figures/${row.id}${search}`}>{row.name}</Link>,
    },
    {
      head: indicator.title,
      end: true,
      num: true,
      value: (row) => (row.figure.value === null ? null : Number(row.figure.value)),
      cell: (row) => (
        <button
          type="button"
          className="link num"
          aria-label={`${row.name} ${valueOf(row.figure, indicator)}`}
          onClick={() => open(row)}
        >
          {valueOf(row.figure, indicator)}
        </button>
      ),
    },
    {
      head: t('figures.base'),
      end: true,
      num: true,
      value: (row) => row.figure.base,
      cell: (row) => row.figure.base ?? '',
    },
    {
      head: t('figures.pace'),
      value: (row) => paceOf(row.figure, indicator),
      cell: (row) => (
        <span className="figure-cell">
          <Pace figure={row.figure} />
          {paceOf(row.figure, indicator)}
        </span>
      ),
    },
  ];
}

export function ChildrenTable(props: {
  node: { id: string; name: string };
  indicator: Indicator;
  query: { period?: string | undefined; on?: string | undefined };
  search: string;
  open: (unit: { id: string; name: string }) => void;
}) {
  const { node, indicator } = props;
  const path = `/units/${node.id}/children/indicators`;
  const query = { ...props.query, indicator: indicator.indicator, limit: 500 };
  const table = useKept<IndicatorTable>(path, query);
  // It stands below all cards: who asked for it is brought to it.
  const section = useRef<HTMLElement>(null);
  const isThere = table.data !== undefined;
  useEffect(() => {
    if (isThere) section.current?.scrollIntoView({ block: 'center' });
  }, [isThere]);
  const rows: Row[] = (table.data?.rows ?? []).flatMap((row) => {
    const figure = row.cells[0];
    return figure ? [{ id: row.node.id, name: row.node.name, figure }] : [];
  });
  const columns = columnsOf(indicator, props.search, ({ id, name }) => props.open({ id, name }));
  const shown = rows.some((row) => row.figure.control !== null) ? columns : columns.slice(0, 3);
  return (
    <section ref={section} className="card pad stack">
      <div className="page-head">
        <h2>{t('figures.children', { title: indicator.title })}</h2>
        <ExportButton
          name={`${node.name} ${indicator.title}`}
          columns={shown}
          rows={rows}
          asOf={table.data?.as_of}
          filter={[indicator.sentence]}
        />
      </div>
      <ReasonGate error={table.error} path={path} query={query} done={() => void table.refetch()}>
        {table.error && !table.data ? (
          <Trouble error={table.error} retry={() => void table.refetch()} />
        ) : !table.data ? (
          <Bones lines={6} />
        ) : rows.length === 0 ? (
          <Empty name="children" icon="unit" />
        ) : (
          <DataTable label={indicator.title} columns={shown} rows={rows} keyOf={(row) => row.id} />
        )}
      </ReasonGate>
    </section>
  );
}
