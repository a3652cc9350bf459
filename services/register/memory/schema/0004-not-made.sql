-- `not-made`: the bank never had it and no money moved. SQLite cannot change a check: the table is
-- made anew. What ended without the bank's word stood there as `asked`, what the bank never saw as
-- `declined`, though with no code of a decline.
create table card_transaction_anew(
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
  outcome text not null check (
    outcome in ('asked', 'approved', 'declined', 'not-made', 'reversed', 'unreversed')
  ),
  -- business days counted from 1, of the operation and of its reversal
  day integer,
  reversal_day integer
) strict;
insert into card_transaction_anew
  select card.operation, card.seq, card.at, card.kind, card.sum, stan, undo_stan, masked, rrn, auth,
    code,
    case
      when outcome in ('asked', 'declined') and code is null and operation.state = 'failed'
        then 'not-made'
      else outcome
    end,
    day, reversal_day
  from card_transaction card
  left join operation on operation.id = card.operation
  order by card.seq;
drop table card_transaction;
alter table card_transaction_anew rename to card_transaction;
create index card_transaction_at on card_transaction(seq);
create index card_transaction_day on card_transaction(day) where day is not null;
