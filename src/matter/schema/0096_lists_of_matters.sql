-- A page of one state in either order is read from an index in that order; the one by last days
-- also holds what counts ask for. Whoever walks all of them by last days looks at their units.
drop index matter_by_state;
create index matter_by_state on matter (type, state, due_key, id, unit);
create index matter_by_newest on matter (type, state, id);
drop index matter_by_due;
create index matter_by_due on matter (due_key, id, unit);
