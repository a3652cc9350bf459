-- How goods are marked: core/document/mark.ts.
alter table goods add column marking text not null default 'none'
  check (marking in ('none', 'si', 'ukz', 'both'));

-- Which sales have a marked unit in them, a projection. What became of it is told by the operations.
create table marked_unit(
  unit text not null,
  operation text not null,
  primary key (unit, operation)
) strict, without rowid;
