-- Rights that were lent on the spot for one operation (N10); a projection of the journal. `body`:
-- JSON of core/access/lent.ts.
create table lent_right(
  id text primary key,
  body text not null
) strict;
