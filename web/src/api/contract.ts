// Shapes of the answers about standing, duties and decisions.
import type { AsOf } from './types';

export type Verdict =
  | 'failed'
  | 'unknown'
  | 'in_grace'
  | 'at_risk'
  | 'open'
  | 'met_late'
  | 'met'
  | 'exempt'
  | 'not_applicable';

export type Column = {
  obligation: string;
  period: string;
  title: string;
  pack: string;
  bundle: string | null;
  bearer: 'unit' | 'post' | 'member';
  counted_in: string;
  from: string;
  until: string;
  perform_by: string;
  enter_by: string;
  warn_from: string | null;
  phase: 'ahead' | 'running' | 'warning' | 'grace' | 'ended';
  provisional: boolean;
  ended: boolean;
};

export type Cell = {
  due: number;
  done: number;
  met: number;
  met_late: number;
  entered_late: number;
  exempt: number;
  unknown: number;
  failed: number;
  in_grace: number;
  at_risk: number;
  open: number;
  worst: Verdict | null;
};

export type NodeName = { id: string; name: string };
export type Node = NodeName & { kind: string; has_children: boolean };

export type Standing = { node: NodeName; columns: Column[]; cells: Cell[]; as_of: AsOf };
export type ChildrenStanding = {
  columns: Column[];
  total: { node: NodeName; cells: Cell[] };
  rows: { node: Node; cells: Cell[] }[];
  next_cursor: string | null;
  as_of: AsOf;
};

export type Behind = {
  unit: NodeName & { path: NodeName[] };
  bearer: string | null;
  name: string | null;
  worst: Verdict;
  cell: Cell;
  need: number;
  have: number;
  marks: string[];
};
export type Listed<T> = { items: T[]; next_cursor: string | null; as_of: AsOf };

export type TrendPoint = {
  day: string;
  due: number;
  done: number;
  failed: number;
  unknown: number;
  exempt: number;
};
export type Trend = { points: TrendPoint[]; as_of: AsOf };

export type Todo = {
  obligation: string;
  title: string;
  unit: NodeName;
  bearer: string;
  period: string;
  verdict: Verdict;
  need: number;
  have: number;
  missing: number;
  perform_by: string;
  enter_by: string;
  record_types: string[];
  marks: string[];
  may_still_be_done: boolean;
};

export type Clause = { id: string; document: string; at: string; hole: string | null };
export type Counted = {
  record: string;
  version: number;
  date: string;
  entered: string;
  late: boolean;
  entered_late: boolean;
};
export type Rejected = { record: string; date: string; why: string; say: string };
export type Test = {
  kind: string;
  id: string;
  say: string | null;
  result: Verdict;
  need: number | string; // a decimal is a text
  have: number | string;
  have_late: number | string;
  counted: Counted[];
  rejected: Rejected[];
  parts: Test[];
};
export type ParameterUsed = {
  address: string;
  title: string;
  value: unknown;
  say: string; // the value in words
  basis: string;
  from: string;
  bound_on: string;
  clauses: string[];
  note: string | null;
};
export type Explanation = {
  obligation: { address: string; title: string; clauses: Clause[] };
  bearer: { id: string; kind: string; name: string | null; unit: NodeName | null };
  period: { name: string; from: string; until: string };
  evaluated: {
    at: string;
    known_at: string;
    engine: string;
    pack: string;
    calendar_revision: string;
  };
  verdict: Verdict;
  cause: '' | 'short' | 'over';
  may_still_be_done: boolean;
  why_not: string;
  marks: string[];
  in_scope_because: { path: string; value: unknown }[];
  test: Test;
  parameters: ParameterUsed[];
  schedule: {
    from: string;
    warn: string | null;
    act: string;
    enter: string;
    act_steps: string[];
    enter_steps: string[];
    provisional: boolean;
  } | null;
  leave: {
    id: string;
    kind: string;
    reason: string;
    act: string | null;
    enter: string | null;
    at: string;
  } | null;
  fix: {
    missing: number | string;
    from: string;
    until: string;
    gives: Verdict;
    marks: string[];
    mend: string[];
    sentence: string;
  } | null;
  fix_late: { sentence: string } | null;
  sentence: string;
  lines: string[]; // the rest, a sentence each
  as_of: AsOf;
};

export type Obligation = {
  address: string;
  pack: string;
  version: string;
  title: string;
  clauses: (Clause | string)[];
  bearer: string;
  every: string;
  bundle: string | null;
  sentence: string;
  record_types: string[];
  bundle_title?: string;
  exemption_reasons?: { code: string; title: string }[];
};
export type PackLine = {
  id: string;
  version: string;
  title: string;
  status: string;
  in_force: string | boolean | null;
  active: Record<string, unknown> | null;
};
export type PackParameter = {
  address: string;
  title: string;
  values: { value: unknown; from: string; basis: string }[];
  value?: unknown;
  basis?: string;
  from?: string;
  clauses: (Clause | string)[];
  note: string | null;
  review_by: string | null;
};
export type Pack = PackLine & {
  documents: { id: string; title: string; [name: string]: unknown }[];
  clauses: Clause[];
  parameters: PackParameter[];
  obligations: (Obligation & { every: string })[];
  record_types: { address?: string; name?: string; title: string }[];
  bundles: { address?: string; id?: string; title: string; obligations?: string[] }[];
};

export type WouldCount = {
  obligation: string;
  title: string;
  period: string;
  bearer: { id: string; name?: string | null };
  unit: NodeName;
  counts: boolean;
  why: string;
  say: string;
  before: { verdict: Verdict; have: number; need: number };
  after: { verdict: Verdict; have: number; need: number; marks: string[] };
};
export type DryRun = {
  would_count: WouldCount[];
  missing: { field: string; say: string }[];
  as_of: AsOf;
};

export type Exemption = {
  id: string;
  version: number;
  kind: 'exempt' | 'defer';
  state: 'asked' | 'approved' | 'refused' | 'withdrawn';
  obligation: string;
  title?: string;
  bearer: string;
  unit?: NodeName | string;
  period: string;
  reason: string;
  note: string;
  act: string | null;
  enter: string | null;
  asked?: string;
  asked_by?: string;
  decided?: string | null;
  decision_note?: string | null;
  may_decide?: boolean;
};
