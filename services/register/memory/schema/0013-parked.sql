-- Receipts that were put aside before they were paid (N9), and how each was brought back. `id` is of
-- the sale that one is to become; `receipt`: JSON of core/api/register-parked.ts.
create table parked_receipt(
  id text primary key,
  name text,
  person text not null,
  at integer not null,
  sum integer,
  -- how many lines it has, and what the first is of
  lines integer not null,
  goods text not null,
  receipt text not null,
  -- the act that put it aside last, and the one that brought it back from there; null: it waits
  parked_by text not null,
  brought_by text
) strict;
create index parked_waiting on parked_receipt(at, id) where brought_by is null;
-- Acts and what they came to, null: done. One that comes again, however late, does nothing.
create table parked_act(act text primary key, refusal text) strict, without rowid;
