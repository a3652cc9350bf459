-- Electronic receipts that customers get by mail (N13). No projection: an address is a person's,
-- it is forgotten once it has served, and so it stands in no journal.
create table receipt_letter(
  id text primary key,
  operation text not null,
  made_at integer not null,
  -- When it was asked for, or asked for again.
  asked_at integer not null,
  email text,
  state text not null default 'waiting',
  attempts integer not null default 0,
  next_at integer,
  said text
) strict, without rowid;
create index receipt_letter_operation on receipt_letter(operation);
create index receipt_letter_next on receipt_letter(next_at) where state = 'waiting';
-- Few at any time, and counted at every step of the till.
create index receipt_letter_addressed on receipt_letter(state) where email is not null;
create index receipt_letter_made on receipt_letter(made_at);
