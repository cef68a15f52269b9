-- What an account chose to be sent, on the road and in the journal. address: sealed with the key of
-- the server's setup, so that neither a backup nor the journal tells it; the code that confirms it
-- is kept nowhere.
create table delivery_choice (
  account bigint primary key,
  channel {text} not null check (channel in ('none', 'mail', 'webhook')),
  digest bigint not null check (digest in (0, 1)),
  notices bigint not null check (notices in (0, 1)),
  language {text} not null,
  address text,
  confirmed_at bigint,
  code_tries bigint not null,           -- codes typed for this address; not in the journal
  code_sent_at bigint,
  version bigint not null,
  seq bigint not null,                  -- of the entry by which it was chosen
  confirmed_seq bigint,
  check ((confirmed_at is null) = (confirmed_seq is null)),
  check (confirmed_at is null or address is not null)
){strict};
create index delivery_choice_by_digest on delivery_choice (account) where digest = 1;

-- Messages to be sent, written with what they tell of, delivered afterwards. A claim moves due_at
-- on: when the process that has it dies, it is due again. Not in the journal, but for what an
-- administrator decides.
create table outbox (
  id bigint primary key,                -- random, so that no head row is needed for it
  account bigint not null,
  key {text} not null,                  -- "digest 2026-03-05", "notice 118", "code 1772…"
  kind {text} not null check (kind in ('digest', 'notice', 'code', 'test')),
  channel {text} not null check (channel in ('mail', 'webhook')),
  things bigint not null,
  nearest {text},
  made_at bigint not null,
  due_at bigint not null,
  state {text} not null check (state in ('waiting', 'delivered', 'dead', 'dropped')),
  tries bigint not null,
  reason text not null,                 -- of the last try; may be empty
  done_at bigint,
  decision {text} check (decision in ('retry', 'drop')),
  seq bigint,                           -- of the last entry by which somebody decided
  unique (account, key),
  check ((state = 'waiting') = (done_at is null)),
  check ((decision is null) = (seq is null))
){strict};
create index outbox_by_due on outbox (due_at, id) where state = 'waiting';
create index outbox_by_state on outbox (state, made_at, id);
create index outbox_by_time on outbox (made_at, id);
