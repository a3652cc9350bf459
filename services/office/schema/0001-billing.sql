-- Moments are milliseconds since 1970, UTC; days are Minsk days as texts; sums are kopecks. Time
-- comes as a parameter, never from the database. Nothing that was written down of money is changed
-- or taken away: it is undone by a counter-entry.

create sequence account_number start 10000001;

create table contract(
  number text primary key,
  unp text not null,
  company text not null,
  -- The personal account: whoever works on it holds this row.
  account text not null unique default nextval('account_number')::text,
  concluded_at bigint,
  ended_at bigint
);

create table equipment(
  serial text primary key,
  contract text references contract,
  retired_at bigint,
  -- What the till last told of itself.
  version text,
  unp text,
  heard_at bigint
);
create index equipment_of_contract on equipment(contract);

-- The terms of a tariff never change: other terms are another tariff.
create table tariff(
  tariff text primary key,
  name text not null,
  price bigint not null check (price > 0),
  months integer not null,
  days integer not null,
  check (months >= 0 and days >= 0 and months + days > 0)
);

-- Unbroken runs of paid periods; see core/billing/subscription.ts.
create table subscription(
  serial text not null references equipment,
  run integer not null,
  account text not null references contract(account),
  tariff text not null references tariff,
  anchor text not null,
  paid integer not null,
  renews boolean not null,
  next text references tariff,
  ended_on text,
  end_reason text check (end_reason in ('lapsed', 'changed', 'stopped')),
  -- the first day that is not paid for
  paid_until text not null,
  primary key (serial, run),
  check ((ended_on is null) = (end_reason is null))
);
create unique index one_current_run on subscription(serial) where ended_on is null;
create index subscription_of_account on subscription(account);
create index subscription_by_end on subscription(paid_until) where ended_on is null;

create table entry(
  id bigint generated always as identity primary key,
  at bigint not null,
  kind text not null check (kind in ('payment', 'payout', 'charge', 'credit', 'undoing')),
  account text not null references contract(account),
  -- Who wrote it down; null: the office by itself.
  email text,
  note text,
  -- What a request is known by when it is repeated.
  request text unique,
  undoes bigint unique references entry,
  check ((kind = 'undoing') = (undoes is not null))
);
create index entry_of_account on entry(account, id);

-- Of each entry they come to zero.
create table posting(
  entry bigint not null references entry,
  account text not null,
  sum bigint not null,
  primary key (entry, account)
);
create index posting_of_account on posting(account, entry, sum);

-- A period is charged once, whoever tries it and how often.
create table charge(
  serial text not null,
  run integer not null,
  k integer not null,
  entry bigint not null unique references entry,
  primary key (serial, run, k),
  foreign key (serial, run) references subscription
);

-- Prices as they were shown.
create table quote(
  quote text primary key,
  account text not null references contract(account),
  serial text not null references equipment,
  kind text not null,
  tariff text not null references tariff,
  credit bigint not null,
  sum bigint not null,
  quoted_on text not null,
  basis_run integer,
  basis_paid integer
);

-- Orders, and their invoices under the same number.
create table purchase(
  number bigint generated always as identity primary key,
  quote text not null unique references quote,
  account text not null references contract(account),
  email text not null,
  renews boolean not null,
  placed_at bigint not null,
  state text not null check (state in ('waiting', 'paid', 'over'))
);
create index purchase_of_account on purchase(account, number);
create index purchase_waiting on purchase(account) where state = 'waiting';

-- The lowest version that may work, the newest row counts; null: any.
create table required_version(
  id bigint generated always as identity primary key,
  version text,
  at bigint not null,
  email text not null
);

-- Counts the leases that were signed. Numbers may be left out, and never come twice.
create sequence lease_number;

-- The office's own leases above what it had signed when they were shown to it: its store was put
-- back.
create table forgotten(
  counter bigint primary key,
  lease text not null,
  seen_at bigint not null
);

-- What the office's people did, each act once and for ever.
create table act(
  id bigint generated always as identity primary key,
  at bigint not null,
  email text not null,
  what text not null,
  target text not null,
  reason text
);
create index act_of_target on act(target, id);

create table account(
  email text primary key,
  role text not null check (role in ('client', 'staff')),
  contract text references contract,
  secret text not null,
  language text check (language in ('ru', 'be', 'en')),
  wrong integer not null default 0,
  wrong_at bigint not null default 0
);

create table session(
  token_hash text primary key,
  email text not null references account,
  until bigint not null
);
