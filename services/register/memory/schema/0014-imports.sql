-- An import of goods that somebody has confirmed. From its `applied_at` on it is carried out to its
-- end, whatever happens; until then nothing of it counts, and a start forgets it.
create table goods_import(
  id text primary key,
  person text not null,
  file text not null,
  begun_at integer not null,
  applied_at integer,
  done_at integer,
  -- JSON: rows by what they were
  counts text not null,
  parts integer not null
) strict;
-- What is still to be written of it: JSON, some rows each.
create table goods_import_part(
  import text not null references goods_import(id),
  part integer not null,
  body blob not null,
  primary key(import, part)
) strict;
create index goods_import_open on goods_import(id) where done_at is null;
