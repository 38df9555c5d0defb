-- What places and units are called, for finding them by parts, sounds, initials and with slips; see naming.rs. A name that
-- several things bear (a street its sections) is kept once. What follows from a name never changes, so rows are only added.
create table name_text (
    id BIGINT primary key,
    kind TEXT not null,
    name TEXT not null,
    unique (kind, name)
);

create table name_key (
    key TEXT not null,
    text_id BIGINT not null,
    primary key (key, text_id)
);

create table name_bearer (
    thing BIGINT not null,
    text_id BIGINT not null,
    primary key (thing, text_id)
);
create index name_bearer_text on name_bearer (text_id, thing);

-- By which rules the keys of a kind were made.
create table name_version (
    kind TEXT primary key,
    version BIGINT not null
);
