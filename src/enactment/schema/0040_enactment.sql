-- What is in force here (施行). Every row is content: `seq` names the entry that made it, columns
-- …_seq name later ones. Two persons: proposed_by and confirmed_by differ, unless both are the
-- program itself (0).

-- The packs that were proposed here, byte for byte, so that a version that is in force stays
-- readable whatever a later program ships.
create table pack_version (
  pack {text} not null,
  pack_version {text} not null,
  hash {bytes} not null,                -- over paths and bytes of all its files
  seq bigint not null,
  primary key (pack, pack_version)
){keyed};

create table pack_file (
  pack {text} not null,
  pack_version {text} not null,
  path {text} not null,                 -- within the pack
  bytes {bytes} not null,
  primary key (pack, pack_version, path)
){keyed};

-- ended_on: the first day on which a withdrawn activation no longer applies; null: it is as if it
-- had never been.
create table activation (
  id bigint primary key,
  pack {text} not null,
  pack_version {text} not null,
  unit bigint,                          -- it and what lies below; null: everywhere
  from_date {text} not null,
  until_date {text},
  reason text not null,
  proposed_by bigint not null,
  proposed_at bigint not null,
  confirmed_by bigint,
  confirmed_at bigint,
  withdrawn_by bigint,
  withdrawn_at bigint,
  withdraw_reason text,
  ended_on {text},
  version bigint not null,
  seq bigint not null,
  confirmed_seq bigint,
  withdrawn_seq bigint,
  check (until_date is null or until_date > from_date),
  check ((confirmed_at is null) = (confirmed_seq is null)),
  check ((withdrawn_at is null) = (withdrawn_seq is null))
){strict};

create index activation_pack on activation (pack);

-- A value that this installation decides for a parameter of a pack. value: canonical JSON that
-- names its type, see enactment/forms.h.
create table parameter_value (
  id bigint primary key,
  pack {text} not null,
  parameter {text} not null,
  from_date {text} not null,
  value text not null,
  retroactive bigint not null check (retroactive in (0, 1)),
  reference text not null,              -- of the decision: a document's number
  note text not null,
  proposed_by bigint not null,
  proposed_at bigint not null,
  confirmed_by bigint,
  confirmed_at bigint,
  withdrawn_by bigint,
  withdrawn_at bigint,
  withdraw_reason text,
  version bigint not null,
  seq bigint not null,
  confirmed_seq bigint,
  withdrawn_seq bigint,
  check ((confirmed_at is null) = (confirmed_seq is null)),
  check ((withdrawn_at is null) = (withdrawn_seq is null)),
  check (confirmed_at is null or withdrawn_at is null)
){strict};

create index parameter_value_parameter on parameter_value (pack, parameter);

-- Holidays as they were published. days: canonical JSON {"makeup": […], "rest": [{…}, …]}.
create table calendar_revision (
  id bigint primary key,
  revision {text} not null unique,      -- "2020-2"
  year bigint not null,
  published {text} not null,
  source text not null,
  days text not null,
  imported_by bigint not null,
  imported_at bigint not null,
  seq bigint not null
){strict};
