-- Filters of the ledger under a name: of who saved it, and shown to whoever reads the ledger of the
-- unit that it is shared with. content: canonical JSON, what is looked at; it gives no right to see
-- any of it. What was removed stays as a row that no list shows.
create table saved_filter (
  id bigint primary key,
  account bigint not null,
  name text not null,
  unit bigint,                          -- shared with whoever reads its ledger
  content text not null,
  version bigint not null,
  at bigint not null,                   -- of the newest version
  seq bigint not null,
  removed_by bigint,
  removed_seq bigint,
  check ((removed_by is null) = (removed_seq is null))
){strict};
create index saved_filter_by_account on saved_filter (account, id) where removed_seq is null;
create index saved_filter_by_unit on saved_filter (unit, id) where removed_seq is null;
