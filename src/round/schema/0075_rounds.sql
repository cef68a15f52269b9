-- Rounds of a ledger (调度): which matters were asked about, what was said of each, who confirmed
-- it, the figures as they were frozen, and what was decided. types: addresses, a blank between.
create table round (
  id bigint primary key,
  unit bigint not null,                 -- whose subtree's ledger it is
  name text not null,
  types text not null,
  cutoff {text} not null,
  near_days bigint not null,
  silent_days bigint not null,
  previous bigint,                      -- the locked round before it
  opened {text} not null,
  opened_by bigint not null,
  opened_at bigint not null,
  locked {text},
  locked_by bigint,
  locked_at bigint,
  lock_reason text,
  figures text,                         -- JSON, as they were when it was locked
  version bigint not null,              -- counts what happened to it, lines and all
  seq bigint not null,
  locked_seq bigint,
  check ((locked is null) = (locked_seq is null)),
  check ((locked is null) = (figures is null))
){strict};
create index round_by_unit on round (unit, id);
create index round_by_previous on round (previous) where previous is not null;

-- The matters that it took in. line_unit says how far it is, lead_unit confirms. asks: late,
-- silent, due_soon, a blank between; empty: it is shown only. taken, locked: JSON, how it stood.
create table round_row (
  round bigint not null,
  matter bigint not null,
  line_unit bigint not null,
  lead_unit bigint not null,
  asks text not null,
  taken text not null,
  locked text,
  primary key (round, matter)
){keyed};
create index round_row_by_line_unit on round_row (line_unit, round);
create index round_row_by_lead_unit on round_row (lead_unit, round);
create index round_row_by_matter on round_row (matter, round);

-- What was said of a matter, every version of it.
create table round_line (
  round bigint not null,
  matter bigint not null,
  version bigint not null,
  kind text not null check (kind in ('progress', 'none')),
  said text not null,                   -- what was done, or why nothing was
  account bigint not null,
  at bigint not null,
  seq bigint not null,
  primary key (round, matter, version)
){keyed};
create index round_line_by_matter on round_line (matter, kind, at);

-- That a lead unit stands by the lines of its matters, as they were when it said so.
create table round_confirmation (
  round bigint not null,
  lead_unit bigint not null,
  seq bigint not null,                  -- of the key: before the rest, or SQLite finds damage
  account bigint not null,
  at bigint not null,
  primary key (round, lead_unit, seq)
){keyed};

-- What was decided in the meeting: who does what by when, about a matter or about none.
create table round_task (
  round bigint not null,
  n bigint not null,
  matter bigint,
  unit bigint not null,
  due {text} not null,
  said text not null,
  account bigint not null,
  at bigint not null,
  seq bigint not null,
  primary key (round, n)
){keyed};
create index round_task_by_unit on round_task (unit, round);

-- What became of it: that it was done, or that the office does not find it done.
create table round_report (
  round bigint not null,
  n bigint not null,
  version bigint not null,
  done bigint not null check (done in (0, 1)),
  said text not null,
  account bigint not null,
  at bigint not null,
  seq bigint not null,
  primary key (round, n, version)
){keyed};
