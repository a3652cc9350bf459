-- Devices that were replaced, a projection: operations up to `upto` (their seq) are the former one's.
-- `body`: core/register/replacement.ts.
create table replacement(
  seq integer primary key,
  upto integer not null,
  body text not null
) strict;

-- The account of what was in the drawer of a replaced device.
update ledger set body = json_set(body, '$.balances.carried', 0);
