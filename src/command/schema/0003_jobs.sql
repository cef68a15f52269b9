-- Progress of long work; not in the journal. id is random, so that no head row is needed for it.
create table job (
  id bigint primary key,
  kind text not null,
  account bigint not null,
  state text not null check (state in ('running', 'done', 'refused', 'failed')),
  steps_done bigint not null,
  steps_total bigint not null,
  result text not null,
  started_at bigint not null,
  finished_at bigint
){strict};
