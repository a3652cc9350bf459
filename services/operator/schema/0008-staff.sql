-- The operator's people: what each may, and who is out.
alter table account add column staff_role text
  check (staff_role in ('support', 'supervisor', 'administrator'));
update account set staff_role = 'administrator' where role = 'staff';
alter table account add column disabled_at bigint;
create index session_of_account on session(email);

-- A one-time way to choose a password: for whoever is invited, or has forgotten hers.
create table invitation(
  token_hash text primary key,
  email text not null references account,
  until bigint not null
);
create index invitation_of_account on invitation(email);

-- One-time codes by time (RFC 6238), and guesses at them.
create table second_factor(
  email text primary key references account,
  -- wrapped under a key that lies outside of the database
  secret text not null,
  -- null: not yet confirmed by a code
  confirmed_at bigint,
  -- the last step that a code was taken of: none is taken twice
  last_step bigint not null default 0,
  wrong integer not null default 0,
  wrong_at bigint not null default 0
);
create table recovery_code(
  email text not null references second_factor on delete cascade,
  code_hash text not null,
  used_at bigint,
  primary key (email, code_hash)
);

-- A session in which one of the operator's people sees what a client sees.
alter table session add column viewing text references client;
alter table session add column viewing_until bigint;
alter table session add column viewing_reason text;
