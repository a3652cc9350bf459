-- What a shop's roles may, where it has decided so itself: a row replaces the usual role of
-- core/access/roles.ts whole. `rights`: JSON.
create table role(
  name text primary key,
  rights text not null,
  discount_percent integer not null check (discount_percent between 0 and 100)
) strict;

-- Every price that goods had, and since when (R27). What stood in the catalogue before has had its
-- price for ever.
create table goods_price(
  goods integer not null references goods(id),
  since integer not null,
  price integer not null
) strict;
create index goods_price_since on goods_price(goods, since);
insert into goods_price(goods, since, price) select id, 0, price from goods;

-- Receipts that somebody with the rights let pass as they stood, and the operation that it served;
-- a projection of the journal. `receipt`: JSON of core/access/receipt.ts.
create table receipt_grant(
  id text primary key,
  person text not null,
  shift integer not null,
  receipt text not null,
  operation text
) strict;
