-- People come and go, and their roles are the shop's own (K3): roles are named by the shop too.
-- The table is made anew, since a check of a column cannot be taken back.
create table person_now(
  name text primary key,
  role text not null,
  -- '': nobody who may sign in.
  pin text not null,
  wrong integer not null default 0,
  wrong_at integer not null default 0,
  language text check (language in ('ru', 'be', 'en')),
  -- Null: she works here.
  disabled_at integer,
  -- Another one after every change.
  revision integer not null default 1,
  -- The request that added her: repeated, it adds nobody.
  request text unique
) strict;
insert into person_now(name, role, pin, wrong, wrong_at, language)
  select name, role, pin, wrong, wrong_at, language from person;

create table session_now(
  token text primary key,
  person text not null references person_now(name),
  expires_at integer not null
) strict;
insert into session_now(token, person, expires_at) select token, person, expires_at from session;

drop table session;
drop table person;
alter table person_now rename to person;
alter table session_now rename to session;
create index session_of on session(person);

alter table role add column revision integer not null default 1;
alter table role add column request text;
create unique index role_of_request on role(request) where request is not null;
