// Written by tools/types.mjs from the served OpenAPI document. Not by hand.
// An account
export type Account = {
  id: string;
  name: string;
  display_name: string;
  kind: "person" | "machine";
  person: string | null;
  has_password: boolean;
  created: string;
  disabled: string | null;
  version: number;
};

// Accounts
export type AccountList = {
  items: Account[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A version of a pack that was proposed; `version` is this row's, `ended_on` the first day on which a withdrawn one no longer applies, null: it is as if it had never been
export type Activation = {
  id: string;
  pack: string;
  pack_version: string;
  title: string | null;
  unit: string | null;
  from: string;
  until: string | null;
  ended_on: string | null;
  reason: string;
  state: "proposed" | "in_force" | "withdrawn";
  proposed: Step;
  confirmed: null | Step;
  withdrawn: null | Step;
  withdraw_reason: string | null;
  version: number;
  as_of?: AsOf;
};

// Versions of packs
export type ActivationList = {
  items: Activation[];
  next_cursor: string | null;
  as_of: AsOf;
};

// The version that was seen, and why; `from`: the first day on which it no longer applies, otherwise it is as if it had never been
export type ActivationWithdrawal = {
  version: number;
  reason: string;
  from?: string | null;
};

// Since when and over which days a version is in force, and where; null: everywhere
export type ActiveVersion = {
  from: string;
  until: string | null;
  unit: string | null;
  since: string;
};

// The day asked for, the instant of the answer and the journal number it is based on; tree_on where figures were rolled up on another day's tree
export type AsOf = {
  at: string;
  known_at: string;
  journal: number;
  tree_on?: string;
};

// A value in force that nobody has decided yet, and the duties that it decides; `by` of a table is what gives the key
export type AssumedValue = {
  address: string;
  title: string;
  unit: string | null;
  type: "int" | "decimal" | "bool" | "date" | "month_day" | "duration" | "text" | "list";
  by: string | null;
  clauses: string[];
  value: unknown;
  from: string;
  note: string | null;
  review_by: string | null;
  sentence: string;
  decides: {
    address: string;
    title: string;
  }[];
};

// Assumed values
export type AssumedValueList = {
  items: AssumedValue[];
  next_cursor: string | null;
  as_of: AsOf;
};

// One rating of a matter: nobody's vote, and votes by word only of five or more
export type Ballot = {
  id: string;
  matter: string;
  about: string;
  title: string;
  grades: {
    code: string;
    title: string;
  }[];
  opened: string;
  until: string;
  is_secret: boolean;
  is_open: boolean;
  voters: number;
  voted: number;
  votes: {
    code: string;
    title: string;
    votes: number;
  }[] | null;
  withheld: boolean;
  takes_paper: boolean;
  needs_evidence: boolean;
  evidence: {
    sha256: string;
    filed_at: string;
  } | null;
  mine: {
    voted_on: string | null;
    on_paper: boolean;
    may_vote: boolean;
  } | null;
  may_hold: boolean;
  papers: ({
    id: string;
    persons: number;
    votes: {
      code: string;
      title: string;
      votes: number;
    }[] | null;
    files: string[];
    entered_at: string;
    entered_by_you: boolean;
    waits: boolean;
    decision: "confirm" | "refuse" | null;
    reason: string | null;
  })[];
  result: "pass" | "fail" | "too_few" | "unknown" | "stopped" | null;
  result_title: string | null;
  needed_percent: string | null;
  needed_votes: number | null;
  is_assumed: boolean;
  followed_by: string | null;
};

export type BallotEvidence = {
  id: string;
  text: string;
  sha256: string;
  filed_at: string;
  as_of: AsOf;
};

export type BallotList = {
  items: Ballot[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Who is behind a figure, worst first; `withheld`: branches on this page with fewer than five members
export type BehindList = {
  items: ({
    unit: {
      id: string | null;
      name: string | null;
      path: ({
        id: string | null;
        name: string | null;
      })[];
    };
    bearer: string | null;
    name: string | null;
    worst: "failed" | "unknown" | "in_grace" | "at_risk" | "open" | "met_late" | "met" | "exempt" | "not_applicable";
    cell: Cell;
    need: number | string | null;
    have: number | string | null;
    marks: ("entered_late" | "assumed" | "provisional" | "acting" | "deferred" | "approximate" | "by_reason" | "changed_since")[];
  })[];
  withheld: number;
  next_cursor: string | null;
  as_of: AsOf;
};

// The caller's calendar feed; version 0: there never was one
export type CalendarFeed = {
  active: boolean;
  made: string | null;
  version: number;
};

// `path` holds the secret and is shown this once; it is absent where the request is repeated
export type CalendarFeedMade = {
  id: string;
  version: number;
  path?: string;
};

export type CalendarFeedVersion = {
  version: number;
};

// Holidays as they were published; `pack` carries them, or they were imported
export type CalendarRevision = {
  id: string;
  year: number;
  published: string;
  source: string;
  rest: Span[];
  makeup: string[];
  pack: string | null;
  imported: null | Step;
};

// Publications
export type CalendarRevisionList = {
  items: CalendarRevision[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A campaign as it was launched; `unit` and what lies below it take part, `in_none` of them are in no batch
export type Campaign = {
  id: string;
  pack: string;
  pack_version: string;
  title: string | null;
  unit: string;
  window: Span;
  batches: CampaignBatch[];
  in_none: number;
  phases: CampaignPhase[];
  strands: CampaignAim[];
  goals: CampaignAim[];
  launched: Step;
  ended: null | CampaignEnded;
  version: number;
};

// A strand or a goal of a campaign; columns of its duties name it
export type CampaignAim = {
  id: string;
  title: string | null;
  clauses: string[];
};

// A batch with its days, and how many units are in it today
export type CampaignBatch = {
  id: string;
  title: string | null;
  from: string;
  until: string;
  units: number;
};

// A campaign with the units that were placed
export type CampaignDetails = {
  id: string;
  pack: string;
  pack_version: string;
  title: string | null;
  unit: string;
  window: Span;
  batches: CampaignBatch[];
  in_none: number;
  phases: CampaignPhase[];
  strands: CampaignAim[];
  goals: CampaignAim[];
  launched: Step;
  ended: null | CampaignEnded;
  version: number;
  placements: Placement[];
  as_of: AsOf;
};

// The version that was seen; `date` is the first day after it
export type CampaignEnd = {
  version: number;
  date: string;
  reason: string;
};

// That it was ended before its time; `on` is the first day after it
export type CampaignEnded = {
  on: string;
  by: string | null;
  at: string;
  reason: string;
};

// Campaigns
export type CampaignList = {
  items: Campaign[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A phase
export type CampaignPhase = {
  id: string;
  title: string;
  days: PhaseDays[];
};

// What would be launched, and with how many units
export type CampaignPreview = {
  pack_version: string;
  batches: CampaignBatch[];
  in_none: number;
  as_of: AsOf;
};

// Bearers by verdict; worst null: nothing is due
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
  worst: "failed" | "unknown" | "in_grace" | "at_risk" | "open" | "met_late" | "met" | "exempt" | "not_applicable" | null;
};

// Cells as they were frozen, beside what they would be now
export type CellsCompared = ({
  frozen: Cell;
  now: Cell;
  changed_since: boolean;
} | null)[];

// What was written: the id, and the version where the thing has versions
export type Changed = {
  id?: string;
  version?: number;
};

// A clause of a document; `hole`: what its text leaves open
export type ClauseCited = {
  id: string;
  document: string | null;
  at: string | null;
  hole: string | null;
};

// A closed period
export type Closing = {
  id: string;
  unit: string;
  name: string;
  period: string;
  closed: string;
  closed_by: string | null;
  journal: number;
  columns: Column[];
  total: {
    node: {
      id: string | null;
      name: string | null;
    };
    cells: CellsCompared;
  };
  rows: ({
    node: {
      id: string | null;
      name: string | null;
    };
    cells: CellsCompared;
  })[];
  frozen: {
    at: string;
    journal: number;
    packs: {
      id: string;
      version: string;
    }[];
    calendar: string;
  };
  as_of: AsOf;
};

// Closed periods of a unit
export type ClosingList = {
  items: ({
    id: string;
    unit: string;
    name: string;
    period: string;
    closed: string;
    closed_by: string | null;
    journal: number;
  })[];
  next_cursor: string | null;
  as_of: AsOf;
};

// The statement's id
export type ClosingMade = {
  id: string;
  journal: number;
};

// One duty in one period; `until` is the first day after it, `strand` and `goal` are ids of its campaign's
export type Column = {
  obligation: string;
  period: string;
  title: string;
  pack: string;
  bundle: string | null;
  strand: string | null;
  goal: string | null;
  bearer: "unit" | "post" | "member";
  counted_in: string;
  from: string;
  until: string;
  perform_by: string;
  enter_by: string;
  warn_from: string | null;
  phase: "ahead" | "running" | "warning" | "grace" | "ended";
  provisional: boolean;
  ended: boolean;
};

// The version that was seen
export type Confirmation = {
  version: number;
};

// A document's clauses as packs cite them, with what answers to each
export type Coverage = {
  name: string;
  title: string | null;
  document: string | null;
  version: number | null;
  imported_at: string | null;
  same_copy: boolean | null;
  packs: CoveragePack[];
  clauses: CoveredClause[];
  as_of: AsOf;
};

// Policy documents that are known here
export type CoverageList = {
  items: CoverageSummary[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A pack that cites the document
export type CoveragePack = {
  id: string;
  title: string;
};

// A policy document; `document` is the imported one, null: only packs name it; `same_copy`: packs were written from these very bytes; each clause is counted once besides in `clauses`
export type CoverageSummary = {
  name: string;
  title: string | null;
  document: string | null;
  version: number | null;
  imported_at: string | null;
  same_copy: boolean | null;
  packs: CoveragePack[];
  counts: {
    clauses: number;
    declared: number;
    bare_fact: number;
    later: number;
    no_duty: number;
    unanswered: number;
  };
};

// A clause as a pack cites it; `at` is the imported document's clause, or what it lies in; `left`: why it is declared by nothing, or by less than it says
export type CoveredClause = {
  id: string;
  at: string | null;
  hole: string | null;
  declarations: CoveringDeclaration[];
  left: "bare_fact" | "later" | "no_duty" | null;
  reason: string | null;
};

// A declaration that cites the clause, read aloud
export type CoveringDeclaration = {
  kind: "obligation" | "bundle" | "campaign" | "parameter" | "record_type" | "check" | "matter_type" | "indicator" | "draw" | "view";
  address: string;
  pack: string;
  title: string;
  sentence: string;
};

// A value that was decided here
export type DecidedValue = {
  from: string;
  value: unknown;
  basis: "seed" | "public" | "decision" | "assumed";
  ref: string | null;
  note: string | null;
  clauses: string[];
  retroactive: boolean;
  at: string;
};

export type DeclaredDraws = {
  items: ({
    draw: string;
    title: string;
    guide: string | null;
    sentence: string;
    may_redraw: boolean;
  })[];
  as_of: AsOf;
};

// What the caller chose to be sent; `channels` are those of this server, `address` is his own and shown to nobody else; version 0: nothing was ever chosen
export type Delivery = {
  channels: ("mail" | "webhook")[];
  channel: "none" | "mail" | "webhook";
  digest: boolean;
  notices: boolean;
  address: string | null;
  confirmed: boolean;
  code_sent: string | null;
  version: number;
};

export type DeliveryCode = {
  version: number;
  code: string;
};

// Names and passwords of a demo's accounts
export type DemoAccounts = {
  items: {
    name: string;
    password: string;
  }[];
};

// The version that was seen
export type Disable = {
  version: number;
};

// A clause; `id` stays its own in every version, `path` is the document's own numbering
export type DocumentClause = {
  id: string;
  path: string;
  heading: string;
  text: string;
  raw: DocumentRange;
  holes: DocumentHole[];
};

// The latest version of a policy document
export type DocumentClauses = {
  id: string;
  name: string;
  version: number;
  document: DocumentReading;
  clauses: DocumentClause[];
  repairs: DocumentRepair[];
  as_of: AsOf;
};

// Something that the text lacks, with what stands beside it
export type DocumentHole = {
  kind: "number" | "date" | "page" | "passage" | "heading" | "damage";
  raw: DocumentRange;
  before: string;
  after: string;
};

// The version that an import made, or, with 200, the one that says the same already; what changed since the one before it
export type DocumentImported = {
  id: string;
  version: number;
  clauses: number;
  changes: ({
    kind: "changed" | "added" | "superseded";
    clause: string;
  })[];
  filled: {
    clause: string;
    kind: string;
    text: string;
  }[];
};

// Policy documents
export type DocumentList = {
  items: DocumentSummary[];
  next_cursor: string | null;
  as_of: AsOf;
};

// What was recognised or should be decided; further members by kind
export type DocumentNote = {
  kind: string;
  status: "found" | "inferred" | "proposed";
  clause: string;
  raw: DocumentRange;
  text: string;
  [name: string]: unknown;
};

// How the document would be imported; `version` is the one that is there, `dependants` are declarations that waited for what is filled
export type DocumentPreview = {
  document: DocumentReading;
  clauses: DocumentClause[];
  repairs: DocumentRepair[];
  version: number | null;
  is_same: boolean;
  changes: ({
    kind: "changed" | "added" | "superseded";
    clause: string;
  })[];
  filled: {
    clause: string;
    kind: string;
    text: string;
    dependants: string[];
  }[];
  as_of: AsOf;
};

// Bytes of the raw text: from, until
export type DocumentRange = number[];

// What stands around the clauses; `name` is the file's
export type DocumentReading = {
  name: string;
  title: string;
  hash: string;
  encoding: string;
  metadata: { [name: string]: string };
  holes: DocumentHole[];
  notes: DocumentNote[];
};

// A reversible change of the raw text
export type DocumentRepair = {
  rule: string;
  raw: DocumentRange;
  removed: string;
  inserted: string;
};

// A policy document with its latest version
export type DocumentSummary = {
  id: string;
  name: string;
  title: string;
  version: number;
  hash: string;
  clauses: number;
  imported_at: string;
};

// A verdict with and without a record
export type Effect = {
  verdict: "failed" | "unknown" | "in_grace" | "at_risk" | "open" | "met_late" | "met" | "exempt" | "not_applicable";
  have: number | string;
  need: number | string;
  marks: ("entered_late" | "assumed" | "provisional" | "acting" | "deferred" | "approximate" | "by_reason" | "changed_since")[];
};

// A person employed by a unit
export type Employment = {
  id: number;
  version: number;
  person: string;
  name: string;
  from: string;
  until: string | null;
};

// A person leaves
export type EmploymentEnd = {
  employment: number;
  person: string;
  unit: string;
  version: number;
  date?: string | null;
};

export type EvidenceFiled = {
  id: string;
  sha256: string;
  journal: number;
};

// An exemption or deferral of one bearer's duty in one period; `unit` is where the bearer is counted, `approver` where it is decided or above it
export type Exemption = {
  id: string;
  kind: "exempt" | "defer";
  obligation: string;
  title: string | null;
  bearer: string;
  name: string | null;
  unit: NamedUnit;
  approver: NamedUnit;
  period: string;
  act: string | null;
  enter: string | null;
  reason: string;
  note: string | null;
  state: "asked" | "approved" | "refused" | "withdrawn";
  asked: Step;
  decided: null | LeaveDecision;
  withdrawn: null | LeaveWithdrawn;
  version: number;
  as_of?: AsOf;
};

// How far it has come
export type ExemptionChanged = {
  id: string;
  version: number;
  state: "asked" | "approved" | "refused" | "withdrawn";
  approver?: {
    unit: string;
  };
  journal?: number;
};

// The version that was seen; a refusal needs a note
export type ExemptionDecision = {
  version: number;
  decision: "approve" | "refuse";
  note?: string | null;
};

// Exemptions and deferrals
export type ExemptionList = {
  items: Exemption[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Why a verdict is what it is; `lines` is the same in sentences
export type Explanation = {
  obligation: {
    address: string;
    title?: string;
    clauses?: ClauseCited[];
    sentence?: string;
  };
  bearer: {
    id: string;
    kind: "unit" | "post" | "member";
    name: string | null;
    unit: {
      id: string;
      name: string;
    } | null;
  };
  period: {
    name: string;
    from: string;
    until: string;
  };
  evaluated: {
    at: string;
    known_at: string;
    engine: string;
    pack: string;
    calendar_revision: string;
  };
  verdict: "failed" | "unknown" | "in_grace" | "at_risk" | "open" | "met_late" | "met" | "exempt" | "not_applicable";
  cause: "" | "short" | "over" | "nonconforming";
  may_still_be_done: boolean;
  why_not: string;
  marks: ("entered_late" | "assumed" | "provisional" | "acting" | "deferred" | "approximate" | "by_reason" | "changed_since")[];
  in_scope_because: {
    path: string;
    value: string;
  }[];
  test: TestFound;
  parameters: ({
    address: string;
    title: string;
    value: unknown;
    say: string;
    basis: "seed" | "public" | "decision" | "assumed";
    from: string;
    bound_on: string;
    clauses: string[];
    note: string;
  })[];
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
    kind: "exempt" | "defer";
    reason: string;
    act: string | null;
    enter: string | null;
    at: string;
  } | null;
  fix: Fix | null;
  fix_late: Fix | null;
  sentence: string;
  lines: string[];
  as_of: AsOf;
};

// More time, until and with this day
export type ExtensionAsked = {
  version: number;
  clock: string;
  until: string;
  fields?: { [name: string]: unknown } | null;
  evidence?: string[];
  reason?: string | null;
};

// About the extension that waits
export type ExtensionDecided = {
  version: number;
  clock: string;
  decision: "grant" | "refuse";
  reason?: string | null;
};

// A check of a pack that does not hold: refused, asked a reason for, or only said; `others` are the records that it is about
export type FailedCheck = {
  check: string;
  title: string;
  clauses: string[];
  otherwise: "refuse" | "reason" | "warn";
  says: string;
  others: string[];
};

// A field of a record type
export type Field = {
  name: string;
  title: string;
  type: string;
  of: string | null;
  words: {
    code: string;
    title: string;
  }[];
  target: string | null;
  required: boolean;
  min: number | null;
  max: number | null;
  not_after: string | null;
  default: unknown;
};

// Numbers are texts of decimals. `base`: how many facts it stands on; `use` and `planned` are parts of `control`; `withheld`: of so few members that it would tell of persons
export type Figure = {
  state: "shown" | "empty" | "too_few" | "not_rolled_up" | "no_value" | "unknown" | "withheld";
  value: string | null;
  part: number | null;
  base: number | null;
  parts: ({
    key: string[];
    titles: string[];
    state: "shown" | "empty" | "too_few" | "not_rolled_up" | "no_value" | "unknown";
    value: string | null;
    part: number | null;
    base: number;
  })[];
  control: string | null;
  use: string | null;
  rest: string | null;
  planned: string | null;
  pace: "none" | "within" | "ahead" | "exceeded";
  limit: string | null;
  beyond: number;
  beyond_units: NamedUnit[];
  parameters: ({
    address: string;
    title: string;
    value: unknown;
    basis: "seed" | "public" | "decision" | "assumed";
    from: string;
    clauses: string[];
    note: string | null;
  })[];
  error: string | null;
};

// An attachment
export type File = {
  id: string;
  sha256: string;
  size: number;
  media_type: string;
  name: string;
};

// What would turn the verdict, and into which
export type Fix = {
  missing: number | string;
  from: string;
  until: string;
  gives: "failed" | "unknown" | "in_grace" | "at_risk" | "open" | "met_late" | "met" | "exempt" | "not_applicable";
  marks: ("entered_late" | "assumed" | "provisional" | "acting" | "deferred" | "approximate" | "by_reason" | "changed_since")[];
  mend: string[];
  parts: ({
    id: string;
    missing: number | string;
    from: string;
    until: string;
  })[];
  sentence: string;
};

// A role at a unit (or the installation) between dates
export type Grant = {
  id: string;
  account: string;
  role: string;
  unit: string | null;
  unit_name: string | null;
  scope: "self" | "subtree";
  reason: string;
  granted_by: string | null;
  granted: string;
  ended: string | null;
  version: number;
  from: string;
  until: string | null;
};

// Why the grant ends
export type GrantEnd = {
  version: number;
  reason: string;
};

// Grants
export type GrantList = {
  items: Grant[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Whether the database answers
export type Health = {
  status: "ok" | "database_unavailable";
  version: string;
  demo: boolean;
  journal: number;
};

// Who holds a post; without a name where the account may not read it
export type Holder = {
  id: string;
  version: number;
  post: string;
  person: string | null;
  acting: boolean;
  name: string | null;
  from: string;
  until: string | null;
};

// What an import did or, on a dry run, would do
export type ImportReport = { [name: string]: unknown };

// How many were imported
export type Imported = {
  imported: number;
};

// What is measured, by which version of which pack; `until` is the last day of the period
export type Indicator = {
  indicator: string;
  title: string;
  unit: string | null;
  measure: "count" | "sum" | "share" | "median" | "series" | "minus" | "ratio" | "reduce";
  counts: "record" | "matter" | "cases" | "units" | null;
  roll_up: "sum" | "sum_then_divide" | "worst" | "count_of_failed" | "none" | "together";
  limit_is: "floor" | "ceiling" | null;
  pack: string;
  pack_version: string;
  pack_title: string;
  clauses: string[];
  sentence: string;
  period: {
    name: string;
    from: string;
    until: string;
  } | null;
};

// Records (r1), matters (i1) and units (u1); `withheld`: of this page, those that only their own unit sees one by one
export type IndicatorFacts = {
  indicator: Indicator;
  figure: Figure;
  items: ({
    id: string;
    units: NamedUnit[];
    date: string;
    counted: boolean;
    is_part: boolean | null;
    amount: string | null;
    why: string | null;
  })[];
  withheld: number;
  total: number;
  next_cursor: string | null;
  as_of: AsOf;
};

export type IndicatorList = {
  node: {
    id: string;
    name: string | null;
  };
  items: {
    indicator: Indicator;
    figure: Figure;
  }[];
  as_of: AsOf;
};

export type IndicatorTable = {
  columns: Indicator[];
  total: {
    node: {
      id: string;
      name: string | null;
    };
    cells: Figure[];
  };
  rows: {
    node: {
      id: string;
      name: string;
      kind: string;
      has_children: boolean;
    };
    cells: Figure[];
  }[];
  next_cursor: string | null;
  as_of: AsOf;
};

// The token, shown once: a repeated request does not hold it
export type IssuedToken = {
  id: string;
  version?: number;
  token?: string;
};

// How far a long work is
export type Job = {
  id: string;
  kind: string;
  state: "running" | "done" | "refused" | "failed";
  steps_done: number;
  steps_total: number | null;
  result: Simulation | { [name: string]: unknown };
  started: string;
  finished: string | null;
};

// The work goes on; /jobs/{id} says how far it is, and what it found
export type JobStarted = {
  job: string;
};

// Size and root of the Merkle tree
export type JournalHead = {
  size: number;
  root: string;
};

// Journal entries in order
export type JournalList = {
  items: {
    number: number;
    at: string;
    kind: string;
    leaf: string;
    hash: string;
  }[];
  next_cursor: string | null;
  as_of: AsOf;
};

// What was decided; `note` only for who asks and who decides
export type LeaveDecision = {
  decision: "approve" | "refuse";
  by: string | null;
  at: string;
  note: string | null;
};

// Reasons for which leave may be asked, and where it is decided, seen from the bearer
export type LeaveTerms = {
  reasons: string[];
  approver: string;
};

// That it was taken back; `reason` only for who asks and who decides
export type LeaveWithdrawn = {
  by: string | null;
  at: string;
  reason: string | null;
};

// What the columns of a sheet would be read as; similar ones are only proposed
export type LedgerColumns = {
  sheet: string;
  head: number;
  rows: number;
  rows_max: number;
  columns: ({
    letters: string;
    heading: string;
    target: string | null;
    found: "said" | "remembered" | "known" | "similar" | "not_found";
    samples: string[];
  })[];
  targets: string[];
};

// What became of each row; existing ones have their number already and are left as they are
export type LedgerImported = {
  created: number;
  changed: number;
  unchanged: number;
  existing: number;
  dry_run: boolean;
  rows: ({
    line: number;
    what: "created" | "changed" | "unchanged" | "existing";
    id: string | null;
    number: string | null;
    unit: string;
    differs: string[];
  })[];
};

// What is looked at in the ledger; without `unit` it is about the unit that is looked at. `due_within`: last days from today until so many days on
export type LedgerView = {
  unit?: string | null;
  party?: boolean | null;
  type?: string | null;
  state?: string | null;
  open?: boolean | null;
  overdue?: boolean | null;
  stale?: boolean | null;
  due_within?: number | null;
  due_from?: string | null;
  due_before?: string | null;
  text?: string | null;
  sort?: "newest" | "due" | null;
  show?: "table" | "board" | "timeline" | "tree" | "grid" | null;
};

// What was found, and what was seen. That it holds is said from the due day on; what is bad whenever it is seen
export type LookBack = {
  version: number;
  outcome: "holds" | "partly" | "not_done" | "relapsed";
  reason: string;
  evidence?: string[];
};

// Times that matters were settled, by the unit that was responsible then; `missed` are among the `due`
export type LookBackCounts = {
  types: {
    type: string;
    title: string;
    settled: number;
    awaited: number;
    due: number;
    missed: number;
    looked_back: number;
    found: {
      outcome: string;
      title: string;
      count: number;
    }[];
  }[];
  as_of: AsOf;
};

// The list by matter; the rule is in docs/data.md
export type LookBackDraw = {
  round: string;
  n: number;
  seed: string;
  reason: string | null;
  at: string;
  journal: number;
  candidates: ({
    matter: string;
    unit: string;
    type: string;
    stratum: string | null;
    drawn: boolean;
  })[];
  as_of: AsOf;
};

// What was drawn from what, by which seed
export type LookBackDrawn = {
  id: string;
  version: number;
  seed: string;
  candidates: number;
  drawn: number;
  journal: number;
};

// closed: settled on the day of the draw; stands: closed without what relapsed or was never done
export type LookBackFigures = {
  all: number;
  candidates: number;
  closed: number;
  drawn: number;
  found: ({
    count: number;
    outcome: "holds" | "partly" | "not_done" | "relapsed";
  })[];
  looked: number;
  missing: number;
  stands: number;
  too_early: number;
  type: string | null;
};

// `which`: missed (its day is over), due (missed or today), all (also what is still to come)
export type LookBackList = {
  items: ({
    matter: Matter;
    due: string | null;
    missed: boolean;
  })[];
  next_cursor: string | null;
  as_of: AsOf;
};

// missing: a reason for each that nobody has looked at
export type LookBackLock = {
  version: number;
  missing?: {
    matter: string;
    reason: string;
  }[];
};

export type LookBackRedraw = {
  version: number;
  reason: string;
};

export type LookBackRound = {
  id: string;
  unit: NamedUnit;
  name: string;
  types: {
    type: string;
    title: string;
  }[];
  until: string;
  sample: "all" | "size" | "percent";
  amount: number;
  strata: "none" | "type" | "parent";
  draws: number;
  opened: string;
  locked: string | null;
  drawn: number;
  looked: number;
  version: number;
};

export type LookBackRoundList = {
  items: LookBackRound[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Figures and seeds are null to whoever sees a part of it
export type LookBackRoundWhole = {
  id: string;
  unit: NamedUnit;
  name: string;
  types: {
    type: string;
    title: string;
  }[];
  until: string;
  sample: "all" | "size" | "percent";
  amount: number;
  strata: "none" | "type" | "parent";
  draws: number;
  opened: string;
  locked: string | null;
  drawn: number;
  looked: number;
  version: number;
  whole: boolean;
  opened_by_name: string | null;
  locked_at: string | null;
  locked_by_name: string | null;
  figures: {
    total: LookBackFigures;
    types: LookBackFigures[];
  } | null;
  made: ({
    n: number;
    at: string;
    by: string | null;
    by_name: string | null;
    reason: string | null;
    seed: string | null;
  })[];
  may_change: boolean;
  as_of: AsOf;
};

// found: the newest look-back of the matter since the round was opened
export type LookBackRow = {
  matter: Matter;
  unit: NamedUnit;
  stratum: string | null;
  stratum_title: string | null;
  lookers: NamedUnit[];
  found: {
    outcome: "holds" | "partly" | "not_done" | "relapsed";
    outcome_title: string;
    version: number;
    at: string | null;
    by: string | null;
    by_name: string | null;
    reason: string | null;
  } | null;
  missing: string | null;
  may_look: boolean;
};

export type LookBackRowList = {
  items: LookBackRow[];
  next_cursor: string | null;
  as_of: AsOf;
};

// The list by unit; the rule is in docs/data.md
export type MadeUnitDraw = {
  draw: string;
  n: number;
  seed: string;
  size: number;
  reason: string | null;
  at: string;
  journal: number;
  units: ({
    unit: string;
    stratum: string | null;
    weight: number | null;
    tickets: number;
    place: number | null;
  })[];
  as_of: AsOf;
};

// What has to be settled, as it stands; `units` are its own one and those that its fields name, each once named to the others
export type Matter = {
  id: string;
  number: string | null;
  type: string;
  type_title: string;
  pack_version: string;
  unit: NamedUnit;
  parent: string | null;
  into: string | null;
  relapse_of: string | null;
  relapsed_as: string | null;
  merged_count: number;
  below_count: number;
  campaign: string | null;
  opened: string;
  due: string | null;
  first_due: string | null;
  next_due: string | null;
  overdue: boolean;
  stale: boolean;
  state: string;
  state_title: string | null;
  is_open: boolean;
  outcome: string | null;
  fields: { [name: string]: unknown };
  units: NamedUnit[];
  evidence: string[];
  version: number;
  changed_at: string;
  reminded: number;
  reminded_on: string | null;
  changed_by: string | null;
};

// A settled matter that is like another: the fields that say the same by their titles, what both texts say, and how alike they are
export type MatterAlike = {
  id: string;
  matter: null | Matter;
  settled: string | null;
  same: string[];
  common: string[];
  percent: number;
};

// Without a move it is an edit; fields of an item stand before those of all. `extension` instead of a move: more time is asked for until a day, or what waits is decided
export type MatterBatch = {
  move?: string | null;
  extension?: {
    clock: string;
    until?: string | null;
    decision?: "grant" | "refuse" | null;
  } | null;
  items: ({
    id: string;
    version: number;
    fields?: { [name: string]: unknown } | null;
  })[];
  fields?: { [name: string]: unknown } | null;
  unit?: string | null;
  into?: string | null;
  due?: string | null;
  evidence?: string[];
  reason?: string | null;
  dry_run?: boolean | null;
};

// Row by row what was done, or would be, and why not
export type MatterBatchDone = {
  dry_run: boolean;
  done: number;
  refused: number;
  parent: string | null;
  items: ({
    id: string;
    done: boolean;
    version: number | null;
    state: string | null;
    why: ({
      code: string;
      field: string | null;
      say: string;
    })[];
  })[];
};

// What is below a parent; the counts are of all, whoever may see them
export type MatterBelow = {
  items: MatterRelated[];
  next_cursor: string | null;
  count: number;
  open: number;
  overdue: number;
  counts: {
    outcome: string;
    title: string;
    count: number;
    overdue: number;
  }[];
  as_of: AsOf;
};

// The version that the change made
export type MatterChanged = {
  id: string;
  version: number;
  state: string;
  journal: number;
};

// A clock of a matter; `left` is below 0 when it has expired, `due` null while it is paused
export type MatterClock = {
  id: string;
  title: string;
  clauses: string[];
  status: "not_started" | "running" | "paused" | "expired" | "in_time" | "late";
  generation: number;
  started: string | null;
  due: string | null;
  first_due: string | null;
  stopped: string | null;
  paused_since: string | null;
  left: number;
  left_in: "workdays" | "days";
  provisional: boolean;
  assumed: boolean;
  pauses: ({
    from: string;
    until: string | null;
  })[];
  changes: ({
    on: string;
    due: string;
    cause: "started" | "anew" | "set" | "extended" | "resumed" | "goes_on" | "calendar" | "merged";
  })[];
  extensions: ({
    on: string;
    until: string;
    due: string | null;
    reason: string | null;
    by: string | null;
    by_name: string | null;
    decided: string | null;
    granted: boolean;
    waiting: boolean;
  })[];
  ask: {
    allowed: boolean;
    why: {
      code: string;
      say: string;
    }[];
    fields: string[];
  } | null;
  decide: {
    allowed: boolean;
    why: {
      code: string;
      say: string;
    }[];
  } | null;
  rungs: ({
    rung: string;
    title: string;
    clauses: string[];
    generation: number;
    day: string | null;
    reached: string | null;
    premature: boolean;
    tell: string;
    propose: string | null;
    held: boolean;
    open: boolean;
    signed_by: string | null;
    hidden: boolean;
    decided: string | null;
    signed: boolean;
    acknowledge_by: string | null;
    acknowledge_by_assumed: boolean;
    receipts: ({
      unit: NamedUnit;
      on: string | null;
      late: boolean;
      by_name: string | null;
      reason: string | null;
      may: boolean;
    })[];
    sign: {
      allowed: boolean;
      why: {
        code: string;
        say: string;
      }[];
    } | null;
  })[];
};

// By type and state
export type MatterCounts = {
  types: MatterCountsOfType[];
  as_of: AsOf;
};

// `own`: of the unit itself; each item: of the whole subtree of a unit below it, in official order
export type MatterCountsBelow = {
  own: MatterCountsOfType[];
  items: {
    unit: NamedUnit;
    has_children: boolean;
    types: MatterCountsOfType[];
  }[];
  next_cursor: string | null;
  as_of: AsOf;
};

// By state; late are open ones whose deadline is over; what was merged is not in `count`
export type MatterCountsOfType = {
  type: string;
  title: string;
  count: number;
  merged: number;
  open: number;
  overdue: number;
  states: ({
    id: string;
    title: string | null;
    is_final: boolean;
    is_merged: boolean;
    count: number;
    overdue: number;
  })[];
};

// What is not given stays; null empties a field
export type MatterEdit = {
  version: number;
  fields?: { [name: string]: unknown } | null;
  due?: string | null;
  evidence?: string[];
  reason?: string | null;
};

// `open`: the parent, opened together with all of them or not at all. With neither they are taken out of the group that they are in
export type MatterGrouping = {
  parent?: string | null;
  open?: {
    type: string;
    unit: string;
    campaign?: string | null;
    fields?: { [name: string]: unknown };
    due?: string | null;
    evidence?: string[];
    reason?: string | null;
  } | null;
  items: {
    id: string;
    version: number;
  }[];
  reason?: string | null;
  dry_run?: boolean | null;
};

// A page of the ledger
export type MatterList = {
  items: Matter[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Each time that the matter was settled, with what the newest look-back found; `due` is of what nobody has looked at yet, `may` null while it is not settled
export type MatterLookBack = {
  by: string;
  clauses: string[];
  due: string | null;
  missed: boolean;
  outcomes: {
    outcome: string;
    title: string;
    open_now: boolean;
  }[];
  times: ({
    since: string;
    due: string | null;
    assumed: boolean;
    provisional: boolean;
    outcome: string | null;
    outcome_title: string | null;
    at: string | null;
    by: string | null;
    by_name: string | null;
    reason: string | null;
  })[];
  may: {
    allowed: boolean;
    why: WhyNot[];
  } | null;
};

// `version` is the one that was seen; `unit`, `due` and `into` (the one that it is merged into) only where the move asks for them
export type MatterMove = {
  version: number;
  move: string;
  fields?: { [name: string]: unknown } | null;
  unit?: string | null;
  into?: string | null;
  due?: string | null;
  evidence?: string[];
  reason?: string | null;
};

// A matter with what a time line draws of it: since when it is settled, its clocks, and how many matters have it for their parent
export type MatterOutline = {
  matter: Matter;
  settled: string | null;
  children: number;
  clocks: ({
    id: string;
    title: string;
    status: "not_started" | "running" | "paused" | "expired" | "in_time" | "late";
    due: string | null;
    first_due: string | null;
    stopped: string | null;
    paused_since: string | null;
    extension_waits: boolean;
    pauses: ({
      from: string;
      until: string | null;
    })[];
    changes: {
      on: string;
      due: string;
      cause: string;
    }[];
  })[];
};

export type MatterOutlines = {
  items: MatterOutline[];
  next_cursor: string | null;
  as_of: AsOf;
};

// What opening it would propose; nothing was opened
export type MatterPreview = {
  alike: MatterAlike[];
  as_of: AsOf;
};

// Which settled matters it was like when it was opened and what was said of each; `of` the one that came back with it, `as` the later one with which it came back
export type MatterRelapse = {
  by: string;
  clauses: string[];
  proposed: ({
    id: string;
    matter: null | Matter;
    settled: string | null;
    same: string[];
    common: string[];
    percent: number | null;
    stands: "proposed" | "confirmed" | "denied";
    at: string | null;
    by: string | null;
    by_name: string | null;
    reason: string | null;
  })[];
  of: string | null;
  as: null | MatterRelated;
  may: {
    allowed: boolean;
    why: WhyNot[];
  } | null;
};

// Another matter; null where the caller may not see it
export type MatterRelated = {
  id: string;
  matter: null | Matter;
};

// A type of matter with its lifecycle, and the papers that are printed from it
export type MatterType = {
  name: string;
  in_rounds: boolean;
  in_look_backs: boolean;
  in_relapses: boolean;
  title: string;
  guide: string | null;
  clauses: string[];
  fields: Field[];
  roles: ({
    name: string;
    title: string;
    kind: "unit" | "post" | "persons";
  })[];
  initial: string;
  states: ({
    id: string;
    title: string;
    final: string | null;
    outcome: string | null;
    completion: string;
    completion_title: string;
  })[];
  moves: ({
    id: string;
    title: string;
    guide: string | null;
    clauses: string[];
    from: string[];
    to: string;
    by: string[];
    fields: string[];
  })[];
  clocks: {
    id: string;
    title: string;
    extension: boolean;
    fields: string[];
  }[];
  sheets: ({
    name: string;
    title: string;
    guide: string | null;
    fields: string[];
    blanks: {
      name: string;
      title: string;
    }[];
  })[];
};

// Matter types in force
export type MatterTypeList = {
  items: MatterType[];
  next_cursor: string | null;
  as_of: AsOf;
};

// With roles, timeline and the moves that lead on from its state
export type MatterWhole = {
  id: string;
  number: string | null;
  type: string;
  type_title: string;
  pack_version: string;
  unit: NamedUnit;
  parent: string | null;
  into: string | null;
  relapse_of: string | null;
  relapsed_as: string | null;
  merged_count: number;
  below_count: number;
  campaign: string | null;
  opened: string;
  due: string | null;
  first_due: string | null;
  next_due: string | null;
  overdue: boolean;
  stale: boolean;
  state: string;
  state_title: string | null;
  is_open: boolean;
  outcome: string | null;
  fields: { [name: string]: unknown };
  units: NamedUnit[];
  evidence: string[];
  version: number;
  changed_at: string;
  reminded: number;
  reminded_on: string | null;
  changed_by: string | null;
  merged: MatterRelated[];
  merged_into: null | MatterRelated;
  parent_matter: null | MatterRelated;
  roles: ({
    name: string;
    title: string;
    kind: "unit" | "post" | "persons";
    unit: null | NamedUnit;
    post: string | null;
    persons: (string | null)[];
    names: (string | null)[];
  })[];
  clocks: MatterClock[];
  review: {
    version: number;
    title: string;
    at: string;
    by_name: string | null;
    changed: {
      name: string;
      title: string;
    }[];
    since: string | null;
  } | null;
  look_back: null | MatterLookBack;
  urgent: boolean;
  relapse: null | MatterRelapse;
  timeline: ({
    version: number;
    kind: "opened" | "moved" | "edited" | "deed";
    deed: {
      kind: "extension_asked" | "extension_granted" | "extension_refused" | "step_signed" | "step_dismissed" | "looked_back" | "merged_in" | "merge_undone" | "relapse_confirmed" | "relapse_denied" | "relapsed" | "relapse_undone" | "step_acknowledged";
      clock: string;
      clock_title: string;
      rung: string | null;
      rung_title: string | null;
      until: string | null;
      units: NamedUnit[];
      other: string | null;
      found: string | null;
      found_title: string | null;
    } | null;
    move: string | null;
    title: string | null;
    from: string | null;
    to: string;
    at: string;
    by: string | null;
    by_name: string | null;
    reason: string | null;
    due: {
      from: string | null;
      to: string | null;
    } | null;
    unit: {
      from: NamedUnit;
      to: NamedUnit;
    } | null;
    parent: {
      from: string | null;
      to: string | null;
    } | null;
    into: {
      from: string | null;
      to: string | null;
    } | null;
    fields: string[];
    evidence: string[];
    journal: number;
  })[];
  moves: ({
    id: string;
    title: string;
    guide: string | null;
    to: string;
    fields: string[];
    clauses: string[];
    allowed: boolean;
    why: {
      code: string;
      say: string;
    }[];
  })[];
  may_edit: boolean;
  as_of: AsOf;
};

// The account that asks
export type Me = {
  account: Account;
  grants: Grant[];
  permissions: string[];
  today: string;
  demo: boolean;
};

// A member on a branch's roll
export type Membership = {
  id: string;
  version: number;
  person: string;
  unit: string;
  kind: string;
  floating: boolean;
  host_unit: string | null;
  name: string;
  from: string;
  until: string | null;
};

// The first day off the roll
export type MembershipEnd = {
  person: string;
  unit: string;
  version: number;
  date?: string | null;
};

// A message without what it says. `due` is when it is tried next; `reason` is of the last try: http_503, smtp_550, no_connection, timeout, tls, lost, unanswered, superseded, dropped, not_wanted, no_recipient, not_set_up
export type Message = {
  id: string;
  account: string;
  kind: "digest" | "notice" | "code" | "test" | "urgent";
  channel: "mail" | "webhook";
  state: "waiting" | "delivered" | "dead" | "dropped";
  tries: number;
  reason: string;
  made: string;
  due: string;
  done: string | null;
};

export type MessageDecided = {
  id: string;
};

export type MessageDecision = {
  reason: string;
};

// A page of the outbox; `waiting` and `dead` are of all of it
export type MessageList = {
  items: Message[];
  next_cursor: string | null;
  as_of: AsOf;
  channels: ("mail" | "webhook")[];
  waiting: number;
  dead: number;
};

// Units that a field may name; `within` is what stands above one whose name is not open otherwise
export type NameableUnits = {
  items: ({
    id: string;
    name: string;
    type: string;
    within: string | null;
  })[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A unit; its name where it is open, otherwise that of the nearest one above it
export type NamedUnit = {
  id: string;
  name: string | null;
  within: string | null;
};

// An account; without a password it signs in by token only
export type NewAccount = {
  name: string;
  display_name: string;
  kind?: "person" | "machine";
  person?: string | null;
  password?: string | null;
};

// A version of a pack to be put in force; without `unit` everywhere
export type NewActivation = {
  pack: string;
  version: string;
  from: string;
  until?: string | null;
  unit?: string | null;
  reason: string;
};

// The days of a batch; `until` is the first day after it
export type NewBatch = {
  id: string;
  from: string;
  until: string;
};

export type NewCalendarFeed = {
  version: number;
};

// A publication; `rest` are days off, `makeup` days that are worked
export type NewCalendarRevision = {
  id: string;
  year: number;
  published: string;
  source: string;
  rest?: Span[];
  makeup?: string[];
};

// A campaign to be launched; batches that are not named keep the days of the pack. With `preview` nothing is written
export type NewCampaign = {
  pack: string;
  unit: string;
  batches?: NewBatch[];
  preview?: boolean;
};

// The period whose figures are to be frozen; without obligations all of them
export type NewClosing = {
  unit: string;
  period: string;
  obligations?: string[];
};

// `address`: absent where it stays, empty where it is to be forgotten; one that is not confirmed is sent a code
export type NewDelivery = {
  version: number;
  channel: "none" | "mail" | "webhook";
  digest?: boolean;
  notices?: boolean;
  address?: string | null;
};

// A person begins to work
export type NewEmployment = {
  person: string;
  unit: string;
  date?: string | null;
};

// Nothing is asked: the evidence is written by the program
export type NewEvidence = { [name: string]: unknown };

// `reason` is a word of the duty's list; `act` and `enter`, of a deferral, are the new last days, included
export type NewExemption = {
  kind: "exempt" | "defer";
  obligation: string;
  bearer: string;
  period: string;
  reason: string;
  note?: string | null;
  act?: string | null;
  enter?: string | null;
};

// A role for an account
export type NewGrant = {
  account: string;
  role: string;
  unit?: string | null;
  scope?: "self" | "subtree";
  reason: string;
  from?: string | null;
  until?: string | null;
};

// Without types: all that have look-backs. Without size and percent: each that is settled, once
export type NewLookBackRound = {
  unit: string;
  name: string;
  types?: string[];
  until: string;
  size?: number | null;
  percent?: number | null;
  strata?: "none" | "type" | "parent";
};

// `type` is an address in force at the unit
export type NewMatter = {
  type: string;
  unit: string;
  fields: { [name: string]: unknown };
  parent?: string | null;
  into?: string | null;
  relapse_of?: string | null;
  relapsed_as?: string | null;
  merged_count?: number;
  below_count?: number;
  campaign?: string | null;
  due?: string | null;
  evidence?: string[];
  reason?: string | null;
};

// A member of a branch; `replaces` ends another membership on the date
export type NewMembership = {
  person: string;
  unit: string;
  kind: string;
  floating?: boolean;
  host_unit?: string | null;
  date?: string | null;
  replaces?: string | null;
  replaces_in?: string | null;
};

export type NewPackReview = {
  pack: string;
  version: string;
  parent: string;
  parent_version: string;
  note: string;
};

// Votes on paper: how many of each word, from whom, and the scan
export type NewPaper = {
  votes: { [name: string]: number };
  persons: string[];
  files: string[];
};

// A value from a day on; a day that has passed needs `retroactive` and then a `note`
export type NewParameterValue = {
  parameter: string;
  value: unknown;
  from: string;
  ref: string;
  note?: string | null;
  retroactive?: boolean;
};

// A person
export type NewPerson = {
  name: string;
  external_key?: string | null;
};

// A unit in a batch from a day on; null: in none
export type NewPlacement = {
  unit: string;
  batch?: string | null;
  from: string;
  reason: string;
};

// A post of a unit
export type NewPost = {
  unit: string;
  kind: string;
  title: string;
  official_order?: number | null;
  from?: string | null;
};

// What was done: entered once, of one or several types, by one or several units
export type NewRecord = {
  types: string[];
  units: string[];
  date: string;
  place?: string | null;
  present?: string[];
  fields?: { [name: string]: { [name: string]: unknown } } | null;
  check_reasons?: { [name: string]: string } | null;
};

// A relation to a unit, a place (seated_in) or a post (contact_of)
export type NewRelation = {
  version: number;
  kind: string;
  target: string;
  date?: string | null;
};

export type NewReminders = {
  matters: string[];
};

// Without types: all that rounds ask about
export type NewRound = {
  unit: string;
  name: string;
  types?: string[];
  cutoff: string;
  near_days?: number | null;
  silent_days?: number | null;
};

// `version`: of the line that it follows, 0 of the first; `said`: what was done, or why nothing is new
export type NewRoundLine = {
  matter: string;
  version: number;
  kind: "progress" | "none";
  said: string;
};

export type NewRoundReport = {
  done: boolean;
  said: string;
};

// Who does what by when
export type NewRoundTask = {
  matter?: string | null;
  unit: string;
  due: string;
  said: string;
};

// `unit`: shared with whoever reads its ledger; it gives no right to see what it shows
export type NewSavedFilter = {
  name: string;
  unit?: string | null;
  view: LedgerView;
};

// What is supposed: the files of a pack, a version that is known here, or a value of a parameter; `unit`: only it and what lies below it; `homes`: units listed of a duty in a period
export type NewSimulation = {
  files?: SimulatedFile[];
  pack?: string;
  version?: string;
  parameter?: string;
  value?: unknown;
  on?: string;
  unit?: string;
  homes?: number;
};

// Who takes the post
export type NewTenure = {
  unit: string;
  person: string;
  acting?: boolean;
  date?: string | null;
};

// What the token is for and until when
export type NewToken = {
  name: string;
  from?: string | null;
  until?: string | null;
};

// A unit below its parent
export type NewUnit = {
  name: string;
  type: string;
  level: number;
  rank?: string | null;
  tags?: string[];
  parent: string;
  seat?: string | null;
  code?: string | null;
  code_system?: string | null;
  official_order?: number | null;
  go_live?: string | null;
  from?: string | null;
};

// draw: the address of one that a pack declares
export type NewUnitDraw = {
  unit: string;
  draw: string;
  name: string;
};

// An empty object
export type Nothing = { [name: string]: unknown };

// What an account was told: that something happened to a matter of a ledger. The first four kinds are shown at once, within hours of work; the others at 8:30 of the next working day
export type NoticeList = {
  items: ({
    kind: "assigned" | "returned" | "struck_off" | "extension_decided" | "merged" | "reminded" | "waiting" | "told" | "stale";
    matter: string;
    ledger: string | null;
    at: string;
    shown_from: string;
  })[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A duty as a pack declares it
export type Obligation = {
  address: string;
  pack: string;
  version: string;
  title: string;
  sentence: string;
  clauses: string[];
  bearer: "unit" | "post" | "member";
  every: string;
  phase: string | null;
  bundle: string | null;
  record_types: string[];
  exempt: null | LeaveTerms;
  defer: null | LeaveTerms;
};

// Duties in force
export type ObligationList = {
  items: Obligation[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Somebody opened the names below the unit
export type OpenedNames = {
  account: string;
  account_name: string;
  reason: string;
  at: string;
};

// Who looked
export type OpenedNamesList = {
  items: OpenedNames[];
  next_cursor: string | null;
  as_of: AsOf;
};

// The old password and the new one
export type OwnPassword = {
  old_password: string;
  password: string;
};

// A version of a pack; `in_force` are the days of its policy
export type Pack = {
  id: string;
  version: string;
  title: string;
  status: "draft" | "example" | "in_use";
  in_force: Span;
  hash: string;
  active: null | ActiveVersion;
  to_review: number;
};

// A batch with its default days
export type PackBatch = {
  from: string;
  until: string | null;
  id: string;
  title: string;
  late_joiner: string;
};

// A set of duties
export type PackBundle = {
  address: string;
  title: string;
  sentence: string;
  clauses: string[];
  obligations: string[];
};

// What a launch starts from
export type PackCampaign = {
  title: string;
  sentence: string;
  clauses: string[];
  window: Span;
  batches: PackBatch[];
  phases: PackPhase[];
};

// A clause; `hole`: what its text lacks
export type PackClause = {
  id: string;
  document: string;
  at: string | null;
  hole: string | null;
};

// Everything that a pack declares
export type PackDetails = {
  id: string;
  version: string;
  title: string;
  status: "draft" | "example" | "in_use";
  in_force: Span;
  hash: string;
  active: null | ActiveVersion;
  to_review: number;
  documents: PackDocument[];
  clauses: PackClause[];
  parameters: PackParameter[];
  obligations: Obligation[];
  record_types: RecordType[];
  bundles: PackBundle[];
  campaign: null | PackCampaign;
  extends: PackExtends[];
  reviews: PackReview[];
  reviewed: PackReviewNote[];
  as_of: AsOf;
};

// A policy document
export type PackDocument = {
  id: string;
  name: string;
  hash: string | null;
};

// A pack that declarations are taken from, with what is set, added and left out
export type PackExtends = {
  pack: string;
  version: string;
  sentence: string;
};

// Packs
export type PackList = {
  items: Pack[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A parameter with its values
export type PackParameter = {
  address: string;
  title: string;
  sentence: string;
  unit: string | null;
  type: string;
  by: string | null;
  bind: string;
  clauses: string[];
  review_by: string | null;
  values: PackValue[];
  decided: DecidedValue[];
};

// A phase
export type PackPhase = {
  id: string;
  title: string;
};

// What a later version of a pack that is extended says differently, and what this pack made of it; nothing changes until it names that version
export type PackReview = {
  pack: string;
  taken: string;
  version: string;
  path: string;
  was: string | null;
  is: string | null;
  answered: "inherited" | "set" | "added" | "excluded";
};

// That somebody has looked at a later version, and what was said of it
export type PackReviewNote = {
  parent: string;
  parent_version: string;
  note: string;
  at: string;
  by_name: string | null;
};

// taken: the version of the parent that the pack stands on
export type PackReviewTasks = {
  items: {
    pack: string;
    title: string;
    version: string;
    parent: string;
    parent_title: string;
    taken: string;
    parent_version: string;
    differences: number;
  }[];
  next_cursor: string | null;
  as_of: AsOf;
};

export type PackReviewed = {
  journal: number;
};

// A value from a day on
export type PackValue = {
  from: string;
  value: unknown;
  basis: "seed" | "public" | "decision" | "assumed";
  ref: string | null;
  note: string | null;
  clauses: string[];
};

// outside: how many are in no part; total: with these
export type PackViewList = {
  items: ({
    view: string;
    title: string;
    guide: string | null;
    kind: "ledger";
    sentence: string;
    groups: {
      id: string;
      title: string;
      count: number;
      parts: {
        part: string;
        title: string;
        count: number;
      }[];
    }[];
    outside: number;
    total: number;
    columns: {
      column: string;
      title: string;
    }[];
  })[];
  as_of: AsOf;
};

export type PaperChanged = {
  id: string;
  journal: number;
};

export type PaperDecision = {
  decision: "confirm" | "refuse";
  reason?: string | null;
};

// A value that was decided here; `value` is by the parameter's type: 3, "0.5", true, "2026-03-05", "01-31", {"workdays": 5}, a text, a list of items, of a table an object of these, or null for none
export type ParameterValue = {
  id: string;
  parameter: string;
  title: string | null;
  value: unknown;
  from: string;
  ref: string;
  note: string;
  retroactive: boolean;
  state: "proposed" | "in_force" | "withdrawn";
  proposed: Step;
  confirmed: null | Step;
  withdrawn: null | Step;
  withdraw_reason: string | null;
  version: number;
  as_of?: AsOf;
};

// Values decided here
export type ParameterValueList = {
  items: ParameterValue[];
  next_cursor: string | null;
  as_of: AsOf;
};

// The new password
export type Password = {
  password: string;
};

// A step from the root
export type PathStep = {
  id: string;
  name: string;
};

// A corrected name or key; `unit` is where the permission is needed
export type PersonChange = {
  unit: string;
  version: number;
  name: string;
  external_key?: string | null;
};

// A phase in one batch
export type PhaseDays = {
  from: string;
  until: string | null;
  batch: string;
};

// An administrative division
export type Place = {
  id: string;
  name: string;
  level: number;
  code: string | null;
  code_system: string | null;
  parent: string | null;
  pseudo: boolean;
  has_children: boolean;
  version: number;
};

// Places
export type PlaceList = {
  items: Place[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A place and its path
export type PlaceWithPath = {
  id: string;
  name: string;
  level: number;
  code: string | null;
  code_system: string | null;
  parent: string | null;
  pseudo: boolean;
  has_children: boolean;
  version: number;
  path: PathStep[];
};

// A unit, with all below it, in a batch from a day on; null: in none
export type Placement = {
  unit: string;
  batch: string | null;
  from: string;
  reason: string;
  by: string | null;
  at: string;
};

// A post and its holders; none: vacant
export type Post = {
  id: string;
  version: number;
  unit: string;
  kind: string;
  title: string;
  official_order: number | null;
  holders: Holder[];
  from: string;
  until: string | null;
};

// The first day without the post
export type PostEnd = {
  unit: string;
  version: number;
  date?: string | null;
};

// The posts of a unit
export type PostList = {
  items: Post[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Why the answer is no
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  refusals: Refusal[];
};

// How far it has come
export type Proposed = {
  id: string;
  version: number;
  state: "proposed" | "in_force" | "withdrawn";
};

// One version of a record; names only where the account may read them
export type Record = {
  id: string;
  version: number;
  state: "planned" | "entered" | "void";
  types: string[];
  units: string[];
  unit_names: (string | null)[];
  units_within: (string | null)[];
  date: string;
  place: string;
  present_count: number;
  present: (string | null)[];
  fields: { [name: string]: { [name: string]: unknown } } | null;
  reason: string | null;
  check_reasons: ({
    check: string;
    reason: string | null;
  })[];
  entered: string;
  entered_by: string | null;
  on_behalf: boolean;
  journal: number;
  as_of?: AsOf;
};

// The record's id and version
export type RecordChanged = {
  id: string;
  version: number;
  state: "planned" | "entered" | "void";
  checks: FailedCheck[];
  journal: number;
};

// What changes; what is not given stays
export type RecordCorrection = {
  version: number;
  reason: string;
  types?: string[];
  units?: string[];
  date?: string;
  place?: string | null;
  present?: string[];
  fields?: { [name: string]: { [name: string]: unknown } } | null;
  check_reasons?: { [name: string]: string } | null;
};

// Records, newest date first
export type RecordList = {
  items: Record[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A type that a record can have
export type RecordType = {
  name: string;
  title: string;
  guide: string | null;
  clauses: string[];
  counts_on: string;
  lasts: boolean;
  plannable: boolean;
  identity: string[];
  fields: Field[];
};

// Record types
export type RecordTypeList = {
  items: RecordType[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Versions, oldest first
export type RecordVersions = {
  items: Record[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Why the record is taken back
export type RecordVoid = {
  version: number;
  reason: string;
};

// One thing that the input's author can mend
export type Refusal = {
  code: string;
  where: string;
  message: string;
  expected: string | null;
  got: string | null;
  link: string | null;
};

// An entry of a register; of the type's fields a unit is {id, name}, a person {name, posts} with the name where it is open, a text is null where names are not open
export type RegisterEntry = {
  record: string;
  version: number;
  units: NamedUnit[];
  from: string;
  until: string | null;
  fields: { [name: string]: unknown };
};

// Entries of a register; a page may hold fewer than asked for, and others follow
export type RegisterList = {
  items: RegisterEntry[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Of one that was proposed; who said so may think again, with a reason
export type RelapseSaid = {
  version: number;
  other: string;
  says: "relapse" | "no_relapse";
  reason: string;
};

// The relation's number and its last day
export type RelationEnd = {
  version: number;
  relation: number;
  date?: string | null;
};

// Of each matter the units that would be reminded, and how often somebody was
export type ReminderPreview = {
  items: ({
    matter: Matter;
    units: NamedUnit[];
    times: number;
    last: string | null;
    allowed: boolean;
    why: WhyNot[];
  })[];
  next_cursor: string | null;
  as_of: AsOf;
};

export type Reminders = {
  reminded: {
    id: string;
    times: number;
  }[];
};

// The roll of a branch
export type RollList = {
  items: Membership[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A round; the numbers are of the unit's part where one was asked for
export type Round = {
  id: string;
  unit: NamedUnit;
  name: string;
  types: {
    type: string;
    title: string;
  }[];
  cutoff: string;
  near_days: number;
  silent_days: number;
  previous: string | null;
  opened: string;
  locked: string | null;
  rows: number;
  asked: number;
  unanswered: number;
  version: number;
};

export type RoundChanged = {
  id: string;
  version: number;
  journal: number;
};

export type RoundConfirmation = {
  lead: string;
};

// Of a locked round those that it counted then, as they stand now
export type RoundCounted = {
  items: Matter[];
  next_cursor: string | null;
  as_of: AsOf;
};

// As of `on`: of the rows, and of the whole ledger; `since`: the round before, or null
export type RoundFigures = {
  on: string;
  rows: {
    all: number;
    open: number;
    late: number;
    silent: number;
    asked: number;
    progress: number;
    none: number;
    unanswered: number;
    waiting?: number;
    later: number;
  };
  states: {
    type: string;
    state: string;
    count: number;
    late: number;
  }[];
  completion: {
    not_started: number;
    under_way: number;
    nearly_done: number;
    done: number;
    long_term: number;
    dropped: number;
    behind: number;
    waiting: number;
  };
  since: {
    round: string;
    on: string;
    added: number;
    reopened: number;
    struck_off: number;
    settled: number;
    promised: {
      tasks: number;
      done: number;
    };
  } | null;
} | null;

// What was said of a matter
export type RoundLine = {
  version: number;
  kind: "progress" | "none";
  said: string;
  at: string;
  by: string | null;
  by_name: string | null;
} | null;

export type RoundLineWritten = {
  id: string;
  version: number;
  line: number;
  journal: number;
};

// Newest first
export type RoundList = {
  items: Round[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A reason where something is unanswered or unconfirmed
export type RoundLock = {
  version: number;
  reason?: string | null;
};

// What it took in, and how many of these ask for a line
export type RoundOpened = {
  id: string;
  version: number;
  rows: number;
  asked: number;
  journal: number;
};

// A matter of a round: `standing` as the round shows it, frozen when it is locked; `since_locked`: as it stands now, where that differs
export type RoundRow = {
  matter: Matter;
  line_unit: NamedUnit;
  lead_unit: NamedUnit;
  asks: ("late" | "silent" | "due_soon")[];
  standing: RoundStanding;
  taken: RoundStanding;
  since_locked: RoundStanding;
  silent: boolean;
  quiet_days: number;
  evidence_since: number;
  line: RoundLine;
  said_before: RoundLine;
  worth: ("long_late" | "no_answer" | "no_progress" | "promise_broken" | "reopened")[];
  tasks: number[];
  may_write: boolean;
};

export type RoundRowList = {
  items: RoundRow[];
  next_cursor: string | null;
  as_of: AsOf;
};

// How a matter stands; `waiting`: done, and not struck off
export type RoundStanding = {
  state: string;
  state_title: string | null;
  open: boolean;
  completion: "not_started" | "under_way" | "nearly_done" | "done" | "long_term" | "dropped";
  completion_title: string;
  waiting: boolean;
  due: string | null;
  late: boolean;
  last_progress: string;
  evidence: number;
} | null;

// What was decided, and what became of it
export type RoundTask = {
  round: string;
  n: number;
  matter: string | null;
  unit: NamedUnit;
  due: string;
  said: string;
  decided: string;
  done: boolean;
  late: boolean;
  reports: ({
    done: boolean;
    said: string;
    at: string;
    by: string | null;
    by_name: string | null;
  })[];
  may_report: boolean;
  may_return: boolean;
};

export type RoundTaskDecided = {
  id: string;
  version: number;
  n: number;
  journal: number;
};

// `whole`: false for who sees a part alone, and then no figures
export type RoundWhole = {
  id: string;
  unit: NamedUnit;
  name: string;
  types: {
    type: string;
    title: string;
  }[];
  cutoff: string;
  near_days: number;
  silent_days: number;
  previous: string | null;
  opened: string;
  locked: string | null;
  rows: number;
  asked: number;
  unanswered: number;
  version: number;
  whole: boolean;
  opened_by_name: string | null;
  locked_at: string | null;
  locked_by_name: string | null;
  lock_reason: string | null;
  figures: RoundFigures;
  changed_since: number | null;
  leads: ({
    unit: NamedUnit;
    is_office: boolean;
    rows: number;
    asked: number;
    unanswered: number;
    late: number;
    confirmed: {
      at: string;
      by: string | null;
      by_name: string | null;
    } | null;
    outdated: boolean;
    may_confirm: boolean;
  })[];
  tasks: RoundTask[];
  promised: RoundTask[];
  may_lock: boolean;
  may_decide: boolean;
  as_of: AsOf;
};

export type SavedFilter = {
  id: string;
  name: string;
  unit: string | null;
  mine: boolean;
  view: LedgerView;
  version: number;
  changed_at: string;
};

export type SavedFilterChanged = {
  id: string;
  version: number;
};

// All of it, as it is to be
export type SavedFilterEdit = {
  version: number;
  name: string;
  unit?: string | null;
  view: LedgerView;
};

export type SavedFilterList = {
  items: SavedFilter[];
  next_cursor: string | null;
  as_of: AsOf;
};

export type SavedFilterRemoval = {
  version: number;
};

// Security events, newest first
export type SecurityLog = {
  items: ({
    at: string;
    account: string | null;
    event: string;
    detail: string;
    peer: string;
  })[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Who is signed in, until when
export type Session = {
  account: {
    id: string;
    name: string;
  };
  expires: string;
};

// Name and password
export type SignIn = {
  account: string;
  password: string;
  stay_signed_in?: boolean;
};

// As NewSimulation, and of whom
export type SimulatedBearer = {
  files?: SimulatedFile[];
  pack?: string;
  version?: string;
  parameter?: string;
  value?: unknown;
  on?: string;
  obligation: string;
  period: string;
  bearer: string;
};

// One duty in one period; `differing`: keys of the declaration that differ
export type SimulatedDuty = {
  obligation: string;
  title: string;
  period: string;
  period_title: string;
  from: string;
  until: string;
  bearer: "unit" | "post" | "member";
  differing: string[];
  judged: number;
  changed: number;
  newly_owing: number;
  no_longer_owing: number;
  turns: SimulatedTurn[];
  homes: SimulatedHome[];
  homes_changed: number;
};

// Null where no version of the pack has the duty
export type SimulatedExplanation = {
  today: Explanation | null;
  supposed: Explanation | null;
  as_of: AsOf;
};

// A file of a pack: pack.yaml, i18n/en.yaml …
export type SimulatedFile = {
  path: string;
  text: string;
};

// A unit in which somebody changes; name and bearer are null where they are not shown
export type SimulatedHome = {
  unit: {
    id: string;
    name: string | null;
  };
  bearer: string | null;
  today: string;
  supposed: string;
  changed: number;
  judged: number;
};

// Bearers with these two verdicts; `because`: found in the explanations of a few of those that change
export type SimulatedTurn = {
  today: string;
  supposed: string;
  bearers: number;
  because: ({
    kind: string;
    text: string;
    parameter: string | null;
  })[];
};

// The result of a job of the kind simulation: bearers, each in every duty and period, and how many of them the evaluator judged one by one
export type Simulation = {
  on: string;
  judged: number;
  evaluated: number;
  changed: number;
  duties: SimulatedDuty[];
};

// From a day on, until before another
export type Span = {
  from: string;
  until: string | null;
};

// The staff of a unit
export type StaffList = {
  items: Employment[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Figures of a node; a cell is null where it would tell of fewer than five members
export type Standing = {
  node: {
    id: string | null;
    name: string | null;
  };
  columns: Column[];
  cells: (Cell | null)[];
  as_of: AsOf;
};

// A point for each day on which the figures became different, and one of the day asked for
export type StandingHistory = {
  points: {
    period: string;
    day: string;
    due: number;
    done: number;
    failed: number;
    unknown: number;
    exempt: number;
  }[];
  as_of: AsOf;
};

// A child; without id and name where they are not open to the account
export type StandingRow = {
  node: {
    id: string | null;
    name: string | null;
    kind: string;
    has_children: boolean;
  };
  cells: (Cell | null)[];
};

// A node and a page of its children
export type StandingTable = {
  columns: Column[];
  total: {
    node: {
      id: string | null;
      name: string | null;
    };
    cells: (Cell | null)[];
  };
  rows: StandingRow[];
  next_cursor: string | null;
  as_of: AsOf;
};

// Who did it and when; `by` is null for the program itself, `name` is the account's where it is told
export type Step = {
  by: string | null;
  at: string;
  name?: string | null;
};

// `unit` where the caller works at several that it reached; `reason` is what the unit answers
export type StepAcknowledged = {
  version: number;
  clock: string;
  rung: string;
  unit?: string | null;
  reason?: string | null;
};

// About the step that the rung proposes
export type StepDecided = {
  version: number;
  clock: string;
  rung: string;
  decision: "sign" | "dismiss";
  reason?: string | null;
};

// The first day after
export type TenureEnd = {
  post: string;
  unit: string;
  version: number;
  date?: string | null;
};

// A word of a controlled list
export type Term = {
  code: string;
  title: string;
};

// A test with what it found
export type TestFound = {
  kind: "at_least" | "at_most" | "exactly" | "holds" | "all_of" | "any_of";
  id: string;
  say: string | null;
  result: "not_applicable" | "exempt" | "unknown" | "short" | "met_late" | "met" | "within" | "over";
  need: number | string;
  have: number | string;
  have_late: number | string;
  met_by: string[];
  counted: ({
    record: string;
    version: number;
    date: string;
    entered: string;
    late: boolean;
    entered_late: boolean;
    amount: number | string;
  })[];
  rejected: ({
    record: string;
    date: string;
    why: "planned" | "void" | "outside_period" | "too_late" | "not_distinct" | "quality" | "nonconforming" | "lapsed" | "serves_other";
    say: string;
  })[];
  parts: TestFound[];
};

export type TestMessage = {
  channel: "mail" | "webhook";
};

// What can still be done, by the nearest date; bearer null: members of the branch, counted
export type ToDoList = {
  items: ({
    obligation: string;
    title: string;
    unit: {
      id: string;
      name: string | null;
    };
    bearer: string | null;
    name: string | null;
    period: string;
    verdict: "failed" | "unknown" | "in_grace" | "at_risk" | "open" | "met_late" | "met" | "exempt" | "not_applicable";
    need: number | string;
    have: number | string;
    missing: number | string;
    perform_by: string;
    enter_by: string;
    record_types: string[];
    marks: ("entered_late" | "assumed" | "provisional" | "acting" | "deferred" | "approximate" | "by_reason" | "changed_since")[];
    may_still_be_done: boolean;
  })[];
  as_of: AsOf;
};

// A bearer token, without the token
export type Token = {
  id: string;
  account: string;
  name: string;
  issued: string;
  revoked: string | null;
  version: number;
  from: string;
  until: string | null;
};

// Tokens
export type TokenList = {
  items: Token[];
  next_cursor: string | null;
  as_of: AsOf;
};

// A unit as it was on the date
export type Unit = {
  type: string;
  level: number;
  rank: string | null;
  tags: string[];
  id: string;
  name: string;
  version: number;
  code: string | null;
  code_system: string | null;
  official_order: number | null;
  parent: string | null;
  seat: string | null;
  go_live: string | null;
  has_children: boolean;
  from: string;
  until: string | null;
};

// The day from which the unit is closed
export type UnitClosing = {
  version: number;
  date?: string | null;
};

// What has no history; replaced as a whole
export type UnitDetails = {
  version: number;
  code?: string | null;
  code_system?: string | null;
  official_order?: number | null;
  go_live?: string | null;
};

export type UnitDraw = {
  id: string;
  unit: NamedUnit;
  declared: string;
  title: string;
  name: string;
  drawn: string;
  draws: number;
  version: number;
};

export type UnitDrawList = {
  items: UnitDraw[];
  next_cursor: string | null;
  as_of: AsOf;
};

// units: those of the newest draw. weight: what was counted for it, null without a figure. tickets: one, and one more for each that was counted. place: it came so in its stratum
export type UnitDrawWhole = {
  id: string;
  unit: NamedUnit;
  declared: string;
  title: string;
  name: string;
  drawn: string;
  draws: number;
  version: number;
  sentence: string | null;
  weight_title: string | null;
  strata: ({
    stratum: string | null;
    title: string | null;
    candidates: number;
    drawn: number;
  })[];
  candidates: number;
  units: ({
    unit: NamedUnit;
    stratum_title: string | null;
    weight: number | null;
    tickets: number;
    place: number;
  })[];
  made: ({
    n: number;
    at: string;
    by: string | null;
    by_name: string | null;
    reason: string | null;
    seed: string;
    size: number;
  })[];
  may_redraw: boolean;
  as_of: AsOf;
};

// Everything that was ever true of a unit
export type UnitHistory = {
  id: string;
  version: number;
  names: ({
    name: string;
    from: string;
    until: string | null;
  })[];
  kinds: ({
    type: string;
    level: number;
    rank: string | null;
    tags: string[];
    from: string;
    until: string | null;
  })[];
  parents: ({
    parent: string | null;
    from: string;
    until: string | null;
  })[];
  relations: ({
    id: number;
    kind: string;
    target: string;
    from: string;
    until: string | null;
  })[];
};

// Type, level, rank and tags from a date on
export type UnitKind = {
  version: number;
  type: string;
  level: number;
  rank?: string | null;
  tags?: string[];
  date?: string | null;
};

// Units
export type UnitList = {
  items: Unit[];
  next_cursor: string | null;
  as_of: AsOf;
};

// The new parent from a date on
export type UnitMove = {
  version: number;
  parent: string;
  date?: string | null;
};

// The name from a date on
export type UnitName = {
  version: number;
  name: string;
  date?: string | null;
};

export type UnitRedraw = {
  version: number;
  reason: string;
};

// A unit with its path in both trees
export type UnitWithPaths = {
  type: string;
  level: number;
  rank: string | null;
  tags: string[];
  id: string;
  name: string;
  version: number;
  code: string | null;
  code_system: string | null;
  official_order: number | null;
  parent: string | null;
  seat: string | null;
  go_live: string | null;
  has_children: boolean;
  from: string;
  until: string | null;
  path: PathStep[];
  seat_path: PathStep[];
  as_of: AsOf;
};

// What was drawn from what, by which seed
export type UnitsDrawn = {
  id: string;
  version: number;
  seed: string;
  candidates: number;
  drawn: number;
  journal: number;
};

// Duties with something short, by their next date
export type UpcomingList = {
  items: ({
    column: Column;
    cell: Cell | null;
  })[];
  as_of: AsOf;
};

// The words for what stands in the trees, in the language of the request
export type Vocabulary = {
  unit_types: {
    code: string;
    title: string;
    has_members: boolean;
  }[];
  levels: {
    number: number;
    title: string;
  }[];
  ranks: Term[];
  post_kinds: Term[];
  membership_kinds: Term[];
  relations: Term[];
  leave_reasons: Term[];
};

// seal: 16 to 64 random characters, of a secret ballot; they are not kept
export type VoteCast = {
  grade: string;
  seal?: string | null;
};

export type VoteTaken = {
  id: string;
  voted_on: string;
  journal: number;
};

export type VoterList = {
  items: ({
    person: string;
    name: string | null;
    voted_on: string | null;
    on_paper: boolean;
  })[];
  next_cursor: string | null;
  as_of: AsOf;
};

// One thing to do on a matter: an extension to decide, a step to sign, a signed step to acknowledge (by `until`), a check of what another did, something that came back, a move, a settled matter to look back at, or to say whether it is a relapse; `moves` are those that are the caller's, `decision` is of an extension or a step; `rated`: it is being rated, and nothing else has to be done until that is over
export type Waiting = {
  kind: "extension" | "step" | "acknowledge" | "check" | "returned" | "move" | "look_back" | "relapse";
  matter: Matter;
  moves: ({
    id: string;
    title: string;
    guide: string | null;
    to: string;
    fields: string[];
    clauses: string[];
    allowed: boolean;
    why: WhyNot[];
  })[];
  clock: string | null;
  clock_title: string | null;
  rung: string | null;
  rung_title: string | null;
  step: string | null;
  until: string | null;
  late: boolean;
  rated: boolean;
  decision: {
    allowed: boolean;
    why: WhyNot[];
  } | null;
  look_back: null | MatterLookBack;
};

// A page of what waits for the caller; `counts` are of all of it
export type WaitingList = {
  items: Waiting[];
  next_cursor: string | null;
  counts: {
    kind: string;
    count: number;
    overdue: number;
  }[];
  as_of: AsOf;
};

export type WhyNot = {
  code: string;
  say: string;
};

// The version that was seen, and why
export type Withdrawal = {
  version: number;
  reason: string;
};

// What a record that is being typed would do
export type WouldCount = {
  would_count: ({
    obligation: string;
    title: string | null;
    period: string;
    bearer: {
      id: string;
      name: string | null;
    };
    unit: {
      id: string;
      name: string | null;
    };
    counts: boolean;
    why: string;
    say: string;
    before: Effect;
    after: Effect;
  })[];
  missing: {
    field: string;
    say: string;
  }[];
  checks: FailedCheck[];
  as_of: AsOf;
};
