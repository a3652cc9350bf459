-- In how many receipts of the last weeks goods were, for those that were in most; 0: for the others.
alter table goods add column sold integer not null default 0;
create index goods_sold on goods(sold) where sold > 0;
drop index goods_tiles;
create index goods_tiles on goods(favourite desc, sold desc, name, search) where retired_at is null;
