-- What a person chose to read; null: she never did.
alter table person add column language text check (language in ('ru', 'be', 'en'));

-- In which a paper was first printed: a repeat of it is the same; null: not begun yet.
alter table print_job add column language text;

-- Units are codes; their words are made where they are read.
update goods set unit = case unit when 'кг' then 'kg' else 'piece' end;
