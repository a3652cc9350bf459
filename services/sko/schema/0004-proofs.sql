-- The operator's signed acknowledgement behind `acknowledged`: core/operator/statement.ts SignedHead, as
-- JSON. Null: there is none, or it is of an older version, which kept the number alone.
alter table device add column proof text;
-- A signed acknowledgement that cannot be about these documents: while it stands nothing is signed.
alter table device add column diverged text;

-- What was seen of a store that was put back, on this side or the operator's: never deleted.
create table evidence(
  device text not null references device(serial),
  at integer not null,
  -- `diverged`: the operator holds other documents; `forgotten`: fewer than it acknowledged
  what text not null,
  -- the device's own last number then, and the number acknowledged
  number integer not null,
  acknowledged integer not null,
  proof text not null
) strict;
create index evidence_of_device on evidence(device, at);
