-- A role that had every right there was is meant to have all: it gets the one that is new. Where a
-- shop has taken something away, whoever keeps the people decides (docs/rights.md).
update role set rights = json_insert(rights, '$[#]', 'support')
where not exists (select 1 from json_each(rights) where value = 'support')
  and not exists (
    select 1 from json_each('["sale", "refund", "annul", "cash.move", "shift", "report",
      "price.change", "price.free", "discount", "red.resolve", "clearing.switch", "correct",
      "goods.edit", "people.edit", "settings.edit", "backup", "update", "journal.read"]') former
    where former.value not in (select value from json_each(rights)));
