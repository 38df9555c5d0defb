-- Where a file's bytes belong to: 'folder', or 's3'; see files/place.rs. `leftover` is 1 while its bytes may still lie where
-- they were moved from; `move_fault` says why it could not be moved. The hashes are those of the pictures that are shown.
alter table file add column place TEXT not null default 'folder';
alter table file add column leftover BIGINT not null default 0;
alter table file add column move_fault TEXT;
alter table file add column full_sha256 TEXT;
alter table file add column thumb_sha256 TEXT;
create index file_place on file (place, state, id);
create index file_leftover on file (leftover, id);

-- One row while the storage cannot be used; none when all is well.
create table file_trouble (
    id BIGINT primary key,
    since BIGINT not null,
    tries BIGINT not null,
    error TEXT not null
);
