-- Every three characters of what goods are searched by, so that no search reads all of them (N8).
create virtual table goods_words using fts5(
  search, content='', contentless_delete=1, tokenize='trigram case_sensitive 1'
);
insert into goods_words(rowid, search) select id, search from goods;
create trigger goods_words_added after insert on goods begin
  insert into goods_words(rowid, search) values (new.id, new.search);
end;
create trigger goods_words_changed after update of search on goods begin
  delete from goods_words where rowid = old.id;
  insert into goods_words(rowid, search) values (new.id, new.search);
end;
create trigger goods_words_gone after delete on goods begin
  delete from goods_words where rowid = old.id;
end;

-- The order of the tiles with what is searched: one or two letters are looked for along it.
drop index goods_tiles;
create index goods_tiles on goods(favourite desc, name, search) where retired_at is null;

-- Goods whose search text is still of the folding before; it is folded anew at the next start.
create table goods_unfolded(goods integer primary key) strict;
insert into goods_unfolded select id from goods;
