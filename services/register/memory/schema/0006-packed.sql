-- The journal holds every document and every operation, once. From here on its long lines stand packed
-- (packing.ts), with an empty body; lines from before stay as they were written.
alter table journal add column packed blob;
-- An operation is the fold of its lines: printing changes none.
create index journal_operation on journal(operation, seq)
  where operation is not null and type <> 'printed';

-- What lists show and searches find; the operation itself is in the journal.
create table operation_anew(
  seq integer primary key,
  id text not null unique,
  kind text not null,
  state text not null,
  -- what backs the way it ended; null while it has not
  proof text,
  listed integer not null,
  is_open integer not null,
  at integer not null,
  cashier text not null,
  -- without its sign, as it is searched for
  sum integer not null,
  -- as it is shown: a correction may be negative
  amount integer not null,
  -- JSON
  payments text not null,
  number integer,
  uid text,
  shift integer,
  printed_at integer,
  undoes text,
  notice integer not null default 0,
  doubt text
) strict;
insert into operation_anew
  select seq, id, kind, state,
    case kind when 'correction' then 'proved' else body ->> '$.state.proof' end,
    listed, is_open, at,
    coalesce(body ->> '$.cashier', body ->> '$.person', ''), sum,
    case kind when 'correction' then body ->> '$.amount' else sum end,
    coalesce(body -> '$.payments', '[]'),
    number, uid, shift, printed_at, undoes, notice, doubt
  from operation;
drop table operation;
alter table operation_anew rename to operation;

-- Each search goes down one of these from the newest receipt, and reads no row that it does not show.
create index operation_kind on operation(kind, seq) where listed = 1;
create index operation_sum on operation(sum, kind, seq) where listed = 1;
create index operation_shift on operation(shift, kind, seq, sum) where listed = 1;
create index operation_number on operation(number) where number is not null;
create index operation_uid on operation(uid) where uid is not null;
create index operation_open on operation(seq) where is_open = 1;
create index operation_undoes on operation(undoes) where undoes is not null;
create index operation_notice on operation(seq) where notice = 1;
create index operation_doubt on operation(doubt, at) where doubt is not null;
create index operation_reversing on operation(seq) where state = 'reversing';
drop index posting_operation;

drop index card_transaction_day;
create index card_transaction_day on card_transaction(day, seq) where day is not null;
create index card_transaction_reversal on card_transaction(reversal_day)
  where reversal_day is not null;
