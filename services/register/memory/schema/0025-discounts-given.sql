-- Why discounts were given, of each sale that stands: a projection. '': no reason was told.
create table discount_given(
  operation text not null,
  reason text not null,
  day integer not null,
  shift integer not null,
  sum integer not null,
  primary key (operation, reason)
) strict, without rowid;
create index discount_given_day on discount_given(day);
create index discount_given_shift on discount_given(shift);

-- Those of sales of a version before are written when this is opened, beside the tags.
delete from receipt_untagged;
insert into receipt_untagged select 0 where exists (select 1 from operation);
