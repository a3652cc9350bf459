-- The operation that a refund or an annulment undoes; whether a notice waits to be read; what is in
-- doubt about it: `unproved`, a person's word that nobody could check yet, or `disproved`.
alter table operation add column undoes text;
alter table operation add column notice integer not null default 0;
alter table operation add column doubt text;
create index operation_undoes on operation(undoes) where undoes is not null;
create index operation_notice on operation(seq) where notice = 1;
create index operation_doubt on operation(doubt, at) where doubt is not null;
create index operation_correction on operation(seq) where kind = 'correction';

-- What people set; each change is a line of the journal.
create table setting(name text primary key, value text not null) strict;
