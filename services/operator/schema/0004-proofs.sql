-- What cannot be read of a document is null; what is odd about it, parted by spaces (null: nothing).
alter table document alter column kind drop not null;
alter table document alter column sum drop not null;
alter table document alter column shift drop not null;
alter table document alter column cashier drop not null;
alter table document add column marks text;
create index document_marked on document(device, number) where marks is not null;
create index quarantine_by_time on quarantine(seen_at);

-- The operator's own signed acknowledgements of more than it held when they were shown to it: its
-- store was put back.
create table forgotten(
  device text not null references device,
  number integer not null,
  hash text not null,
  -- the last number that was held then
  held integer not null,
  -- core/operator/statement.ts SignedHead, as JSON
  proof text not null,
  seen_at bigint not null,
  primary key (device, number, hash)
);
create index forgotten_by_time on forgotten(seen_at);
