-- Acts are looked for by how their target begins.
create index act_by_target on act((lower(target) collate "C"), at, id);
