-- Two persons decide, not two accounts: those of one person are looked for.
create index account_by_person on account (person) where person is not null;
