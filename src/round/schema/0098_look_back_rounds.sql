-- Rounds of look-backs (回头看轮次): which settled matters of a subtree are to be looked at again,
-- drawn by a seed that anyone can draw by again. What was found is not here: it is the look-back of
-- the matter, until the round is locked. types: addresses, a blank between.
create table look_back_round (
  id bigint primary key,
  unit bigint not null,                 -- whose subtree
  name text not null,
  types text not null,
  until {text} not null,                -- the day by which it is to be done
  sample text not null check (sample in ('all', 'size', 'percent')),
  amount bigint not null,               -- of the sample; 0 of all
  strata text not null check (strata in ('none', 'type', 'parent')),
  opened {text} not null,
  opened_by bigint not null,
  opened_at bigint not null,
  draws bigint not null,                -- the newest draw is the one that counts
  locked {text},
  locked_by bigint,
  locked_at bigint,
  figures text,                         -- JSON, as they were when it was locked
  version bigint not null,
  seq bigint not null,
  locked_seq bigint,
  check ((locked is null) = (locked_seq is null)),
  check ((locked is null) = (figures is null))
){strict};
create index look_back_round_by_unit on look_back_round (unit, id);

-- Every draw, the first one and those that were made anew for a reason.
create table look_back_draw (
  round bigint not null,
  n bigint not null,
  seed text not null,                   -- 64 hexadecimal digits
  counts text not null,                 -- JSON: by type, what there was on that day
  reason text not null,                 -- why it was drawn anew; empty of the first
  account bigint not null,
  at bigint not null,
  seq bigint not null,
  primary key (round, n)
){keyed};

-- From what was drawn, and what of it. found, found_version: when the round was locked.
create table look_back_candidate (
  round bigint not null,
  n bigint not null,
  matter bigint not null,
  unit bigint not null,                 -- the responsible one
  type text not null,
  stratum text not null,
  drawn bigint not null check (drawn in (0, 1)),
  found text,
  found_version bigint,                 -- of the matter
  missing text,                         -- why nobody has looked
  primary key (round, n, matter)
){keyed};

-- Who looks at what was drawn: the units of the roles that may, so that each finds its rounds.
create table look_back_looker (
  round bigint not null,
  n bigint not null,
  matter bigint not null,
  unit bigint not null,
  primary key (round, n, matter, unit)
){keyed};
create index look_back_looker_by_unit on look_back_looker (unit, round);
