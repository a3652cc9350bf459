-- What the banks of the clients booked, as their feeds told it. A row is known by its operation at
-- its terminal: told again it is the same row. No card number is here.
create table bank_transaction(
  id bigint generated always as identity primary key,
  terminal text collate "C" not null,
  operation uuid not null,
  reversal boolean not null,
  -- Whose it is; '': the bank does not know the merchant.
  unp text collate "C" not null,
  merchant text not null,
  serial text not null,
  bank text not null,
  at bigint not null,
  receipt integer not null,
  masked text collate "C",
  issuer text,
  sum bigint not null,
  kind text not null,
  code text collate "C" not null,
  rrn text collate "C",
  auth text,
  original text collate "C",
  day integer not null,
  unique (terminal, operation, reversal)
);
create index bank_transaction_by_time on bank_transaction(unp, at, id);
create index bank_transaction_by_sum on bank_transaction(unp, sum, id);
create index bank_transaction_by_terminal on bank_transaction(unp, terminal, at, id);
create index bank_transaction_by_code on bank_transaction(unp, code, at, id) where code <> '000';
create index bank_transaction_by_card on bank_transaction(unp, right(masked, 4), at, id);
create index bank_transaction_by_receipt on bank_transaction(unp, receipt, at, id);
create index bank_transaction_by_rrn on bank_transaction(unp, rrn) where rrn is not null;
create index bank_transaction_of_original on bank_transaction(unp, original)
  where original is not null;
create index bank_transaction_by_day on bank_transaction(terminal, day, id);

-- Closed business days of terminals. A bank that was put back may close a day again: both are kept.
create table bank_day(
  terminal text not null,
  day integer not null,
  closed_at bigint not null,
  unp text not null,
  serial text not null,
  bank text not null,
  code text not null,
  bank_totals jsonb not null,
  terminal_totals jsonb not null,
  primary key (terminal, day, closed_at)
);
create index bank_day_by_time on bank_day(unp, closed_at, terminal);

-- Terminals of a client, as they were seen in the feed.
create table bank_terminal(
  unp text not null,
  terminal text not null,
  serial text not null,
  bank text not null,
  primary key (unp, terminal)
);

-- Trade by Minsk day, and within it by hour, terminal, issuer and result: what each row of
-- bank_transaction adds is added with it, see core/card/turnover.ts.
create table turnover(
  unp text not null,
  day text not null,
  split text not null,
  value text not null,
  count integer not null,
  declined integer not null,
  paid bigint not null,
  back bigint not null,
  primary key (unp, day, split, value)
);

-- How far the bank's feed was taken in: it moves with the rows, in one transaction.
create table bank_feed(
  id integer primary key default 1 check (id = 1),
  -- Null: nothing yet, or from the beginning again.
  cursor text
);
insert into bank_feed(cursor) values (null);

-- Cursors that the bank knew nothing of any more: its store was put back.
create table bank_put_back(
  id bigint generated always as identity primary key,
  cursor text not null,
  seen_at bigint not null
);
