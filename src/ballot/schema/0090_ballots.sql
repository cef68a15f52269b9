-- Ballots on matters: each opened by a move that brings its matter into a state, and ended by the
-- last day or by a move that takes the matter back.
create table ballot (
  id bigint primary key,
  matter bigint not null,
  version bigint not null,              -- of the matter, which opened it
  unit bigint not null,                 -- the responsible one on that day
  opened {text} not null,
  until_date {text} not null,           -- the last day
  secret bigint not null,
  voters bigint not null,               -- how many
  slot_key {bytes},                     -- of a secret one that is open: what votes are kept under
  seq bigint not null,
  result text,                          -- null: open
  outcome text,                         -- canonical JSON: votes and thresholds
  ended_at bigint,
  ended_by bigint,
  ended_seq bigint,
  evidence text,                        -- the written evidence, as it was filed
  filed_by bigint,
  filed_at bigint,
  filed_seq bigint,
  check ((result is null) = (ended_seq is null)),
  check ((evidence is null) = (filed_seq is null))
){strict};
create index ballot_by_matter on ballot (matter, id);
create index ballot_open on ballot (until_date, id) where result is null;
create index ballot_open_by_matter on ballot (matter) where result is null;

-- Who may vote, as of the day on which it opened, and who has. What was voted stands elsewhere.
create table ballot_voter (
  ballot bigint not null,
  person bigint not null,
  n bigint not null,                    -- the commitment of the opening entry
  voted_on {text},                      -- the day; of votes on paper that of their entry
  paper bigint,                         -- the sheet that the vote stands on
  primary key (ballot, person)
){keyed};
create index ballot_voter_by_person on ballot_voter (person, ballot);

-- Every vote; the one with the greatest n of a slot counts. slot: the voter, p12; of a secret one
-- a hash of the voter with the key of its ballot, which is forgotten when that ends. A secret vote
-- has neither account nor time nor entry.
create table vote (
  ballot bigint not null,
  slot {text} not null,
  n bigint not null,
  grade text not null,
  account bigint,
  at bigint,
  seq bigint,
  primary key (ballot, slot, n)
){keyed};

-- Votes on paper: entered by one person from a scan, confirmed or refused by another.
create table ballot_paper (
  id bigint primary key,
  ballot bigint not null,
  votes text not null,                  -- canonical JSON: how many of each word
  persons bigint not null,
  entered_by bigint not null,
  entered_at bigint not null,
  seq bigint not null,
  decision text check (decision in ('confirm', 'refuse')),
  reason text,
  decided_by bigint,
  decided_at bigint,
  decided_seq bigint,
  check ((decision is null) = (decided_seq is null))
){strict};
create index ballot_paper_by_ballot on ballot_paper (ballot, id);

-- Scans. unit: where those work who hold the ballot, and may see them.
create table ballot_file (
  file bigint not null,
  ballot bigint not null,
  unit bigint not null,
  paper bigint,
  primary key (file, ballot, unit)
){keyed};

create index ballot_file_ballot on ballot_file (ballot);
