-- The calendar feed of an account: on the road and in the journal. The token is nowhere; its hash
-- is null once it was revoked.
create table calendar_feed (
  account bigint primary key,
  hash {bytes},
  language {text} not null,
  made_at bigint not null,
  version bigint not null,
  seq bigint not null                   -- of the entry that made or revoked it
){strict};
create unique index calendar_feed_by_hash on calendar_feed (hash) where hash is not null;

-- What a feed has told, so that a calendar hears of changes and of what is gone. Derived, written
-- when the feed is read and something is otherwise; without it feeds begin anew.
create table calendar_event (
  account bigint not null,
  key {text} not null,                  -- what is due: "i12"
  uid {text} not null,                  -- random, and the same for ever
  title text not null,
  path text not null,
  due {text} not null,
  sequence bigint not null,
  changed_at bigint not null,
  gone_at bigint,
  primary key (account, key)
){keyed};
