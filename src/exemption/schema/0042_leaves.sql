-- Exemptions (免于) and deferrals (缓办) of one bearer's duty in one period. home_unit: in whose
-- row the bearer is counted, as of the day of the decision, before it of the day of asking.
-- approver: the unit at which, or above which, it is decided.
create table leave (
  id bigint primary key,
  kind text not null check (kind in ('exempt', 'defer')),
  obligation {text} not null,           -- address
  bearer {text} not null,               -- u12, t5, p9
  home_unit bigint not null,
  approver bigint not null,
  period {text} not null,
  act_date {text},                      -- of a deferral: the new last days, included
  enter_date {text},
  reason {text} not null,               -- a word of the duty's list
  note text not null,
  asked_by bigint not null,
  asked_at bigint not null,
  decision text check (decision in ('approve', 'refuse')),
  decided_by bigint,
  decided_at bigint,
  decision_note text,
  withdrawn_by bigint,
  withdrawn_at bigint,
  withdraw_reason text,
  version bigint not null,
  seq bigint not null,
  decided_seq bigint,
  withdrawn_seq bigint,
  check ((decision is null) = (decided_seq is null)),
  check ((withdrawn_at is null) = (withdrawn_seq is null)),
  check (kind = 'defer' or (act_date is null and enter_date is null))
){strict};

create index leave_home on leave (home_unit);
create index leave_bearer on leave (bearer);
create index leave_approver on leave (approver, id);
