-- How goods look on the selling page: core/goods/tile.ts. Null: like any other.
alter table goods add column colour text
  check (colour in ('red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'));
-- Null: none, else what it is called by in the table of pictures.
alter table goods add column picture text;
create index goods_of_picture on goods(picture) where picture is not null;

-- PNG of our own making, each once however many goods it is of; by the SHA-256 of its bytes.
create table picture(
  id integer primary key,
  hash text not null unique,
  image blob not null
) strict;
