-- Several codes may stand for the same goods, each for one of them; goods.code is the first.
create table goods_code(
  code text primary key,
  goods integer not null references goods(id)
) strict, without rowid;
insert into goods_code(code, goods) select code, id from goods where code is not null;
create index goods_code_of on goods_code(goods);

alter table goods add column favourite integer not null default 0;
-- Null: they are sold.
alter table goods add column retired_at integer;
-- Another one after every change.
alter table goods add column revision integer not null default 1;
-- The request that added them: repeated, it adds nothing.
alter table goods add column request text;
create unique index goods_of_request on goods(request) where request is not null;
create index goods_by_name on goods(name, id);
create index goods_tiles on goods(favourite desc, name) where retired_at is null;

-- Who gave goods a price; null: not told.
alter table goods_price add column person text;
