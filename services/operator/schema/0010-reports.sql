-- What devices tell of themselves: the number of the last document made, since when the oldest unsent
-- one waits, the version, and when that was told. Null: it never told.
alter table device add column made integer;
alter table device add column oldest_unsent_at bigint;
alter table device add column version text;
alter table device add column told_at bigint;
