-- What an account does not want to be told of by mail.
create table unwanted_notice(
  email text not null references account,
  notice text not null,
  primary key (email, notice)
);
