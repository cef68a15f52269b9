-- Each time that a matter was settled by a state that begins a look-back: from which day on it is
-- to be looked at again, and what was found. Derived like matter_wait, written anew with it.
create table matter_look_back (
  matter bigint not null,
  n bigint not null,                    -- counts the times, from 1
  unit bigint not null,                 -- the responsible one when it was settled
  type {text} not null,
  since {text} not null,                -- the day on which it was settled
  due {text} not null,                  -- ~ where the time has no value
  open bigint not null,                 -- 1: settled so still, and not looked at yet
  found {text} not null,                -- by the newest look-back; may be empty
  primary key (matter, n)
){keyed};
create index matter_look_back_by_unit on matter_look_back (unit, type, found, due, open, since);
create index matter_look_back_by_type on matter_look_back (type, unit, found, due, open, since);
create index matter_look_back_open on matter_look_back (due, matter, n, unit, type) where open = 1;

-- Whom rungs tell comes after all that somebody has to do.
update matter_wait set place = 6 where kind = 'told';
