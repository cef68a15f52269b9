-- A person is on the roll of a branch (membership) or employed by a unit (employment): never one
-- table. external_key is the key in the system that the rows came from, never an identity number.
create table person (
  id bigint primary key,
  name text not null,
  sort_key {bytes} not null,
  external_key {text} unique,
  version bigint not null,
  seq bigint not null
){strict};

create table membership (
  id bigint primary key,
  person bigint not null references person (id),
  unit bigint not null references unit (id),
  kind text not null check (kind in ('full_member', 'probationary_member')),
  floating bigint not null check (floating in (0, 1)),
  host_unit bigint references unit (id),
  from_date {text} not null,
  until_date {text},
  version bigint not null,
  seq bigint not null,
  check (until_date is null or from_date < until_date)
){strict};
create index membership_by_unit on membership (unit);
create index membership_by_person on membership (person);
create index membership_by_host on membership (host_unit) where host_unit is not null;

create table employment (
  id bigint primary key,
  person bigint not null references person (id),
  unit bigint not null references unit (id),
  from_date {text} not null,
  until_date {text},
  version bigint not null,
  seq bigint not null,
  check (until_date is null or from_date < until_date)
){strict};
create index employment_by_unit on employment (unit);
create index employment_by_person on employment (person);

-- One seat each post: a group of nine has nine posts.
create table post (
  id bigint primary key,
  unit bigint not null references unit (id),
  kind text not null,
  title text not null,
  official_order bigint,
  from_date {text} not null,
  until_date {text},
  version bigint not null,
  seq bigint not null
){strict};
create index post_by_unit on post (unit);

create table tenure (
  id bigint primary key,
  post bigint not null references post (id),
  person bigint not null references person (id),
  acting bigint not null check (acting in (0, 1)),
  from_date {text} not null,
  until_date {text},
  version bigint not null,
  seq bigint not null,
  check (until_date is null or from_date < until_date)
){strict};
create index tenure_by_post on tenure (post);
create index tenure_by_person on tenure (person);

-- The other dated relations of a unit; contact_of: the post of the leader who keeps contact.
create table unit_relation (
  id bigint primary key,
  unit bigint not null references unit (id),
  kind text not null check (kind in ('seated_in', 'administered_by', 'guided_by', 'party_org_of',
                                     'dispatched_by', 'led_by_group', 'contact_of')),
  target_unit bigint references unit (id),
  target_place bigint references place (id),
  target_post bigint references post (id),
  from_date {text} not null,
  until_date {text},
  check (until_date is null or from_date < until_date),
  check ((kind = 'seated_in') = (target_place is not null)),
  check ((kind = 'contact_of') = (target_post is not null)),
  check ((kind not in ('seated_in', 'contact_of')) = (target_unit is not null))
){strict};
create index unit_relation_by_unit on unit_relation (unit);
create index unit_relation_by_place on unit_relation (target_place)
  where target_place is not null;
create index unit_relation_by_target on unit_relation (target_unit)
  where target_unit is not null;
