-- The number that a matter had in the sheet it came from: unique in the ledger of a unit and of a
-- type, so that the same sheet opens nothing twice.
alter table matter add column ledger bigint;
alter table matter add column number text;
create unique index matter_by_number on matter (ledger, type, number) where number is not null;

-- Sheets that were taken into a unit's ledger. content: canonical JSON, which columns were read as
-- what, and how many matters came of it; the newest is what the next sheet is read by.
create table ledger_import (
  id bigint primary key,
  unit bigint not null,
  type {text} not null,
  at bigint not null,
  account bigint not null,
  seq bigint not null,
  content text not null
){strict};
create index ledger_import_by_unit on ledger_import (unit, type, seq);
