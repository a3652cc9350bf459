-- When the operator confirmed the till that `credential` is shared with (core/operator/statement.ts
-- Pairing); null: the secret came by a list. An older pairing never replaces a newer one.
alter table device add column paired_at integer;
