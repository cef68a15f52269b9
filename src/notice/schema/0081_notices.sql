-- Notices: that something happened to a matter which concerns an account. Told once, made by the
-- program's own round from the journal; not in the journal themselves, and without any content.
create table notice (
  id bigint primary key,                -- random, so that no head row is needed for it
  account bigint not null,
  key {text} not null,                  -- what it tells; "i12.3 returned", "i12 fix.late.1"
  kind {text} not null,                 -- assigned, returned, struck_off, extension_decided, …
  matter bigint not null,
  at bigint not null,                   -- when it happened
  release_at bigint not null,           -- from when on it is shown and sent
  unique (account, key)
){strict};
create index notice_by_account on notice (account, release_at, at, id);
create index notice_by_time on notice (at);

-- How far the round has come: the entry of the journal up to which everything was told.
create table notice_following (
  id bigint primary key check (id = 1),
  journal bigint not null
){strict};
insert into notice_following (id, journal) select 1, size from journal_head where id = 1;

-- Reminders by persons: content, on the road and in the journal.
create table reminder (
  matter bigint not null,
  n bigint not null,                    -- 1, 2, 3 of the matter
  on_day {text} not null,
  account bigint not null,
  at bigint not null,
  seq bigint not null,
  primary key (matter, n)
){keyed};
