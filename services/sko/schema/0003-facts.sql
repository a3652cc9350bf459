-- What a refusal speaks of, as JSON: its words are made where they are read. `why` holds the words
-- of what was buried before.
alter table tombstone add column facts text;
