-- The audit trail: acts of the operator's people and of clients, and looks into a client's data.
-- Never changed, never removed.
alter table act alter column register drop not null;
-- the client that it concerns
alter table act add column unp text;
-- what it was done to, where that is no register: an account, a device, a document
alter table act add column target text;
-- the address that it came from; null where the version before wrote none
alter table act add column origin text;
create index act_by_time on act(at, id);
create index act_by_person on act(email, at, id);
create index act_by_what on act(what, at, id);
create index act_by_register on act(register, at, id);
create index act_by_client on act(unp, at, id);
drop index act_of_register;
