-- Statements: the figures of a period as they stood when somebody closed it (结账). content:
-- canonical JSON of columns, total and rows, with the packs, the calendar and the number of the
-- journal that they were reckoned by. Never changed; what comes later is shown beside it.
create table period_close (
  id bigint primary key,
  unit bigint not null,
  period {text} not null,
  content text not null,
  closed_by bigint not null,
  closed_at bigint not null,
  seq bigint not null
){strict};

create index period_close_unit on period_close (unit, id);
