-- That somebody has looked at what a later version of a pack says differently, for a version of a
-- pack that stands on an earlier one: what to do about it, in his words. It changes nothing else.
create table pack_review (
  id bigint primary key,
  pack {text} not null,
  pack_version {text} not null,
  parent {text} not null,
  parent_version {text} not null,       -- the later one that was looked at
  note text not null,
  account bigint not null,
  at bigint not null,
  seq bigint not null
){strict};
create unique index pack_review_by_pack
  on pack_review (pack, pack_version, parent, parent_version);
