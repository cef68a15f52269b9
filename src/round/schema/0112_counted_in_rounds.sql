-- What the figures of a locked round counted that are not counted from its rows: ids of matters, a
-- blank between. A figure that counted nothing has no row, nor have rounds locked before this.
create table round_counted (
  round bigint not null,
  figure {text} not null,
  matters text not null,
  primary key (round, figure)
){keyed};
