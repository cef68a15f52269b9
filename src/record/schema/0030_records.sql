-- The record types that were registered, so that facts name them by a number. Never reused.
create table record_type (
  id bigint primary key,
  name {text} not null unique,
  seq bigint not null
){strict};

create table record (
  id bigint primary key,
  version bigint not null,
  state text not null check (state in ('planned', 'entered', 'void'))
){strict};
create index record_revised on record (id) where version > 1;

-- One row a version, for ever. content: canonical JSON with null in the place of each personal
-- part; state and date are copies of it. (seq, n) is the commitment that covers it. No foreign
-- keys: these rows are written thousands a second, rules decide on what exists and verify
-- compares.
create table record_version (
  record bigint not null,
  version bigint not null,
  state text not null,
  date {text} not null,
  at bigint not null,
  account bigint not null,
  role text not null,
  seq bigint not null,
  n bigint not null,
  content text not null,
  primary key (record, version)
){keyed};

-- The personal parts of a version: persons, free texts, protected values. value: JSON.
create table record_part (
  record bigint not null,
  version bigint not null,
  n bigint not null,
  pointer text not null,
  person bigint,
  value text not null,
  primary key (record, version, n)
){keyed};
create index record_part_by_person on record_part (person, record) where person is not null;

-- Facts: the current versions that are not void, by unit and type. at: of the version, so that who
-- counts facts does not have to read the versions of records that were never revised.
create table record_unit (
  unit bigint not null,
  type bigint not null,
  counts_on {text} not null,
  record bigint not null,
  planned bigint not null check (planned in (0, 1)),
  at bigint not null,
  primary key (unit, type, counts_on, record)
){keyed};
-- What is new, wherever: the list of a large subtree.
create index record_unit_by_day on record_unit (counts_on, record, unit, type);

-- The units that a record names otherwise than as its own of today: in a field, or as the unit of
-- an earlier version. With record_unit whoever asks what was known at a moment, or why something
-- does not count, finds every record that concerns a unit. Rows stay, as versions do.
create table record_named_unit (
  unit bigint not null,
  record bigint not null,
  primary key (unit, record)
){keyed};

-- The records that a version's fields name, seen from what they name.
create table record_reference (
  named bigint not null,
  record bigint not null,
  primary key (named, record)
){keyed};

-- SHA-256 of type and identity fields; a second entry of the same thing is refused.
create table record_identity (
  hash {bytes} not null,
  record bigint not null,
  primary key (hash)
){keyed};

create table record_file (
  file bigint not null,
  record bigint not null,
  primary key (file, record)
){keyed};

-- Attachments: the bytes are a plain file named by its hash. name is a personal part.
create table file (
  id bigint primary key,
  sha256 {bytes} not null,
  size bigint not null,
  media_type text not null,
  name text not null,
  account bigint not null,
  at bigint not null,
  seq bigint not null
){strict};
create index file_by_hash on file (sha256);
