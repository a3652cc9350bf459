-- Shifts closed in one go: a projection of the journal. `withdrawal` and `closing` name operations,
-- which may not have been begun yet.
create table cash_up(
  seq integer primary key,
  id text not null unique,
  shift integer not null,
  withdrawal text,
  closing text not null,
  -- 0: a person had to decide about one of its operations since it was last asked for
  wanted integer not null,
  -- JSON of core/register/cash-up.ts
  body text not null
) strict;
create index cash_up_shift on cash_up(shift, seq);
create index cash_up_withdrawal on cash_up(withdrawal) where withdrawal is not null;
create index cash_up_closing on cash_up(closing);
