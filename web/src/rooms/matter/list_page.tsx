// The ledger: matters of a unit's subtree, or those that a unit has a part in; the whole view stands
// in the address. Every figure above it opens to its matters.
import { lazy, Suspense, useState } from 'react';
import { useKept, usePages } from '@/api/hooks';
import type { Matter, MatterCounts, MatterList, MatterType } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { UnitName } from '@/rooms/org/unit_name';
import { Button, ButtonLink } from '@/ui/button';
import { Bones, Empty, More, Trouble } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { BatchBar } from './batch_bar';
import { ColumnMenu, useChosenColumns } from './columns';
import { type CountsOf, StateCounts } from './counts';
import { LedgerExport } from './export';
import { Filters } from './filters';
import './matter.css';
import { PasteDrawer } from './paste';
import { RemindButton } from './reminding';
import { LedgerRows, type Pick } from './rows';
import { useMatterTypes } from './types';
import { SavedFilters } from './saved_filters';
import { isNarrowed, noFilter, queryOf, type SetView, useView, type View, ways } from './view';

const Board = lazy(() => import('./board').then((room) => ({ default: room.Board })));
const LedgerTimeline = lazy(() =>
  import('./ledger_timeline').then((room) => ({ default: room.LedgerTimeline })),
);
const LedgerTree = lazy(() =>
  import('./ledger_tree').then((room) => ({ default: room.LedgerTree })),
);
const LedgerGrid = lazy(() =>
  import('./ledger_grid').then((room) => ({ default: room.LedgerGrid })),
);

const useLedger = (view: View, enabled: boolean) =>
  usePages<MatterList>('/matters', queryOf(view), { enabled });

export function Component() {
  const { view, set, ready, name } = useView();
  const types = useMatterTypes();
  const inRows = view.show === 'table' || view.show === 'grid';
  const list = useLedger(view, ready && inRows);
  const counts = useKept<MatterCounts>(
    `/units/${view.at}/matters/counts`,
    {},
    ready && !view.party,
  );
  const mayOpen = useMay('matter_open');
  const all = types.data?.items ?? [];
  const type = all.find((one) => one.name === view.type) ?? (all.length === 1 ? all[0] : undefined);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const columns = useChosenColumns(type);
  const ticks = useTicks(items);
  const [pasting, setPasting] = useState(false);
  const mayMove = useMay('matter_change');
  // Figures that are all zero say nothing that the empty list does not.
  const nothing = counts.data?.types.every((one) => one.count === 0) ?? false;
  const [said, setSaid] = useState('');
  const link = `/matters/new${view.at && !view.party ? `?unit=${view.at}` : ''}`;
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('place.ledger')}</h1>
          <p>{view.at ? <UnitName id={view.at} /> : null}</p>
        </div>
        <div className="row">
          <LedgerExport
            view={view}
            type={type}
            types={all}
            name={name}
            any={items.length > 0 || !inRows}
            fill={mayOpen}
          />
          {view.party || !view.at ? null : (
            <ButtonLink to={`/look-backs?unit=${view.at}`} icon="clock">
              {t('look_back.title')}
            </ButtonLink>
          )}
          {mayOpen ? (
            <>
              <ButtonLink to={importLink(view)} icon="upload" className="not-on-phone">
                {t('matter.import.action')}
              </ButtonLink>
              <ButtonLink to={link} look="main" icon="plus">
                {t('matter.open.action')}
              </ButtonLink>
            </>
          ) : null}
        </div>
      </div>
      {said ? (
        <p className="notice met" role="status">
          {said}
        </p>
      ) : null}
      {/* Whether it is a part in others' matters is known with the unit: nothing is drawn twice. */}
      {ready || view.at === undefined ? (
        <>
          {view.party || counts.error || nothing ? null : (
            <StateCounts of={countsOf(counts.data, view, type)} view={view} set={set} />
          )}
          <Ways view={view} set={set} />
          <Filters
            view={view}
            set={set}
            types={all}
            type={type}
            saved={<SavedFilters view={view} set={set} unitName={name} />}
          >
            {view.show === 'table' && items.length > 0 && type && mayOpen ? (
              <Button icon="grid" className="not-on-phone" onClick={() => setPasting(true)}>
                {t('matter.paste.action')}
              </Button>
            ) : null}
            {inRows && items.length > 0 ? <ColumnMenu type={type} columns={columns} /> : null}
          </Filters>
          <div className="ledger">
            {!inRows ? (
              <Drawn
                view={view}
                set={set}
                types={all}
                type={type}
                counts={countsOf(counts.data, view, type)}
                waiting={types.isPending}
                nothing={
                  nothing && !view.party ? (
                    <Nothing view={view} link={mayOpen ? link : null} set={set} />
                  ) : null
                }
              />
            ) : list.error ? (
              <Trouble error={list.error} retry={() => void list.refetch()} />
            ) : list.isPending || types.isPending ? (
              <Bones lines={12} />
            ) : items.length === 0 ? (
              <Nothing view={view} link={mayOpen ? link : null} set={set} />
            ) : view.show === 'grid' ? (
              <OfOneType view={view} set={set} types={all} type={type}>
                {(one) => (
                  <Suspense fallback={<Bones lines={12} />}>
                    <LedgerGrid key={one.name} type={one} items={items} columns={columns.shown} />
                  </Suspense>
                )}
              </OfOneType>
            ) : (
              <div className="stack">
                {/* With the rows that it is about, so that nothing above them moves. */}
                {view.overdue ? (
                  <p>
                    <RemindButton
                      matters={items}
                      label={t('reminder.listed')}
                      done={(n) => setSaid(t('reminder.sent', { n }))}
                    />
                  </p>
                ) : null}
                <LedgerRows
                  items={items}
                  types={all}
                  type={type}
                  columns={columns.shown}
                  {...(mayMove || mayOpen ? { pick: ticks.pick } : {})}
                />
              </div>
            )}
          </div>
        </>
      ) : (
        <Bones lines={14} />
      )}
      {inRows && view.text && list.hasNextPage ? (
        <p className="small muted" role="status">
          {t('matter.list.looked')}
        </p>
      ) : null}
      {inRows ? <More of={list} /> : null}
      {view.show === 'table' ? (
        <BatchBar chosen={ticks.chosen} type={typeOfAll(ticks.chosen, all)} clear={ticks.clear} />
      ) : null}
      {pasting && type ? (
        <PasteDrawer type={type} items={items} close={() => setPasting(false)} />
      ) : null}
      {inRows && list.data?.pages[0] ? (
        <p className="as-of" style={{ marginTop: 8 }}>
          {t(list.hasNextPage ? 'matter.shown_first' : 'matter.shown', { n: items.length })} ·{' '}
          {t('state.as_of', { at: instant(list.data.pages[0].as_of.known_at) })}
        </p>
      ) : null}
    </div>
  );
}

