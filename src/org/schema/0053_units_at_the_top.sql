-- What concerns the whole installation is asked for at every unit without one above it.
create index unit_at_the_top on unit (id) where parent is null;
