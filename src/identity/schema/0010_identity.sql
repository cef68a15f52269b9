-- Accounts, grants and tokens are content: they change on the road and have journal entries.
-- `seq` names the one that made the row, the other columns …_seq name later ones. Sessions,
-- failures and the security log are not on the road.

create table account (
  id bigint primary key,
  name {text} not null unique,          -- folded: what is typed at sign-in
  display_name text not null,
  kind text not null check (kind in ('person', 'machine')),
  person bigint,                        -- whose account it is, where the roll knows the person
  password_hash text,                   -- Argon2id with parameters; null: none to sign in by
  -- Set by the first grant and never changed: the three administrators are different accounts.
  duty text check (duty in ('business', 'system_admin', 'security_admin', 'auditor')),
  created_at bigint not null,
  disabled_at bigint,
  version bigint not null,
  seq bigint not null,
  latest_seq bigint not null,
  unique (id, duty)
){strict};
-- Two persons decide, not two accounts: those of one person are looked for.
create index account_by_person on account (person) where person is not null;

-- unit: see docs/data.md, table unit; null for the roles of the whole installation.
create table role_grant (
  id bigint primary key,
  account bigint not null,
  duty text not null,
  role text not null check (role in (
    'branch_secretary', 'unit_editor', 'delegate', 'campaign_office', 'leader', 'inspector',
    'policy_author', 'tree_keeper', 'auditor', 'system_admin', 'security_admin', 'member')),
  unit bigint,
  scope text not null check (scope in ('self', 'subtree')),
  from_date {text} not null,
  until_date {text},
  reason text not null,
  granted_by bigint not null,
  granted_at bigint not null,
  ended_at bigint,
  ended_by bigint,
  end_reason text,
  version bigint not null,
  seq bigint not null,
  ended_seq bigint,
  foreign key (account, duty) references account (id, duty),
  check (duty = case when role in ('auditor', 'system_admin', 'security_admin') then role
                     else 'business' end),
  check ((unit is null) = (role in ('auditor', 'system_admin', 'security_admin', 'policy_author'))),
  check (until_date is null or until_date > from_date),
  check ((ended_at is null) = (ended_seq is null))
){strict};

create index role_grant_account on role_grant (account);
create index role_grant_unit on role_grant (unit);

-- Bearer tokens of programs; the token itself is nowhere.
create table token (
  id bigint primary key,
  hash {bytes} not null unique,
  account bigint not null references account (id),
  name text not null,
  from_date {text} not null,
  until_date {text},
  issued_at bigint not null,
  revoked_at bigint,
  version bigint not null,
  seq bigint not null,
  revoked_seq bigint,
  check (until_date is null or until_date > from_date),
  check ((revoked_at is null) = (revoked_seq is null))
){strict};

create index token_account on token (account);

-- Who opened the names below a unit, and why: the unit sees it. Holds for the session that asked.
create table opened_names (
  id bigint primary key,
  account bigint not null references account (id),
  session {text} not null,              -- session.label, or k and the number of a token
  unit bigint not null,
  reason text not null,
  at bigint not null,
  seq bigint not null
){strict};

create index opened_names_unit on opened_names (unit, at);
create index opened_names_session on opened_names (session);

create table session (
  token_hash {bytes} primary key,
  label {text} not null unique,         -- names the session where its token must not stand
  account bigint not null references account (id),
  created_at bigint not null,
  last_seen bigint not null,
  expires_at bigint not null,
  long_lived bigint not null check (long_lived in (0, 1))
){strict};

create index session_account on session (account);
create index session_expires on session (expires_at);

-- The last five failures under one name, newest first. The name is hashed: people type passwords
-- into the wrong field, and unknown names are counted as known ones are.
create table sign_in_failure (
  name_hash {bytes} primary key,
  at1 bigint not null,
  at2 bigint not null,
  at3 bigint not null,
  at4 bigint not null,
  at5 bigint not null
){strict};

-- Kept 180 days, for the auditor alone.
create table security_log (
  id bigint primary key,
  at bigint not null,
  account bigint,                       -- null: nobody is known
  event text not null,
  detail text not null,                 -- a route, a permission, a unit; no personal data
  peer text not null                    -- keyed hash of the address, or empty
){strict};

create index security_log_at on security_log (at, id);
