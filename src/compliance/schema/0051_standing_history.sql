-- How the figures of inner nodes went, a row for each day on which one of them became different:
-- for trends. Written by the background round from the index; not in the journal, and what was
-- missed while no server ran is missing. node: a unit's number, or in the tree of seats a place's.
create table standing_history (
  tree {text} not null check (tree in ('affiliation', 'seat')),
  node bigint not null,
  obligation {text} not null,
  period {text} not null,
  day {text} not null,
  due bigint not null,
  done bigint not null,
  failed bigint not null,
  unknown bigint not null,
  exempt bigint not null,
  primary key (tree, node, obligation, period, day)
){keyed};
