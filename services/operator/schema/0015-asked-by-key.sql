-- What a till told with its last question, signed by its own key: core/operator/asking.ts. Null: it has
-- never asked so, and is answered as tills of versions before are.
alter table till add column asked_at bigint;
alter table till add column red integer not null default 0;
alter table till add column red_since bigint;
create index till_by_red on till(red_since) where red > 0;
