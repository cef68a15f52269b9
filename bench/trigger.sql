-- The baseline: what a trigger that keeps a roll-up table does at best. A tree of 1,011 units in
-- four levels; each record adds one to its unit's row and to those of the three above it, from the
-- bottom up, so that transactions never wait for each other in a circle and hold the root shortly.
drop table if exists record, roll_up, unit;
create table unit (id integer primary key, path integer[] not null);
insert into unit values (1, '{1}');
insert into unit select id, array[id, 1] from generate_series(2, 11) id;
insert into unit select id, array[id, 2 + id % 10, 1] from generate_series(12, 111) id;
insert into unit
  select u.id, u.id || above.path
  from generate_series(112, 1011) u(id) join unit above on above.id = 12 + u.id % 100;
create table roll_up (unit integer primary key, n bigint not null) with (fillfactor = 50);
insert into roll_up select id, 0 from unit;
create table record (
  id bigint generated always as identity primary key,
  unit integer not null references unit,
  type text not null,
  date date not null
);
create or replace function add_up() returns trigger language plpgsql as $$
declare
  above integer;
begin
  foreach above in array (select path from unit where id = new.unit) loop
    update roll_up set n = n + 1 where unit = above;
  end loop;
  return null;
end $$;
create trigger add_up after insert on record for each row execute function add_up();
