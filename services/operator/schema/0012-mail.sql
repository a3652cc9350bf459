-- What people are told of by mail, and the messages (services/runtime/matters.ts).
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
  told text not null check (told in ('begun', 'over')),
  made_at bigint not null,
  next_at bigint not null,
  attempts integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given-up'))
);
create index mail_waiting on mail(next_at) where state = 'waiting';
create index mail_made on mail(made_at);
