-- What the operator's people said became of a red operation, each word once and for ever; the newest
-- of an operation counts, and only in place of what the books do not tell.
create table staff_word(
  id bigint generated always as identity primary key,
  device text not null references device,
  operation text not null,
  verdict text not null check (verdict in ('done', 'never')),
  evidence text not null check (evidence in ('document', 'journal', 'statement')),
  -- core/operator/statement.ts AnsweredDocument, as JSON; null: there is none
  document text,
  reason text not null,
  said_by text not null,
  said_at bigint not null
);
create index staff_word_of_operation on staff_word(device, operation, id);
create index staff_word_of_device on staff_word(device, id);
