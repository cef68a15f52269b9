\set unit random(112, 1011)
\set day random(0, 364)
insert into record (unit, type, date)
  values (:unit, 'theme_party_day', date '2100-01-01' + :day::integer);
