-- The page of a parent: what is below it, by the last day; and how many with which outcome.
drop index matter_by_parent;
create index matter_by_parent on matter (parent, due_key, id) where parent is not null;
