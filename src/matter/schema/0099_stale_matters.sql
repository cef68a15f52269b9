-- Whether what was reviewed has changed since, as of the newest version. Derived, written with it.
-- Few are: whoever asks for them reads nothing else.
alter table matter add column stale bigint not null default 0;
create index matter_stale_by_due on matter (stale, due_key, id, unit) where stale = 1;
create index matter_stale_by_newest on matter (stale, id) where stale = 1;