function Ways({ view, set }: { view: View; set: SetView }) {
  return (
    <Tabs
      names={ways}
      shown={view.show}
      onShow={(way) => set({ show: way === 'table' ? null : way })}
    >
      {(way) => t(`matter.show.${way}`)}
    </Tabs>
  );
}

// As a board, along time, or down the tree.
function Drawn(props: {
  view: View;
  set: SetView;
  types: MatterType[];
  type: MatterType | undefined;
  counts: CountsOf;
  waiting: boolean;
  nothing: React.ReactNode;
}) {
  const { view, types } = props;
  if (props.waiting) return <Bones lines={12} />;
  if (props.nothing) return props.nothing;
  const drawn =
    view.show === 'board' ? (
      <OfOneType {...props}>
        {(type) => (
          <Board
            key={type.name}
            view={view}
            type={type}
            counts={props.counts?.find((one) => one.type === type.name)}
          />
        )}
      </OfOneType>
    ) : view.show === 'timeline' ? (
      <LedgerTimeline view={view} types={types} />
    ) : view.party ? (
      <section className="card">
        <Empty name="tree_party" icon="unit">
          <Button onClick={() => props.set({ party: 'false' })}>{t('matter.tree.whole')}</Button>
        </Empty>
      </section>
    ) : (
      <>
        {isNarrowed(view) || view.state || view.overdue || view.open ? (
          <p className="notice row between" role="note">
            <span>{t('matter.tree.all')}</span>
            <Button onClick={() => props.set({ ...noFilter, party: 'false', type: view.type })}>
              {t('matter.tree.clear')}
            </Button>
          </p>
        ) : null}
        <LedgerTree key={view.at} view={view} types={types} />
      </>
    );
  return <Suspense fallback={<Bones lines={12} />}>{drawn}</Suspense>;
}

// States and fields are those of a type: of several one is chosen first.
function OfOneType(props: {
  view: View;
  set: SetView;
  types: MatterType[];
  type: MatterType | undefined;
  children: (type: MatterType) => React.ReactNode;
}) {
  if (props.type) return props.children(props.type);
  return (
    <section className="card">
      <Empty name="matter_type" icon="ledger">
        <span className="row" style={{ justifyContent: 'center' }}>
          {props.types.map((one) => (
            <Button key={one.name} onClick={() => props.set({ type: one.name, state: null })}>
              {one.title}
            </Button>
          ))}
        </span>
      </Empty>
    </section>
  );
}

const importLink = (view: View): string => {
  const query = new URLSearchParams();
  if (view.at) query.set('unit', view.at);
  if (view.type) query.set('type', view.type);
  return `/matters/import?${query.toString()}`;
};

// What is ticked stays ticked while it is listed.
function useTicks(items: Matter[]) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const pick: Pick = {
    has: (id) => ticked.has(id),
    toggle: (ids, on) =>
      setTicked((before) => {
        const next = new Set(before);
        for (const id of ids) {
          if (on) next.add(id);
          else next.delete(id);
        }
        return next;
      }),
  };
  return {
    pick,
    chosen: items.filter((one) => ticked.has(one.id)),
    clear: () => setTicked(new Set()),
  };
}

function typeOfAll(chosen: Matter[], types: MatterType[]): MatterType | undefined {
  const names = new Set(chosen.map((one) => one.type));
  return names.size === 1 ? types.find((one) => names.has(one.name)) : undefined;
}

// Of the type that is looked at; of several, type by type.
function countsOf(
  counts: MatterCounts | undefined,
  view: View,
  type: MatterType | undefined,
): CountsOf {
  if (!counts) return undefined;
  const wanted = view.type ?? type?.name;
  const there = counts.types.filter((one) => one.count > 0 || one.type === wanted);
  return wanted ? there.filter((one) => one.type === wanted) : there;
}

function Nothing(props: { view: View; link: string | null; set: SetView }) {
  const { view, set } = props;
  const { state, open, overdue, type } = view;
  const filtered = state !== null || open || overdue || type !== null || isNarrowed(view);
  return (
    <section className="card">
      {filtered ? (
        <Empty name="matters_filtered" icon="ledger">
          <Button onClick={() => set({ ...noFilter, party: String(view.party) })}>
            {t('matter.list.all')}
          </Button>
        </Empty>
      ) : (
        <Empty name={view.party ? 'matters_party' : 'matters'} icon="ledger">
          {props.link ? (
            <ButtonLink to={props.link} icon="plus">
              {t('matter.open.action')}
            </ButtonLink>
          ) : null}
        </Empty>
      )}
    </section>
  );
}
