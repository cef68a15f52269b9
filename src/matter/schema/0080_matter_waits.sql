-- For whom a matter waits and whom its rungs tell, as of its newest version and its clocks as they
-- run: what a person's list of things to do is read from. Derived, and written anew with every
-- version and whenever the last days are reckoned. None of a matter that is settled.
create table matter_wait (
  matter bigint not null,
  n bigint not null,
  kind {text} not null,                 -- extension, step, check, returned, move, told
  place bigint not null,                -- of the kind, in the order in which they are looked at
  clock text not null,                  -- may be empty, as rung
  rung text not null,
  generation bigint not null,
  from_day {text} not null,             -- the first on which it waits
  unit bigint,                          -- who works there, or holds the post there
  post {text} not null,                 -- may be empty
  person bigint,                        -- otherwise
  due_key {text} not null,              -- of the matter
  primary key (matter, n)
){keyed};
create index matter_wait_by_unit on matter_wait (unit, place, due_key, matter)
  where unit is not null;
create index matter_wait_by_person on matter_wait (person, place, due_key, matter)
  where person is not null;
create index matter_wait_by_day on matter_wait (from_day, matter) where kind in ('told', 'step');
