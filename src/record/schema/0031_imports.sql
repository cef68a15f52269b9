-- Bulk imports by the hash of their file: how many rows are in, so that one that was cut goes on
-- where it stopped and a second import of the same file does nothing.
create table record_import (
  file_hash {bytes} primary key,
  row_count bigint not null,
  rows_done bigint not null,
  seq bigint not null
){strict};
