// The ledger: matters of a unit's subtree, or those that a unit has a part in; the whole view stands
// in the address. Every figure above it opens to its matters.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { get } from '@/api/client';
import { useKept, useUnit } from '@/api/hooks';
import type { Matter, MatterCounts, MatterList, MatterType } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { isBranch, UnitName } from '@/rooms/org/unit_name';
import { Button, ButtonLink } from '@/ui/button';
import { Bones, Empty, Trouble } from '@/ui/states';
import { BatchBar } from './batch_bar';
import { ColumnMenu, useChosenColumns } from './columns';
import { type CountsOf, StateCounts } from './counts';
import { LedgerExport } from './export';
import './matter.css';
import { PasteDrawer } from './paste';
import { RemindButton } from './reminding';
import { LedgerRows, type Pick } from './rows';
import { useMatterTypes } from './types';
import { queryOf, type View } from './view';

function useView() {
  const { unit } = useSession();
  const [search, setSearch] = useSearchParams();
  const at = search.get('unit') ?? unit?.id;
  const shown = useUnit(at);
  // A department has no branches below it: its ledger is what it has a part in.
  const alone = shown.data ? !shown.data.has_children && !isBranch(shown.data) : false;
  const view: View = {
    at,
    party: (search.get('party') ?? String(alone)) === 'true',
    type: search.get('type'),
    state: search.get('state'),
    overdue: search.get('overdue') === 'true',
    stale: search.get('stale') === 'true',
    sort: search.get('sort') === 'due' ? 'due' : 'newest',
  };
  const set = (part: Record<string, string | null>) =>
    setSearch(
      (before) => {
        for (const [name, value] of Object.entries(part)) {
          if (value === null) before.delete(name);
          else before.set(name, value);
        }
        return before;
      },
      { replace: true },
    );
  return { view, set, ready: at !== undefined && !shown.isPending, name: shown.data?.name };
}

const useLedger = (view: View, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['/matters', queryOf(view)],
    queryFn: ({ pageParam, signal }) =>
      get<MatterList>('/matters', { ...queryOf(view), limit: 50, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled,
  });

export function Component() {
  const { view, set, ready, name } = useView();
  const types = useMatterTypes();
  const list = useLedger(view, ready);
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
          <RemindButton
            matters={view.overdue ? items : []}
            label={t('reminder.listed')}
            done={(n) => setSaid(t('reminder.sent', { n }))}
          />
          <LedgerExport
            view={view}
            type={type}
            types={all}
            name={name}
            any={items.length > 0}
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
          <Filters view={view} set={set} types={all} type={type}>
            {items.length > 0 && type && mayOpen ? (
              <Button icon="grid" className="not-on-phone" onClick={() => setPasting(true)}>
                {t('matter.paste.action')}
              </Button>
            ) : null}
            {items.length > 0 ? <ColumnMenu type={type} columns={columns} /> : null}
          </Filters>
          <div className="ledger">
            {list.error ? (
              <Trouble error={list.error} retry={() => void list.refetch()} />
            ) : list.isPending || types.isPending ? (
              <Bones lines={12} />
            ) : items.length === 0 ? (
              <Nothing view={view} link={mayOpen ? link : null} set={set} />
            ) : (
              <LedgerRows
                items={items}
                types={all}
                type={type}
                columns={columns.shown}
                {...(mayMove || mayOpen ? { pick: ticks.pick } : {})}
              />
            )}
          </div>
        </>
      ) : (
        <Bones lines={14} />
      )}
      {list.hasNextPage ? (
        <p style={{ textAlign: 'center', marginTop: 12 }}>
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('act.more')}
          </Button>
        </p>
      ) : null}
      <BatchBar chosen={ticks.chosen} type={typeOfAll(ticks.chosen, all)} clear={ticks.clear} />
      {pasting && type ? (
        <PasteDrawer type={type} items={items} close={() => setPasting(false)} />
      ) : null}
      {list.data?.pages[0] ? (
        <p className="as-of" style={{ marginTop: 8 }}>
          {t(list.hasNextPage ? 'matter.shown_first' : 'matter.shown', { n: items.length })} ·{' '}
          {t('state.as_of', { at: instant(list.data.pages[0].as_of.known_at) })}
        </p>
      ) : null}
    </div>
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

function Nothing(props: {
  view: View;
  link: string | null;
  set: (part: Record<string, string | null>) => void;
}) {
  const { view, set } = props;
  const filtered = view.state !== null || view.overdue || view.stale || view.type !== null;
  return (
    <section className="card">
      {filtered ? (
        <Empty name="matters_filtered" icon="ledger">
          <Button onClick={() => set({ state: null, overdue: null, stale: null, type: null })}>
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

// Where figures stand above, they are what chooses a state; a unit's part in others' has none.
function Filters(props: {
  view: View;
  set: (part: Record<string, string | null>) => void;
  types: MatterType[];
  type: MatterType | undefined;
  children: React.ReactNode;
}) {
  const { view, set, types } = props;
  const chip = (pressed: boolean, label: string, press: () => void) => (
    <button type="button" className="chip" aria-pressed={pressed} onClick={press}>
      {label}
    </button>
  );
  return (
    <div className="row filters ledger-filters" role="search" aria-label={t('record.list.filter')}>
      {types.length > 1 ? (
        <Select
          aria-label={t('matter.type')}
          allowClear
          placeholder={t('matter.list.type')}
          style={{ minWidth: 160 }}
          value={view.type}
          options={types.map((one) => ({ value: one.name, label: one.title }))}
          onChange={(value: string | undefined) => set({ type: value ?? null, state: null })}
        />
      ) : null}
      {props.type && view.party ? (
        <Select
          aria-label={t('matter.state')}
          allowClear
          placeholder={t('matter.list.state')}
          style={{ minWidth: 150 }}
          value={view.state}
          options={props.type.states.map((one) => ({ value: one.id, label: one.title }))}
          onChange={(value: string | undefined) => set({ state: value ?? null })}
        />
      ) : null}
      {view.party
        ? chip(view.overdue, t('matter.list.overdue'), () =>
            set({ overdue: view.overdue ? null : 'true' }),
          )
        : null}
      {chip(view.stale, t('matter.stale'), () => set({ stale: view.stale ? null : 'true' }))}
      {chip(view.party, t('matter.list.party'), () => set({ party: String(!view.party) }))}
      <Select
        aria-label={t('matter.list.sort')}
        style={{ minWidth: 150 }}
        value={view.sort}
        options={[
          { value: 'newest' as const, label: t('matter.sort.newest') },
          { value: 'due' as const, label: t('matter.sort.due') },
        ]}
        onChange={(value) => set({ sort: value === 'due' ? 'due' : null })}
      />
      <span className="grow" />
      {props.children}
    </div>
  );
}
