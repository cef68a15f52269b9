-- Units. Truth are the histories below (half-open, not overlapping, complete from from_date to
-- until_date); name, type, level, rank, tags, parent, path and seat of this table are today's copy
-- of them for filters. next_change: the first date at which the copy must be made anew.
create table unit (
  id bigint primary key,
  name text not null,
  type text not null,
  level bigint not null,
  rank text,
  tags text not null,
  official_order bigint,
  code {text},
  code_system {text},
  parent bigint references unit (id),
  path {text} not null unique,
  seat bigint references place (id),
  go_live {text},
  from_date {text} not null,
  until_date {text},
  next_change {text},
  sort_key {bytes} not null,
  version bigint not null,
  seq bigint not null,
  check ((code is null) = (code_system is null)),
  unique (code_system, code)
){strict};
create index unit_by_seat on unit (seat) where seat is not null;
-- What concerns everybody is asked for at every unit without one above it.
create index unit_at_the_top on unit (id) where parent is null;
create index unit_by_next_change on unit (next_change) where next_change is not null;

create table unit_name (
  unit bigint not null references unit (id),
  name text not null,
  from_date {text} not null,
  until_date {text},
  primary key (unit, from_date)
){keyed};

-- tags: words in order, one blank between them.
create table unit_kind (
  unit bigint not null references unit (id),
  type text not null,
  level bigint not null check (level between 0 and 5 or level = 9),
  rank text,
  tags text not null,
  from_date {text} not null,
  until_date {text},
  primary key (unit, from_date)
){keyed};

-- Affiliation (隶属). A root has rows without a parent.
create table unit_parent (
  unit bigint not null references unit (id),
  parent bigint references unit (id),
  from_date {text} not null,
  until_date {text},
  primary key (unit, from_date),
  check (until_date is null or from_date < until_date)
){keyed};
create index unit_parent_by_parent on unit_parent (parent);
