-- 遮挡: parts of pictures and of words that the public does not get.
-- Which parts of title and description are struck out, by the places of their characters; no words are kept here.
alter table case_file add column strikes TEXT not null default '';

-- A picture of which parts are taken out. It belongs to the picture as it came, so that every case that shows it is covered.
create table case_cover (
    id BIGINT primary key,
    file_id BIGINT not null unique,
    areas TEXT not null,
    -- 1: the unit that handles the case gets the covered picture as well
    from_unit BIGINT not null,
    -- the new picture; null while it is being made
    covered_id BIGINT,
    made_by BIGINT,
    made_at BIGINT not null,
    version BIGINT not null
);
create index case_cover_covered on case_cover (covered_id);
