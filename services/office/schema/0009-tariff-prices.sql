-- The day from which a tariff can be had; '': from ever. Its own price holds from then on, until
-- the first of those below.
alter table tariff add column from_day text not null default '';

-- Prices by the day from which they hold. A row never changes: while its day is ahead it is undone
-- by another that names it.
create table tariff_price(
  id bigint generated always as identity primary key,
  tariff text not null references tariff,
  from_day text not null,
  price bigint not null check (price > 0),
  at bigint not null,
  email text not null,
  undoes bigint unique references tariff_price
);
create index tariff_price_of on tariff_price(tariff, from_day);
