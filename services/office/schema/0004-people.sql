-- A client's people: what each may, and who is out.
alter table account add column client_role text not null default 'owner'
  check (client_role in ('owner', 'accountant', 'viewer'));
alter table account add column disabled_at bigint;
create index account_of_client on account(contract, email);

-- Invitations that nobody has taken up yet; the token itself is known to whoever holds the link.
create table client_invitation(
  token_hash text primary key,
  contract text not null references contract,
  email text not null,
  client_role text not null check (client_role in ('owner', 'accountant', 'viewer')),
  invited_by text not null,
  until bigint not null
);
create unique index client_invitation_of on client_invitation(contract, email);

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

-- Since when a session is, from which address, and what the browser said of itself. Null: an older
-- version wrote none.
alter table session add column opened_at bigint;
alter table session add column origin text;
alter table session add column browser text;
create index session_of_account on session(email);

-- The audit trail holds acts of clients as well: of which contract, and from which address.
alter table act alter column target drop not null;
alter table act add column contract text;
alter table act add column origin text;
create index act_by_time on act(at, id);
create index act_by_person on act(email, at, id);
create index act_by_what on act(what, at, id);
create index act_by_contract on act(contract, at, id);

-- What people are told of by mail, and the messages (services/runtime/{matters,outbox}.ts).
create table matter(
  key text primary key,
  phase text not null check (phase in ('seen', 'told', 'passing')),
  since bigint not null,
  -- JSON: what it is about, and who is told of its end
  facts text not null,
  addressees text not null,
  after_ms bigint not null
);
create table mail(
  id text primary key,
  email text not null,
  language text not null,
  facts text not null,
  told text not null check (told in ('begun', 'over', 'once')),
  made_at bigint not null,
  next_at bigint not null,
  attempts integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given-up'))
);
create index mail_waiting on mail(next_at) where state = 'waiting';
create index mail_made on mail(made_at);
