-- Keys with which personal data are sealed: their numbers and fingerprints. The keys themselves lie in data-keys.json.
create table data_key (
    number BIGINT primary key,
    algorithm TEXT not null,
    print TEXT not null,
    made_at BIGINT not null,
    removed_at BIGINT
);

-- How far the texts of a column have been sealed with a key. A column that is not here may still hold plain text.
create table sealed_column (
    name TEXT primary key,
    key_number BIGINT not null,
    after_row TEXT not null,
    is_done BIGINT not null,
    resealed BIGINT not null
);
