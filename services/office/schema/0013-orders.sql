-- The order by sum is walked past whatever is not of the days asked for: by the index alone, since
-- `at` stands in it.
drop index bank_transaction_by_sum;
create index bank_transaction_by_sum on bank_transaction(unp, sum, id, at);

-- Declined refunds are looked for among refunds by the index alone.
drop index bank_transaction_by_kind;
create index bank_transaction_by_kind on bank_transaction(unp, kind, at, id, rrn)
  where kind <> 'purchase';
