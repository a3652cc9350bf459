-- What business days of terminals come to, open ones too: what each row of bank_transaction adds is
-- added with it, see core/card/day-sums.ts. Rows that the bank has forgotten are counted apart.
create table day_sum(
  terminal text collate "C" not null,
  day integer not null,
  unp text collate "C" not null,
  kind text not null,
  reversal boolean not null,
  forgotten boolean not null,
  count integer not null,
  sum bigint not null,
  primary key (terminal, day, unp, kind, reversal, forgotten)
);
insert into day_sum(terminal, day, unp, kind, reversal, forgotten, count, sum)
select terminal, day, unp, kind, reversal, forgotten_at is not null, count(*), sum(sum)
from bank_transaction where rrn is not null or reversal
group by terminal, day, unp, kind, reversal, forgotten_at is not null;

-- The turnover once more by whole months, 'YYYY-MM': a year is a dozen of them.
create table turnover_month(
  unp text not null,
  month text not null,
  split text not null,
  value text not null,
  count integer not null,
  declined integer not null,
  paid bigint not null,
  back bigint not null,
  primary key (unp, month, split, value)
);
insert into turnover_month(unp, month, split, value, count, declined, paid, back)
select unp, left(day, 7), split, value, sum(count), sum(declined), sum(paid), sum(back)
from turnover group by unp, left(day, 7), split, value;
