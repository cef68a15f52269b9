-- Matters: what has to be settled, as it stands now; every change is a row of matter_version.
-- due_key: the next last day of its clocks and its deadline while it is open, otherwise behind all
-- of them. first_due: the deadline as it was first set.
create table matter (
  id bigint primary key,
  type {text} not null,                 -- address
  pack_version text not null,           -- of the pack that it was opened under, for ever
  unit bigint not null,                 -- the responsible one
  state {text} not null,
  outcome text,                         -- of a final state
  opened {text} not null,
  due {text},
  first_due {text},
  due_key {text} not null,
  parent bigint,
  campaign bigint,
  version bigint not null,
  seq bigint not null                   -- of the newest version
){strict};
create index matter_by_unit on matter (unit, type, state, due_key);
create index matter_by_state on matter (type, state, unit, due_key);
create index matter_by_due on matter (due_key, id);
create index matter_by_parent on matter (parent) where parent is not null;
create index matter_by_campaign on matter (campaign) where campaign is not null;

-- One row a change, for ever, each says everything. content: canonical JSON with null in the place
-- of each personal part. move: null of what was opened or edited, and of a deed (more time that was
-- asked for, a step that was signed). n: the commitment that covers the content; parts follow it.
create table matter_version (
  matter bigint not null,
  version bigint not null,
  move text,
  deed text,
  at bigint not null,
  account bigint not null,
  role text not null,
  seq bigint not null,
  n bigint not null,
  content text not null,
  primary key (matter, version)
){keyed};

-- Persons and free texts of a version. value: JSON.
create table matter_part (
  matter bigint not null,
  version bigint not null,
  n bigint not null,
  pointer text not null,
  person bigint,
  value text not null,
  primary key (matter, version, n)
){keyed};
create index matter_part_by_person on matter_part (person, matter) where person is not null;

-- The units that a version names in its fields, and those that were responsible: where a matter is
-- seen though it belongs to another unit. Rows stay, as versions do.
create table matter_named_unit (
  unit bigint not null,
  matter bigint not null,
  primary key (unit, matter)
){keyed};

-- The attachments of a matter.
create table matter_file (
  file bigint not null,
  matter bigint not null,
  primary key (file, matter)
){keyed};
