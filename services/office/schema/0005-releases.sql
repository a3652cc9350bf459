-- Metadata of releases as they were signed, see core/updating/metadata.ts; nothing of it is changed.
create table release_file(
  role text not null check (role in ('root', 'targets', 'snapshot', 'timestamp')),
  version integer not null,
  text text not null,
  at bigint not null,
  primary key (role, version)
);

-- Archives that lie in the office's folder, by what they hold.
create table release_archive(
  sha256 text primary key,
  length bigint not null,
  at bigint not null
);

-- The day from which a version is required; null: since it was written down.
alter table required_version add column from_day text;
