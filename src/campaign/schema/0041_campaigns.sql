-- Campaigns (专题工作) as they were launched from a pack. ended_on: the first day after it.
create table campaign (
  id bigint primary key,
  pack {text} not null,
  pack_version {text} not null,         -- whose batches and phases it was launched with
  unit bigint not null,                 -- the organiser: it and what lies below take part
  launched_by bigint not null,
  launched_at bigint not null,
  ended_on {text},
  ended_by bigint,
  ended_at bigint,
  end_reason text,
  version bigint not null,
  seq bigint not null,
  ended_seq bigint,
  check ((ended_on is null) = (ended_seq is null))
){strict};

create index campaign_pack on campaign (pack);

create table campaign_batch (
  campaign bigint not null,
  n bigint not null,                    -- in the order of the pack
  batch {text} not null,
  from_date {text} not null,
  until_date {text} not null,
  primary key (campaign, n),
  check (until_date > from_date)
){keyed};

-- A unit, with all below it, in another batch than the pack's selectors say. batch: '' is none.
create table campaign_placement (
  id bigint primary key,
  campaign bigint not null,
  unit bigint not null,
  batch {text} not null,
  from_date {text} not null,
  reason text not null,
  placed_by bigint not null,
  placed_at bigint not null,
  seq bigint not null
){strict};

create index campaign_placement_campaign on campaign_placement (campaign);
create index campaign_placement_unit on campaign_placement (unit);
