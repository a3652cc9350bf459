-- Business days with transactions that were not compared with the bank after them, and the last of
-- these: a projection, so that no day is skipped and none is searched for.
create table card_day_open(
  day integer primary key,
  -- of card_transaction
  seq integer not null
) strict;
insert into card_day_open(day, seq)
select day, max(seq) from (
  select day, seq, seq as place from card_transaction where day is not null
  union all
  select reversal_day, seq, 0 from card_transaction where reversal_day is not null
) as moved
group by day
having max(place) > coalesce((select max(upto) from card_day where card_day.day = moved.day), -1);
