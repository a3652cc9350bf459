-- What went through the bank: a projection of the operations with a card in them.
create table card_transaction(
  operation text primary key,
  seq integer not null,
  at integer not null,
  kind text not null,
  sum integer not null,
  stan integer not null,
  -- of the message that undoes it
  undo_stan integer not null,
  masked text,
  rrn text,
  auth text,
  code text,
  -- `asked`: the bank has not told
  outcome text not null check (outcome in ('asked', 'approved', 'declined', 'reversed', 'unreversed')),
  -- business days on the wire, of the operation and of its reversal
  day integer,
  reversal_day integer
) strict;
create index card_transaction_at on card_transaction(seq);
create index card_transaction_day on card_transaction(day) where day is not null;
create index operation_reversing on operation(seq) where state = 'reversing';

-- Business days closed with the bank, as JSON of services/register/operating/business-day.ts.
create table card_day(
  seq integer primary key,
  day integer not null,
  -- the last card_transaction that it knows of
  upto integer not null,
  body text not null
) strict;
