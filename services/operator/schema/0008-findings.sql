-- What the operator did not take, by device, cause and Minsk day: a bounded memory of it.
create table rejection(
  device text not null references device,
  code text not null,
  day text not null,
  count integer not null,
  -- of the last document that was refused so; null where the whole batch was
  number integer,
  first_at bigint not null,
  last_at bigint not null,
  primary key (device, day, code)
);
create index rejection_by_time on rejection(last_at, device, code);

drop index quarantine_by_time;
create index quarantine_by_time on quarantine(seen_at, device, number, hash);
drop index forgotten_by_time;
create index forgotten_by_time on forgotten(seen_at, device, number, hash);
create index document_marked_by_time on document(stored_at, device, number) where marks is not null;
