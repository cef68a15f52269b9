-- Whom rungs tell comes after all that somebody has to do; before it stands that somebody says
-- whether a new matter is a relapse.
update matter_wait set place = 7 where kind = 'told';
