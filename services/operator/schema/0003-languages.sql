-- What the account chose to read; null: it never did.
alter table account add column language text check (language in ('ru', 'be', 'en'));
