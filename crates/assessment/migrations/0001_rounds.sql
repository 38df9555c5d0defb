-- A round of inspections that came as a workbook: who is judged by what, and every row as it was read. What rows mean is worked
-- out from them each time, so that a better match never changes what stood in the file.
create table assessment_round (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    file_name TEXT not null,
    sha256 TEXT not null,
    row_count BIGINT not null,
    created_by BIGINT,
    created_at BIGINT not null,
    version BIGINT not null
);
create index assessment_round_time on assessment_round (created_at, id);
create index assessment_round_file on assessment_round (sha256);

-- Items, streets and units that rows may name, in the order of the tables that came with the workbook.
create table assessment_round_name (
    id BIGINT primary key,
    round_id BIGINT not null,
    kind TEXT not null,
    place BIGINT not null,
    code TEXT not null,
    name TEXT not null
);
create index assessment_round_name_round on assessment_round_name (round_id, kind, place);

create table assessment_round_row (
    id BIGINT primary key,
    round_id BIGINT not null,
    row_number BIGINT not null,
    serial TEXT not null,
    item TEXT not null,
    sub_item TEXT not null,
    point TEXT not null,
    lost TEXT not null,
    given TEXT not null,
    street TEXT not null,
    units TEXT not null,
    rest TEXT not null
);
create index assessment_round_row_round on assessment_round_row (round_id, row_number);

-- What a person said a text means.
create table assessment_round_match (
    id BIGINT primary key,
    round_id BIGINT not null,
    kind TEXT not null,
    text TEXT not null,
    name_id BIGINT not null,
    decided_by BIGINT,
    decided_at BIGINT not null,
    version BIGINT not null,
    unique (round_id, kind, text)
);
