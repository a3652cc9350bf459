-- What receipts are searched by (receipt-tags.ts): a projection. The newest stand one by one with
-- their tags (JSON), older ones as blocks that say where each tag is.
create table receipt_tail(seq integer primary key, tags text not null) strict;
create table receipt_block(
  block integer not null,
  tag text not null,
  places blob not null,
  primary key (block, tag)
) strict, without rowid;
create table receipt_cashier(name text primary key) strict, without rowid;

-- Receipts of a version before have no tags up to here: they get them when this is opened.
create table receipt_untagged(after integer not null) strict;
insert into receipt_untagged select 0 where exists (select 1 from operation);

-- Sums are tags too.
drop index operation_sum;
