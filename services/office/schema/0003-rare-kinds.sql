-- What is rare is looked for by its own index: by time it would be looked for among all the rest.
create index bank_transaction_by_kind on bank_transaction(unp, kind, at, id)
  where kind <> 'purchase';
