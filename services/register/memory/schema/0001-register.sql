-- The truth: what happened, in order, each line chained to the one before. Never updated or deleted.
create table journal(
  seq integer primary key,
  at integer not null,
  operation text,
  type text not null,
  body text not null,
  hash text not null
) strict;

-- Everything below up to «people» is a projection: store.ts rebuilds it from the journal.
create table operation(
  seq integer primary key,
  id text not null unique,
  kind text not null,
  state text not null,
  listed integer not null,
  is_open integer not null,
  at integer not null,
  sum integer not null,
  number integer,
  uid text,
  shift integer,
  body text not null,
  printed_at integer
) strict;
create index operation_listed on operation(listed, seq);
create index operation_open on operation(is_open) where is_open = 1;
create index operation_number on operation(number) where number is not null;
create index operation_uid on operation(uid) where uid is not null;
create index operation_sum on operation(sum);
create index operation_shift on operation(shift, seq) where shift is not null;

create table posting(
  seq integer primary key,
  operation text not null,
  account text not null,
  amount integer not null
) strict;
create index posting_operation on posting(operation);

-- One row: running figures of the ledger and of the open shift, as JSON.
create table ledger(one integer primary key check (one = 1), body text not null) strict;

-- Durable queue of papers, apart from the sale. `begun` without `done` is a paper of unknown fate.
create table print_job(
  id integer primary key,
  operation text,
  -- JSON: a Printable, or the operation whose document it is
  paper text not null,
  begun integer not null default 0,
  done_at integer
) strict;
create index print_job_waiting on print_job(id) where done_at is null;

-- People, goods.
create table person(
  name text primary key,
  role text not null check (role in ('cashier', 'administrator')),
  pin text not null,
  wrong integer not null default 0,
  wrong_at integer not null default 0
) strict;

create table session(
  token text primary key,
  person text not null references person(name),
  expires_at integer not null
) strict;

create table goods(
  id integer primary key,
  name text not null,
  code text unique,
  price integer not null,
  vat integer,
  unit text not null,
  group_name text not null,
  search text not null
) strict;
create index goods_group on goods(group_name, name);
