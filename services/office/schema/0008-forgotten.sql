-- What a bank whose store was put back does not tell again: when that was found. It stays, marked,
-- and counts nowhere as money.
alter table bank_transaction add column forgotten_at bigint;
create index bank_transaction_forgotten on bank_transaction(unp, at, id)
  where forgotten_at is not null;
create index bank_transaction_forgotten_by_day on bank_transaction(terminal, day)
  where forgotten_at is not null;
alter table bank_day add column forgotten_at bigint;

-- While all is read again: how far it was known before; null: it is not.
alter table bank_feed add column known_to bigint;
-- What of that was told again.
create table told_again(
  id bigint primary key
);
alter table bank_day add column told_again boolean not null default true;
