-- The key that a till's reports are signed with, PEM: the first one that was seen.
alter table equipment add column report_key text;

-- How far a till's journal was told: it moves with the words, in one transaction.
create table till_journal(
  serial text primary key references equipment,
  seq bigint not null,
  hash text not null,
  heard_at bigint not null
);

-- What tills say of their operations with a card. `unp`: of the contract that the till is under.
create table till_word(
  unp text collate "C" not null,
  operation uuid not null,
  serial text not null,
  terminal text collate "C" not null,
  kind text not null,
  at bigint not null,
  receipt integer not null,
  sum bigint not null,
  state text not null,
  -- Of its document.
  device text,
  number integer,
  uid text,
  document_at bigint,
  taken_at bigint not null,
  -- How it differs from the bank's rows of the same operation, by core/card/till-report.ts; null: it
  -- does not. Computed whenever either changes.
  disagrees text,
  primary key (unp, operation)
);
create index till_word_disagreeing on till_word(unp, at) where disagrees is not null;

-- How far the operator has signed for a device's documents, as its till showed it.
create table device_stored(
  unp text not null,
  device text not null,
  number bigint not null,
  at bigint not null,
  primary key (unp, device)
);

-- A row is looked for by its operation, whichever terminal it is of.
alter table bank_transaction drop constraint bank_transaction_terminal_operation_reversal_key;
alter table bank_transaction add unique (operation, terminal, reversal);
