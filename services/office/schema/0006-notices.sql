-- What an account does not want to be told of by mail.
create table unwanted_notice(
  email text not null references account,
  notice text not null,
  primary key (email, notice)
);

-- What is told of is found without reading everything.
create index subscription_lapsed on subscription(serial, run) where end_reason = 'lapsed';
create index bank_day_unbalanced on bank_day(closed_at) where code <> '500';
