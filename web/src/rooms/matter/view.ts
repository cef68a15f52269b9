// What is looked at in the ledger, as the address says it, as the server is asked for it, and as it
// is saved under a name.
import { useSearchParams } from 'react-router';
import { useUnit } from '@/api/hooks';
import type { LedgerView } from '@/api/types';
import { useSession } from '@/app/session';
import { isBranch } from '@/rooms/org/unit_name';

export const ways = ['table', 'board', 'timeline', 'tree', 'grid'] as const;
export type Way = (typeof ways)[number];

export type View = {
  at: string | undefined;
  party: boolean;
  type: string | null;
  state: string | null;
  open: boolean; // only those that are not settled
  overdue: boolean;
  stale: boolean; // only those of which something changed after its review
  within: number | null; // last days from today until so many days on
  from: string | null; // last days from this day on
  before: string | null;
  text: string;
  sort: 'newest' | 'due';
  show: Way;
};
export type SetView = (part: Record<string, string | null>) => void;

export const queryOf = (view: View) => ({
  ...(view.party ? { party: view.at } : { unit: view.at }),
  type: view.type,
  state: view.state,
  // What was merged counts with the one that stays: only its own figure leads to it.
  unmerged: view.state ? undefined : true,
  open: view.open ? true : undefined,
  overdue: view.overdue ? true : undefined,
  stale: view.stale ? true : undefined,
  due_within: view.within,
  due_from: view.from,
  due_before: view.before,
  text: view.text,
  sort: view.sort === 'due' ? 'due' : undefined,
});

// Nothing but the type and how they are shown: figures by state are of all of it.
export const isNarrowed = (view: View): boolean =>
  view.stale ||
  view.within !== null ||
  view.from !== null ||
  view.before !== null ||
  view.text !== '';

// The members of the address that a filter is made of.
export const filterNames = [
  'type',
  'state',
  'open',
  'overdue',
  'stale',
  'due_within',
  'due_from',
  'due_before',
  'text',
  'sort',
  'show',
  'party',
] as const;
export const noFilter: Record<string, null> = Object.fromEntries(
  filterNames.filter((name) => name !== 'show').map((name) => [name, null]),
);

const numberIn = (text: string | null): number | null =>
  text !== null && /^\d{1,4}$/.test(text) ? Number(text) : null;

export function viewIn(search: URLSearchParams, at: string | undefined, alone: boolean): View {
  return {
    at,
    party: (search.get('party') ?? String(alone)) === 'true',
    type: search.get('type'),
    state: search.get('state'),
    open: search.get('open') === 'true',
    overdue: search.get('overdue') === 'true',
    stale: search.get('stale') === 'true',
    within: numberIn(search.get('due_within')),
    from: search.get('due_from'),
    before: search.get('due_before'),
    text: search.get('text') ?? '',
    sort: search.get('sort') === 'due' ? 'due' : 'newest',
    show: ways.find((one) => one === search.get('show')) ?? 'table',
  };
}

export function useView() {
  const { unit } = useSession();
  const [search, setSearch] = useSearchParams();
  const at = search.get('unit') ?? unit?.id;
  const shown = useUnit(at);
  // A department has no branches below it: its ledger is what it has a part in.
  const alone = shown.data ? !shown.data.has_children && !isBranch(shown.data) : false;
  const set: SetView = (part) =>
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
  return {
    view: viewIn(search, at, alone),
    set,
    ready: at !== undefined && !shown.isPending,
    name: shown.data?.name,
  };
}

// As it is saved; with the unit only where it is about that unit alone.
export function savedOf(view: View, withUnit: boolean): LedgerView {
  const saved: LedgerView = {};
  if (withUnit && view.at) saved.unit = view.at;
  if (view.party) saved.party = true;
  if (view.type) saved.type = view.type;
  if (view.type && view.state) saved.state = view.state;
  if (view.open) saved.open = true;
  if (view.overdue) saved.overdue = true;
  if (view.stale) saved.stale = true;
  if (view.within !== null) saved.due_within = view.within;
  if (view.from) saved.due_from = view.from;
  if (view.before) saved.due_before = view.before;
  if (view.text) saved.text = view.text;
  if (view.sort === 'due') saved.sort = 'due';
  if (view.show !== 'table') saved.show = view.show;
  return saved;
}

// What the address becomes when it is opened.
export function partOf(saved: LedgerView): Record<string, string | null> {
  const part: Record<string, string | null> = {};
  for (const name of filterNames) {
    const value = saved[name];
    part[name] = value === undefined || value === null ? null : String(value);
  }
  if (saved.unit) part['unit'] = saved.unit;
  return part;
}

const sorted = (saved: LedgerView): string =>
  JSON.stringify(Object.entries(saved).sort(([a], [b]) => (a < b ? -1 : 1)));

// It is what is looked at just now.
export const isLookedAt = (saved: LedgerView, view: View): boolean =>
  sorted(saved) === sorted(savedOf(view, saved.unit !== undefined && saved.unit !== null));
