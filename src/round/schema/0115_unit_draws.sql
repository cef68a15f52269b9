-- Units that were drawn by lot to be checked, under a draw that a pack declares: every draw with
-- its seed and the list that it drew from, so that anyone can draw it again.
create table unit_draw (
  id bigint primary key,
  unit bigint not null,                 -- below which
  declared text not null,               -- the address of the pack's draw
  pack_version text not null,           -- under which it was drawn last
  name text not null,
  drawn {text} not null,                -- the day of the first
  draws bigint not null,                -- the newest is the one that counts
  version bigint not null,
  seq bigint not null
){strict};
create index unit_draw_by_unit on unit_draw (unit, id);

-- The first, and those that were made anew for a reason.
create table unit_draw_made (
  draw bigint not null,
  n bigint not null,
  seed text not null,                   -- 64 hexadecimal digits
  size bigint not null,                 -- how many are drawn
  reason text not null,                 -- why it was drawn anew; empty of the first
  account bigint not null,
  at bigint not null,
  seq bigint not null,
  primary key (draw, n)
){keyed};

-- From what was drawn, and what of it. weight: what was counted for it, null without a figure.
-- place: it came so in its stratum, 0: it was not drawn.
create table unit_draw_unit (
  draw bigint not null,
  n bigint not null,
  unit bigint not null,
  stratum text not null,
  weight bigint,
  tickets bigint not null,
  place bigint not null,
  primary key (draw, n, unit)
){keyed};
