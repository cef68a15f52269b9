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

// The day asked for, the instant of the answer and the journal number it is based on
export type AsOf = {
  at: string;
  known_at: string;
  journal: number;
};

// What was written: the id, and the version where the thing has versions
export type Changed = {
  id?: string;
  version?: number;
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

// A person employed by a unit
export type Employment = {
  id: string;
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

// An attachment
export type File = {
  id: string;
  sha256: string;
  size: number;
  media_type: string;
  name: string;
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
  result: { [name: string]: unknown };
  started: string;
  finished: string | null;
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

// An account; without a password it signs in by token only
export type NewAccount = {
  name: string;
  display_name: string;
  kind?: "person" | "machine";
  person?: string | null;
  password?: string | null;
};

// A person begins to work
export type NewEmployment = {
  person: string;
  unit: string;
  date?: string | null;
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

// A person
export type NewPerson = {
  name: string;
  external_key?: string | null;
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
};

// A relation to a unit, a place (seated_in) or a post (contact_of)
export type NewRelation = {
  version: number;
  kind: string;
  target: string;
  date?: string | null;
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

// An empty object
export type Nothing = { [name: string]: unknown };

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

// One version of a record; names only where the account may read them
export type Record = {
  id: string;
  version: number;
  state: "planned" | "entered" | "void";
  types: string[];
  units: string[];
  unit_names: (string | null)[];
  date: string;
  place: string;
  present_count: number;
  present: (string | null)[];
  fields: { [name: string]: { [name: string]: unknown } } | null;
  reason: string | null;
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

// The relation's number and its last day
export type RelationEnd = {
  version: number;
  relation: number;
  date?: string | null;
};

// The roll of a branch
export type RollList = {
  items: Membership[];
  next_cursor: string | null;
  as_of: AsOf;
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

// The staff of a unit
export type StaffList = {
  items: Employment[];
  next_cursor: string | null;
  as_of: AsOf;
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
    id: string;
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
};
