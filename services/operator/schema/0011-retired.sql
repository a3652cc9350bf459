-- A device that was retired: its chain is sealed at its head, and nothing of it is taken any more. What
-- comes all the same stands in quarantine. Null: it is at work.
alter table device add column retired_at bigint;
alter table device add column retired_by text;
alter table device add column retired_reason text;
