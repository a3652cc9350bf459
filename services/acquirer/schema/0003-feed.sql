-- Who a merchant is by its contract with the bank.
create table merchant(merchant text primary key, unp text not null);

-- What the feed has still to number: a booked entry, or a closed business day.
create table unfed(
  id bigint generated always as identity primary key,
  terminal text not null references terminal,
  position integer,
  day integer,
  check ((position is null) <> (day is null))
);

-- The feed. A number is given to what is committed alone, by one transaction after the other: what
-- has a lower number was readable before it, and nothing ever appears behind a cursor.
create table feed(
  number bigint generated always as identity primary key,
  terminal text not null,
  position integer,
  day integer
);

insert into unfed(terminal, position) select terminal, position from entry
  order by at, terminal, position;
insert into unfed(terminal, day) select terminal, day from business_day
  order by closed_at, terminal, day;
