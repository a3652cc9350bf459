-- Moments are milliseconds since 1970, UTC; sums are kopecks. Time comes as a parameter, never from
-- the database. What a device fills is keyed by the device first, so that it can be partitioned.

create table client(
  unp text primary key,
  company text not null
);

create table register(
  number integer primary key,
  unp text not null references client,
  place text not null,
  address text not null
);

-- A device and its head: the last document stored of it.
create table device(
  device text primary key,
  register integer not null references register,
  public_key text not null,
  number integer not null default 0,
  hash text not null default repeat('0', 64),
  heard_at bigint
);
create index device_of_register on device(register);

create table document(
  device text not null references device,
  number integer not null,
  at bigint not null,
  kind text not null,
  sum bigint not null,
  shift integer not null,
  cashier text not null,
  operation text,
  uid text not null,
  hash text not null,
  signature text not null,
  body text not null,
  stored_at bigint not null,
  primary key (device, number)
);
-- The last two columns let a rare kind or sum be found without visiting the rows.
create index document_by_time on document(device, at, number, kind, sum);
create index document_by_uid on document(device, uid);
create index document_by_operation on document(device, operation) where operation is not null;

-- Documents with a device's true seal that contradict what it submitted before: evidence of a fork.
create table quarantine(
  device text not null references device,
  number integer not null,
  hash text not null,
  code text not null,
  uid text not null,
  signature text not null,
  body text not null,
  seen_at bigint not null,
  primary key (device, number, hash)
);

create table account(
  email text primary key,
  role text not null check (role in ('client', 'staff')),
  unp text references client,
  secret text not null,
  wrong integer not null default 0,
  wrong_at bigint not null default 0
);

create table session(
  token_hash text primary key,
  email text not null references account,
  until bigint not null
);
