// Where we stand: children of a unit by duties, each cell with what of what and its worst verdict;
// every number opens. The whole view stands in the address.
import { useCallback, useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { Node, NodeName } from '@/api/parts';
import type {
  Cell,
  Column,
  PlaceWithPath,
  Standing,
  StandingTable,
  UnitWithPaths,
} from '@/api/types';
import { useGet, useKept, usePages } from '@/api/hooks';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { periodTitle } from '@/i18n/format';
import { isBranch, nameOf } from '@/rooms/org/unit_name';
import { Path } from '@/rooms/org/unit_page';
import { ReasonGate } from '@/rooms/org/reason_gate';
import { Button } from '@/ui/button';
import { notesOf, SaveButton } from '@/ui/data_table';
import { saveSheet } from '@/ui/sheet';
import { DayNotice } from '@/ui/day_choice';
import { AsOfLine, Bones, Empty, Trouble } from '@/ui/states';
import { BehindDrawer } from './behind_drawer';
import { BranchStanding } from './branch_standing';
import { HeatTable, type HeatRow, isNothing } from './heat_table';
import { nodePath, useHasStanding, useObligations } from './hooks';
import {
  StandingFilters,
  type StandingView,
  TreeNotice,
  useStandingView,
} from './standing_filters';
import { Sides } from './standing_sides';
import './standing.css';

export function Component() {
  const { unit } = useSession();
  const params = useParams();
  const node = params.node ?? unit?.id;
  const obligations = useObligations();
  const able = useHasStanding();
  if (obligations.error)
    return <Trouble error={obligations.error} retry={() => void obligations.refetch()} />;
  if (!node) return <Empty name="no_unit" icon="standing" />;
  if (obligations.isLoading) return <Bones lines={10} />;
  if (!able) return <Empty name="duties" icon="standing" />;
  return <Page key={node} node={node} />;
}

export type Opened = {
  node: NodeName & { has_children?: boolean };
  column: Column;
  cell: Cell;
};

function Page({ node }: { node: string }) {
  const view = useStandingView();
  const at = useGet<UnitWithPaths | PlaceWithPath>(nodePath(node));
  const own = useKept<Standing>(`${nodePath(node)}/standing`, view.query, true, 15_000);
  const [opened, setOpened] = useState<Opened | null>(null);
  const unit = at.data && 'type' in at.data ? at.data : null;
  const hasChildren = unit ? unit.has_children && !isBranch(unit) : true;
  return (
    <div className="page standing">
      {at.data ? (
        <Path
          steps={at.data.path.filter((step) => step.id !== node)}
          link={(id) => `/standing/${id}${view.search}`}
        />
      ) : null}
      <ReasonGate error={at.error} path={nodePath(node)} done={() => void at.refetch()}>
        {at.isLoading ? (
          <Bones lines={12} />
        ) : hasChildren ? (
          <Table node={node} name={at.data?.name ?? ''} own={own.data} open={setOpened} />
        ) : (
          <BranchStanding node={node} name={at.data?.name ?? '…'} own={own} open={setOpened} />
        )}
      </ReasonGate>
      {opened ? (
        <BehindDrawer opened={opened} close={() => setOpened(null)} branch={!hasChildren} />
      ) : null}
    </div>
  );
}

function Table(props: {
  node: string;
  name: string;
  own: Standing | undefined;
  open: (opened: Opened) => void;
}) {
  const { node, open } = props;
  const view = useStandingView();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const pages = usePages<StandingTable>(`${nodePath(node)}/children/standing`, view.query, {
    limit: 500,
    keep: true,
    // Who comes back to this tab sees what stands now.
    staleTime: 0,
    refetchInterval: 15_000,
  });
  const first = pages.data?.pages[0];
  const columns = first?.columns;
  const [all, setAll] = useState(false);
  const { shown, rows, left } = useMemo(
    () => owed(view, pages.data?.pages ?? [], all),
    [pages.data, view, all],
  );
  const openCell = useCallback(
    (row: Opened['node'], column: Column, cell: Cell) => open({ node: row, column, cell }),
    [open],
  );
  const goDown = useCallback(
    (row: Node) => void navigate(`/standing/${row.id}${search.size > 0 ? `?${search}` : ''}`),
    [navigate, search],
  );
  return (
    <>
      <div className="page-head">
        <h1>{props.name || '…'}</h1>
        <div className="row">
          <AsOfLine of={first?.as_of}>
            <button
              type="button"
              className="link"
              style={{ marginInlineStart: 8 }}
              onClick={() => void pages.refetch()}
            >
              {t('act.refresh')}
            </button>
          </AsOfLine>
          <SaveButton
            disabled={!first}
            save={() => first && void exportTable(props.name, view.said, first, shown, rows)}
          />
        </div>
      </div>
      <StandingFilters columns={columns ?? []} />
      <DayNotice />
      <TreeNotice />
      <ReasonGate
        error={pages.error}
        path={`${nodePath(node)}/children/standing`}
        done={() => void pages.refetch()}
      >
        {pages.error && !first ? (
          <Trouble error={pages.error} retry={() => void pages.refetch()} />
        ) : !first ? (
          <div className="card">
            <Bones lines={14} />
          </div>
        ) : rows.length === 0 ? (
          <div className="card">
            <Empty name="children" icon="unit" />
          </div>
        ) : (
          <HeatTable
            columns={shown}
            all={first.columns}
            total={{ node: first.total.node, cells: first.total.cells }}
            rows={rows}
            open={openCell}
            down={goDown}
            more={pages.hasNextPage ? () => void pages.fetchNextPage() : undefined}
          />
        )}
      </ReasonGate>
      {left > 0 ? (
        <p style={{ marginTop: 4 }}>
          <Button look="quiet" onClick={() => setAll(true)}>
            {t('standing.rows_not_owed', { n: left })}
          </Button>
        </p>
      ) : null}
      {view.on ? null : <Sides node={node} columns={shown} open={openCell} />}
    </>
  );
}

// Columns and rows in which something is due; `left` says how many rows that leaves out.
function owed(view: StandingView, pages: StandingTable[], all: boolean) {
  const first = pages[0];
  const chosen = view.columns(first?.columns ?? []);
  const isOwed = (cell: Cell | null | undefined) => !cell || !isNothing(cell);
  const at = (column: Column) => first?.columns.indexOf(column) ?? -1;
  const due = chosen.filter((column) => isOwed(first?.total.cells[at(column)]));
  const shown = all || due.length === 0 ? chosen : due;
  const every: HeatRow[] = pages.flatMap((page) => page.rows);
  const busy = every.filter((row) => shown.some((column) => isOwed(row.cells[at(column)])));
  const some = all || busy.length === 0 ? every : busy;
  const rows = view.order === 'worst' ? [...some].sort((a, b) => failedIn(b) - failedIn(a)) : some;
  return { shown, rows, left: every.length - some.length };
}

const failedIn = (row: HeatRow) => row.cells.reduce((sum, cell) => sum + (cell?.failed ?? 0), 0);

async function exportTable(
  name: string,
  said: (string | null)[],
  first: StandingTable,
  shown: Column[],
  rows: HeatRow[],
) {
  const index = shown.map((column) => first.columns.indexOf(column));
  const line = (title: string, cells: (Cell | null)[]) => [
    title,
    ...index.flatMap((i) => {
      const cell = cells[i];
      return cell ? [cell.done, cell.due, cell.failed, cell.unknown] : [null, null, null, null];
    }),
  ];
  await saveSheet({
    name: t('standing.sheet', { unit: name }),
    notes: [...notesOf(first.as_of, said), t('standing.sheet_note')],
    head: [
      t('standing.unit'),
      ...shown.flatMap((column) => {
        const title = `${column.title} ${periodTitle(column.period)}`;
        return [
          `${title} ${t('standing.done', { counted_in: column.counted_in })}`,
          `${title} ${t('standing.due', { counted_in: column.counted_in })}`,
          `${title} ${t('verdict.failed')}`,
          `${title} ${t('verdict.unknown')}`,
        ];
      }),
    ],
    rows: [
      line(t('standing.total', { unit: nameOf(first.total.node) }), first.total.cells),
      ...rows.map((row) => line(nameOf(row.node), row.cells)),
    ],
  });
}
