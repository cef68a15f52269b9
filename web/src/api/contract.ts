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

export type Clause = {
  id: string;
  document: string | null;
  at: string | null;
  hole: string | null;
};
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

export type Span = { from: string; until: string | null }; // until: the first day after
export type Step = { by: string | null; at: string };
type LeaveTerms = { reasons: string[]; approver: string };

export type Obligation = {
  address: string;
  pack: string;
  version: string;
  title: string;
  clauses: string[];
  bearer: 'unit' | 'post' | 'member';
  every: string;
  phase: string | null;
  bundle: string | null;
  record_types: string[];
  exempt: LeaveTerms | null;
  defer: LeaveTerms | null;
};
export type PackLine = {
  id: string;
  version: string;
  title: string;
  status: 'draft' | 'example' | 'in_use';
  in_force: Span;
  hash: string;
  active: { from: string; until: string | null; unit: string | null; since: string } | null;
};
export type PackValue = {
  from: string;
  value: unknown;
  basis: string;
  ref: string | null;
  note: string | null;
  clauses: string[];
};
export type PackParameter = {
  address: string;
  title: string;
  unit: string | null;
  type: string;
  clauses: string[];
  review_by: string | null;
  values: PackValue[];
  decided: PackValue[];
};
export type Pack = PackLine & {
  documents: { id: string; name: string; hash: string | null }[];
  clauses: { id: string; document: string; at: string | null; hole: string | null }[];
  parameters: PackParameter[];
  obligations: Obligation[];
  record_types: { name: string; title: string }[];
  bundles: { address: string; title: string; clauses: string[]; obligations: string[] }[];
  as_of: AsOf;
};
export type Campaign = {
  id: string;
  title: string | null;
  batches: { id: string; title: string | null }[];
};
export type CalendarRevision = {
  id: string;
  year: number;
  published: string;
  source: string;
  rest: Span[];
  makeup: string[];
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
  title: string | null;
  bearer: string;
  name: string | null;
  unit: { id: string; name: string | null };
  approver: { id: string; name: string | null };
  period: string;
  reason: string;
  note: string | null;
  act: string | null;
  enter: string | null;
  asked: Step;
  decided: {
    decision: 'approve' | 'refuse';
    by: string | null;
    at: string;
    note: string | null;
  } | null;
};
