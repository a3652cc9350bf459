-- What the shop took, by hour of Minsk time since 1970, shift and cashier: a projection, added to with
-- each document. `cash`, `card` and `other` are what stayed, less what went back.
create table trade(
  hour integer not null,
  shift integer not null,
  cashier text not null,
  sales integer not null,
  sold integer not null,
  annulments integer not null,
  annulled integer not null,
  refunds integer not null,
  refunded integer not null,
  cash integer not null,
  card integer not null,
  other integer not null,
  primary key (hour, shift, cashier)
) strict, without rowid;
create index trade_shift on trade(shift);

-- The same by group of goods, of days alone: in an hour there are too many of them. '': of no group.
create table trade_group(
  day integer not null,
  shift integer not null,
  name text not null,
  sum integer not null,
  primary key (day, shift, name)
) strict, without rowid;
create index trade_group_shift on trade_group(shift);

-- Of documents that were registered before: of which groups their goods were nobody has written down.
insert into trade
select
  (at + 10800000) / 3600000,
  shift,
  cashier,
  sum(kind = 'sale'),
  sum(iif(kind = 'sale', sum, 0)),
  sum(kind = 'annulment'),
  sum(iif(kind = 'annulment', sum, 0)),
  sum(kind = 'refund'),
  sum(iif(kind = 'refund', sum, 0)),
  sum(sign * (sum - card - other)),
  sum(sign * card),
  sum(sign * other)
from (
  select at, shift, cashier, kind, sum, iif(kind = 'sale', 1, -1) as sign,
    (select coalesce(sum(value ->> '$.sum'), 0) from json_each(payments)
     where value ->> '$.means' = 'card') as card,
    (select coalesce(sum(value ->> '$.sum'), 0) from json_each(payments)
     where value ->> '$.means' = 'other') as other
  from operation
  where state = 'registered' and shift is not null and kind in ('sale', 'refund', 'annulment')
)
group by 1, 2, 3;
insert into trade_group
select hour / 24, shift, '', sum(sold - annulled - refunded) from trade group by 1, 2;
