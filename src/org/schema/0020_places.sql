-- The place tree (所在地). A path is one label of seven base-32 digits for each step from the root,
-- made from the place's own id, so that a subtree is path >= p and path < p || '~'. Places that
-- statistics invented to fill a level (市辖区, 省直辖县级行政区划) are marked pseudo.
create table place (
  id bigint primary key,
  code {text},
  code_system {text},
  name text not null,
  level bigint not null check (level between 0 and 5 or level = 9),
  parent bigint references place (id),
  path {text} not null unique,
  sort_key {bytes} not null,
  pseudo bigint not null check (pseudo in (0, 1)),
  from_date {text},
  until_date {text},
  version bigint not null,
  seq bigint not null,
  check ((code is null) = (code_system is null)),
  unique (code_system, code)
){strict};
create index place_by_parent on place (parent);
