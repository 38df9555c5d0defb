-- What was erased of a case because its time was over, or because its reporter asked: who reported, what was said. The case and
-- its figures stay.
alter table case_file add column reporter_erased_at BIGINT;
alter table case_file add column words_erased_at BIGINT;
create index case_words_due on case_file (closed_at, id) where closed_at is not null and words_erased_at is null;
-- 0: all is kept, 1: the original is erased, 2: the picture too
alter table case_photo add column erased BIGINT not null default 0;
create index case_photo_kept on case_photo (case_id, id) where erased < 2;
