-- Displays on walls; see model.rs. Of the word in a display's address only its hash is here.
create table screen_display (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    place TEXT not null,
    title TEXT not null,
    panels TEXT not null,
    division_id BIGINT,
    word_hash TEXT not null unique,
    created_by BIGINT,
    created_at BIGINT not null,
    until_date TEXT not null,
    revoked_at BIGINT,
    seen_at BIGINT,
    version BIGINT not null
);
create index screen_display_age on screen_display (created_at, id);
