-- Documents by minute (milliseconds since 1970 at its beginning), each gateway in rows of its own, so
-- that none waits for another. Kept for a month.
create table traffic(
  minute bigint not null,
  gateway text not null,
  accepted integer not null,
  refused integer not null,
  primary key (minute, gateway)
);
