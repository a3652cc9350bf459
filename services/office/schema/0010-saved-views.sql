-- What somebody looks for often in «Transactions», under a name of her own.
create table saved_view(
  id bigint generated always as identity primary key,
  email text not null references account,
  name text not null,
  filter jsonb not null,
  unique (email, name)
);
