-- Moments are milliseconds since 1970, UTC; sums are kopecks. Time comes as a parameter, never from
-- the database. What a terminal fills is keyed by the terminal first, so that it can be partitioned.
-- No card number is here: a card is found by a keyed hash of its number.

create table terminal(
  terminal text primary key,
  merchant text not null,
  -- Serial number of the device, as the cabinet shows it.
  serial text not null,
  -- The bank that serves the terminal.
  bank text not null,
  -- The open business day.
  day integer not null default 1,
  -- Entries booked so far.
  position integer not null default 0
);

create table card(
  card text primary key,
  masked text not null,
  issuer text not null,
  expiry text not null,
  balance bigint not null,
  sum_limit bigint,
  declines text,
  delay_ms integer not null default 0
);

-- What was answered: an operation, approved or declined, and the reversal of an approved one.
-- Nothing is changed or deleted.
create table entry(
  terminal text not null references terminal,
  position integer not null,
  merchant text not null,
  operation text not null,
  reversal boolean not null,
  kind text not null,
  at bigint not null,
  day integer not null,
  receipt integer not null,
  card text,
  masked text,
  issuer text,
  sum bigint not null,
  code text not null,
  rrn text,
  auth text,
  original text,
  stan integer not null,
  reason text,
  primary key (terminal, position),
  unique (terminal, operation, reversal)
);
create index entry_by_rrn on entry(merchant, rrn) where rrn is not null and not reversal;
create index entry_by_original on entry(merchant, original) where original is not null;
create index entry_by_day on entry(terminal, day, position);
create index entry_by_time on entry(at, terminal, position);
create index entry_of_merchant on entry(merchant, at, terminal, position);
create index entry_of_terminal on entry(terminal, at, position);

-- Reversals that came before what they reverse: those operations are declined for ever.
create table fence(
  terminal text not null references terminal,
  operation text not null,
  at bigint not null,
  reason text not null,
  primary key (terminal, operation)
);

-- Closed business days: what both sides counted, and what was answered.
create table business_day(
  terminal text not null references terminal,
  day integer not null,
  closed_at bigint not null,
  code text not null,
  bank_totals jsonb not null,
  terminal_totals jsonb not null,
  primary key (terminal, day)
);

-- The code with which the next purchase is declined on demand; a row or none.
create table ordered_decline(code text not null);

create sequence rrn_serial minvalue 1 maxvalue 999999 cycle;
