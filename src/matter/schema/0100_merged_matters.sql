-- The matter that another one, a duplicate, was merged into.
alter table matter add column merged_into bigint;
create index matter_by_merged_into on matter (merged_into) where merged_into is not null;
