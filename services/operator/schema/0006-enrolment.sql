-- Devices and tills that ask to be enrolled: core/operator/enrolment.ts. `request_hash`: SHA-256 of what
-- the device names its request by.
create table enrolment(
  request_hash text primary key,
  code text not null,
  kind text not null check (kind in ('sko', 'register')),
  serial text not null,
  public_key text not null,
  -- public half of the key of agreement
  agreement text not null,
  -- where the request came from
  address text not null,
  state text not null check (state in ('asked', 'confirmed', 'refused')),
  asked_at bigint not null,
  expires_at bigint not null,
  poll integer not null,
  polled_at bigint,
  wait_ms integer not null,
  -- of whoever was enrolled
  register integer references register,
  ended_by text,
  ended_at bigint
);
create unique index enrolment_by_code on enrolment(code) where state = 'asked';
create unique index enrolment_by_key on enrolment(public_key) where state = 'asked';
create index enrolment_by_end on enrolment(expires_at) where state = 'asked';

-- Null of devices that came by a list.
alter table device add column agreement text;
alter table device add column enrolled_at bigint;
create index device_by_key on device(public_key);

-- The till that works with a register's device, one at a time.
create table till(
  till text primary key,
  register integer not null unique references register,
  public_key text not null unique,
  agreement text not null,
  enrolled_at bigint not null
);

-- Wrong codes that an account has typed, counted apart from its password.
alter table account add column codes_wrong integer not null default 0;
alter table account add column codes_wrong_at bigint not null default 0;
