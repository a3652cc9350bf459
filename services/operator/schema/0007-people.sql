-- What an account of a client's may there.
alter table account add column client_role text not null default 'owner'
  check (client_role in ('owner', 'accountant', 'viewer'));
create index account_of_client on account(unp, email);

-- Invitations that nobody has taken up yet; the token itself is known to whoever holds the link.
create table client_invitation(
  token_hash text primary key,
  unp text not null references client,
  email text not null,
  client_role text not null check (client_role in ('owner', 'accountant', 'viewer')),
  invited_by text not null,
  until bigint not null
);
create unique index client_invitation_of on client_invitation(unp, email);
