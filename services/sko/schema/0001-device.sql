create table device(
  serial text primary key,
  -- core/sko/device.ts Device, as JSON
  state text not null,
  -- the operator has stored every document up to this number
  acknowledged integer not null default 0,
  pin text not null,
  -- SHA-256 of the till's credential; null: the device is free for foreign clients
  credential text,
  wrong integer not null default 0,
  wrong_at integer not null default 0
) strict;

create table document(
  device text not null references device(serial),
  number integer not null,
  operation text,
  -- SHA-256 of action and payload: the same operation with other bytes is refused
  command text not null,
  kind text not null,
  shift integer not null,
  at integer not null,
  uid text not null,
  hash text not null,
  body text not null,
  signature text not null,
  primary key (device, number)
) strict;
create unique index document_operation on document(device, operation) where operation is not null;
create index document_shift on document(device, shift, number);

-- An operation given up before it was done: it can never be done any more (R1).
create table tombstone(
  device text not null references device(serial),
  operation text not null,
  at integer not null,
  primary key (device, operation)
) strict, without rowid;
