-- What is still kept of a file: 'all', 'pictures' (the original is erased), 'nothing'; see files/erase.rs. `erasing` is 1 while
-- bytes that are no longer kept may still lie in the folder or the bucket.
alter table file add column kept TEXT not null default 'all';
alter table file add column erasing BIGINT not null default 0;
create index file_erasing on file (id) where erasing = 1;
