-- Warnings and blocks of registers, each once and for ever: what is in force follows from the dates.
create table measure(
  id bigint generated always as identity primary key,
  register integer not null references register,
  kind text not null check (kind in ('warning', 'block')),
  reason text not null,
  starts_at bigint not null,
  -- null: until it is lifted
  ends_at bigint,
  set_by text not null,
  set_at bigint not null,
  lifted_by text,
  lifted_at bigint
);
create index measure_of_register on measure(register, id);
create index measure_standing on measure(register) where lifted_at is null;

insert into measure(register, kind, reason, starts_at, set_by, set_at)
select number, 'block', blocked, coalesce(act.at, 0), coalesce(act.email, ''), coalesce(act.at, 0)
from register
left join lateral (
  select at, email from act
  where act.register = register.number and what = 'block' order by id desc limit 1
) act on true
where blocked is not null;
alter table register drop column blocked;
