-- Acts in the order in which they came, so that the oldest can be let go.
create table parked_act_anew(
  seq integer primary key,
  act text not null unique,
  refusal text
) strict;
insert into parked_act_anew(act, refusal) select act, refusal from parked_act order by act;
drop table parked_act;
alter table parked_act_anew rename to parked_act;
create index parked_brought on parked_receipt(brought_by) where brought_by is not null;
