-- What the office last said, one row: no line of the journal, which would have one an hour.
create table billing(
  id integer primary key check (id = 1),
  -- core/billing/lease.ts SignedLease, as JSON; null: it never answered
  lease text,
  -- when that was heard, or when it was first asked in vain
  since integer not null,
  -- the latest time that the till has seen
  latest integer not null,
  -- the day on which a person last read a warning
  read_on text
) strict;
