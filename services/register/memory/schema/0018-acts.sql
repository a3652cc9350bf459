-- Who did what when (K6): never changed, each line chained to the one before. `body`: JSON of
-- core/register/act.ts.
create table act(
  seq integer primary key,
  at integer not null,
  person text,
  what text not null,
  body text not null,
  hash text not null
) strict;
create index act_at on act(at);
create index act_person on act(person, seq);
create index act_of_person on act(person, what, seq);
create index act_what on act(what, seq);
create trigger act_stands before update on act begin
  select raise(abort, 'an act is never changed');
end;
create trigger act_stays before delete on act begin
  select raise(abort, 'an act is never removed');
end;

-- The words of each act, beside its person and its name as words of their own: any of them meet
-- in one look. A row is found by the number of its act.
create virtual table act_word using fts5(words, content = '', detail = none, columnsize = 0);
