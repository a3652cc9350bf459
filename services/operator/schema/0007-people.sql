-- What an account of a client's may there, and since when it is disabled (null: it is not).
alter table account add column client_role text not null default 'owner'
  check (client_role in ('owner', 'accountant', 'viewer'));
alter table account add column disabled_at bigint;
create index account_of_client on account(unp, email);

-- Invitations that nobody has taken up yet; the token itself is known to whoever holds the link.
create table invitation(
  token_hash text primary key,
  unp text not null references client,
  email text not null,
  client_role text not null check (client_role in ('owner', 'accountant', 'viewer')),
  invited_by text not null,
  until bigint not null
);
create unique index invitation_of_client on invitation(unp, email);
