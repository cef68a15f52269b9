-- The first reply under each key, kept for seven days; not in the journal.
create table idempotency (
  account bigint not null,
  key {text} not null,
  body_hash {bytes} not null,
  status bigint not null,
  reply text not null,
  journal bigint not null,
  at bigint not null,
  primary key (account, key)
){keyed};

create index idempotency_at on idempotency (at);
