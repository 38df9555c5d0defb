-- What is kept of every picture of a case to find it again: made by the program, once for each picture.
create table honesty_print (
    photo_id BIGINT primary key,
    case_id BIGINT not null,
    file_id BIGINT not null,
    kind TEXT not null,
    taken_by BIGINT,
    added_at BIGINT not null,
    sha256 TEXT not null,
    -- whether the camera wrote what it is
    has_camera BIGINT not null,
    print BYTES not null
);
create index honesty_print_sha256 on honesty_print (sha256);
create index honesty_print_sender on honesty_print (taken_by, kind, photo_id);

-- A warning for a person to look at; never a verdict of the program. `other_photo` is 0 where it is about the picture alone.
create table honesty_warning (
    id BIGINT primary key,
    number TEXT not null unique,
    kind TEXT not null,
    photo_id BIGINT not null,
    case_id BIGINT not null,
    case_number TEXT not null,
    unit_id BIGINT,
    governing_unit BIGINT,
    other_photo BIGINT not null,
    other_case BIGINT,
    figures TEXT not null,
    state TEXT not null,
    reason TEXT not null,
    decided_by BIGINT,
    decided_at BIGINT,
    created_at BIGINT not null,
    version BIGINT not null,
    unique (photo_id, kind, other_photo)
);
-- lists: newest first, by state, by kind, by unit; a case's own; confirmed ones of a period
create index honesty_warning_time on honesty_warning (created_at, id);
create index honesty_warning_state on honesty_warning (state, created_at, id);
create index honesty_warning_unit on honesty_warning (unit_id, created_at, id);
create index honesty_warning_case on honesty_warning (case_id, id);
create index honesty_warning_decided on honesty_warning (state, decided_at, unit_id);

-- How far the log has been followed; see store::follow.
create table honesty_place (
    lane BIGINT primary key,
    seq BIGINT not null
);

-- How far going through earlier pictures has come: the last one seen.
create table honesty_backfill (
    id BIGINT primary key,
    photo_id BIGINT not null,
    finished BIGINT not null
);
