-- The operator's last believed word on what it has laid on the register, JSON of SignedMeasures: a
-- projection. It decides while the operator cannot be asked.
create table measures(one integer primary key check (one = 1), body text not null) strict;
