-- Which keys have followed a device's public_key, JSON as core/api/key-changes.ts has it: each document
-- is believed by the key of its number.
alter table device add column key_changes text not null default '[]';
