-- A client's registers are found without reading everybody's.
create index register_of_client on register(unp);
