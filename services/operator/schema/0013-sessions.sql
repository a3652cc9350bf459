-- Since when a session is, from which address, and what the browser said of itself. Null: an older
-- version wrote none.
alter table session add column opened_at bigint;
alter table session add column origin text;
alter table session add column browser text;

-- A letter of its own: an invitation.
alter table mail drop constraint mail_told_check;
alter table mail add constraint mail_told_check check (told in ('begun', 'over', 'once'));
