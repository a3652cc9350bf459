-- What a purchase asked for, beside what of it was approved.
alter table entry add column asked bigint;
update entry set asked = sum;
alter table entry alter column asked set not null;

-- Its bank approves what there is where more is asked for.
alter table card add column partial boolean not null default false;

-- Keys that terminals and bank know each other by, each under the bank's own key of that purpose.
create table terminal_key(
  terminal text not null references terminal,
  key text not null,
  wrapped text not null,
  primary key (terminal, key)
);
