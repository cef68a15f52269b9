-- The head: one row, locked first by every batch, so that one batch runs at a time in the whole
-- installation. size and root of the tree (empty while it has no leaf), its perfect subtrees, and
-- the next free id.
create table journal_head (
  id bigint primary key check (id = 1),
  size bigint not null,
  peaks {bytes} not null,
  root {bytes} not null,
  next_id bigint not null
){strict};

-- One leaf each entry.
create table journal (
  seq bigint primary key,
  at bigint not null,
  kind text not null,
  leaf text not null,
  leaf_hash {bytes} not null
){strict};

-- The tree after each batch.
create table tree_head (
  size bigint primary key,
  at bigint not null,
  root {bytes} not null
){strict};

-- What a leaf's body covers, in order; n = 0 is the actor.
create table commitment (
  seq bigint not null,
  n bigint not null,
  field text not null,
  hash {bytes} not null,
  primary key (seq, n)
){keyed};

-- Salt and bytes of a commitment; erased ones are gone and their place is named by an erase entry.
create table opening (
  seq bigint not null,
  n bigint not null,
  salt {bytes} not null,
  bytes {bytes} not null,
  primary key (seq, n)
){keyed};

-- What followers read again. Not hashed.
create table touched (
  seq bigint not null,
  n bigint not null,
  table_name text not null,
  id bigint not null,
  version bigint not null,
  primary key (seq, n)
){keyed};

insert into journal_head (id, size, peaks, root, next_id)
values (1, 0, cast('' as {bytes}), cast('' as {bytes}), 1);
