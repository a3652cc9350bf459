-- Why the operator takes nothing of a register any more; null: it does.
alter table register add column blocked text;

-- What the operator's people did, each act once and for ever.
create table act(
  id bigint generated always as identity primary key,
  at bigint not null,
  email text not null,
  register integer not null references register,
  what text not null,
  reason text
);
create index act_of_register on act(register, id);
