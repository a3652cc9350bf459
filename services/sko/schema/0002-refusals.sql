-- What a command was refused with: the same operation is refused the same for ever.
alter table tombstone add column fault text not null default 'ZPOS_OPERATION_ABANDONED';
alter table tombstone add column why text;
