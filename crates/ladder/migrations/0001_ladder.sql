-- Reminders, supervision letters and summonses, from proposal to end.
create table ladder_letter (
    id BIGINT primary key,
    -- what people call it before it has an official number, and in addresses
    code TEXT not null unique,
    rung TEXT not null,
    state TEXT not null,
    -- the step of the ladder that asked for it, or by-hand
    step TEXT not null,
    occasion TEXT not null,
    subject_kind TEXT not null,
    subject_id BIGINT not null,
    subject_number TEXT not null,
    subject_title TEXT not null,
    unit_id BIGINT not null,
    governing_unit BIGINT,
    series TEXT,
    series_number BIGINT,
    number TEXT unique,
    text TEXT not null,
    due_at BIGINT,
    answer_by BIGINT,
    meet_at BIGINT,
    meet_place TEXT not null,
    meet_whom TEXT not null,
    proposed_at BIGINT not null,
    drafted_by BIGINT,
    issued_at BIGINT,
    signed_by BIGINT,
    acknowledged_at BIGINT,
    acknowledged_by BIGINT,
    answered_at BIGINT,
    answered_by BIGINT,
    answer TEXT not null,
    held_at BIGINT,
    minutes TEXT not null,
    ended_at BIGINT,
    reason TEXT not null,
    carried_from BIGINT,
    version BIGINT not null,
    -- an official number is given once
    unique (series, series_number)
);
create index ladder_by_subject on ladder_letter (subject_kind, subject_id, id);
create index ladder_by_state on ladder_letter (state, proposed_at, id);
create index ladder_by_time on ladder_letter (proposed_at, id);
create index ladder_by_unit on ladder_letter (unit_id, state, id);
create index ladder_by_unit_time on ladder_letter (unit_id, proposed_at, id);
create index ladder_by_governing on ladder_letter (governing_unit, proposed_at, id);
create index ladder_by_answer on ladder_letter (state, answer_by, id);

-- Each step once for a subject and occasion: who enters the row here issues, everybody else has come too late.
create table ladder_fired (
    subject_kind TEXT not null,
    subject_id BIGINT not null,
    occasion TEXT not null,
    step TEXT not null,
    at BIGINT not null,
    -- none where a higher step was due as well
    letter_id BIGINT,
    primary key (subject_kind, subject_id, occasion, step)
);

-- The last official number of a kind and year. A row that is counted up inside the transaction that uses the number, so
-- that none is skipped.
create table ladder_series (
    series TEXT primary key,
    last BIGINT not null
);

-- What was issued: the description it was made from, and each paper as it was first made.
create table ladder_paper (
    letter_id BIGINT not null references ladder_letter (id),
    format TEXT not null,
    bytes BYTES not null,
    sha256 TEXT not null,
    made_at BIGINT not null,
    primary key (letter_id, format)
);

-- What a unit sent with its answer.
create table ladder_file (
    id BIGINT primary key,
    letter_id BIGINT not null references ladder_letter (id),
    file_id BIGINT not null
);
create index ladder_file_letter on ladder_file (letter_id, id);

-- What a unit undertook at a summons.
create table ladder_undertaking (
    id BIGINT primary key,
    letter_id BIGINT not null references ladder_letter (id),
    text TEXT not null,
    due TEXT not null,
    done_at BIGINT,
    done_by BIGINT,
    version BIGINT not null
);
create index ladder_undertaking_letter on ladder_undertaking (letter_id, id);
create index ladder_undertaking_open on ladder_undertaking (done_at, due, id);
