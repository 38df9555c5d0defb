-- 材料期: a published edition of a scheme, the month of its test, the days on which evidence is taken in, and limits by kind.
create table evidence_period (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    scheme_number TEXT not null,
    scheme_name TEXT not null,
    test_month TEXT not null,
    opens TEXT not null,
    closes TEXT not null,
    limits TEXT not null,
    state TEXT not null,
    made_by TEXT not null,
    made_at BIGINT not null,
    version BIGINT not null
);

-- 征集: what one unit was asked for, or would have been asked for had it not been stopped.
create table evidence_request (
    id BIGINT primary key,
    number TEXT not null unique,
    period_id BIGINT not null references evidence_period (id),
    unit_id BIGINT not null,
    kind TEXT not null,
    codes TEXT not null,
    what TEXT not null,
    guidance TEXT not null,
    due_on TEXT not null,
    state TEXT not null,
    why TEXT,
    pointers TEXT not null,
    reason TEXT not null,
    answer_item BIGINT,
    asked_by TEXT not null,
    asked_at BIGINT not null,
    answered_at BIGINT,
    version BIGINT not null
);
create index evidence_request_by_time on evidence_request (asked_at, id);
create index evidence_request_of_unit on evidence_request (unit_id, asked_at, id);
create index evidence_request_of_period on evidence_request (period_id, state);

-- By what "was this asked before" is answered: for one unit, one kind, one standard of any edition.
create table evidence_request_standard (
    request_id BIGINT not null references evidence_request (id),
    unit_id BIGINT not null,
    kind TEXT not null,
    scheme_name TEXT not null,
    code TEXT not null,
    primary key (request_id, code)
);
create index evidence_asked on evidence_request_standard (unit_id, kind, scheme_name, code);

-- Whoever asks a unit passes this row first: of two who ask the same at once, the second sees what the first did.
create table evidence_gate (
    unit_id BIGINT primary key,
    turn BIGINT not null
);

-- 材料: one item of one unit.
create table evidence_item (
    id BIGINT primary key,
    number TEXT not null unique,
    unit_id BIGINT not null,
    kind TEXT not null,
    title TEXT not null,
    statement TEXT not null,
    dated TEXT,
    state TEXT not null,
    request_id BIGINT,
    reason TEXT not null,
    made_by TEXT not null,
    made_id BIGINT,
    made_at BIGINT not null,
    submitted_at BIGINT,
    first_by TEXT not null,
    first_id BIGINT,
    first_at BIGINT,
    second_by TEXT not null,
    second_id BIGINT,
    second_at BIGINT,
    filed_by TEXT not null,
    filed_at BIGINT,
    version BIGINT not null
);
create index evidence_item_by_time on evidence_item (made_at, id);
create index evidence_item_of_unit on evidence_item (unit_id, made_at, id);
create index evidence_item_by_state on evidence_item (state, submitted_at, id);
create index evidence_item_of_request on evidence_item (request_id);

-- What an item is used for: many standards of many periods.
create table evidence_use (
    id BIGINT primary key,
    item_id BIGINT not null references evidence_item (id),
    period_id BIGINT not null references evidence_period (id),
    scheme_name TEXT not null,
    code TEXT not null,
    name TEXT not null,
    lead_unit BIGINT,
    grade BIGINT,
    graded_by TEXT not null,
    graded_at BIGINT,
    added_at BIGINT not null,
    version BIGINT not null,
    unique (item_id, period_id, code)
);
create index evidence_use_of_period on evidence_use (period_id, code);
create index evidence_use_of_scheme on evidence_use (scheme_name, code);
create index evidence_use_led on evidence_use (lead_unit);

-- Its files, with what was measured of pictures.
create table evidence_file (
    id BIGINT primary key,
    item_id BIGINT not null references evidence_item (id),
    file_id BIGINT not null,
    sha256 TEXT not null,
    place BIGINT not null,
    caption TEXT not null,
    sharp BIGINT,
    added_at BIGINT not null,
    version BIGINT not null
);
create index evidence_file_of_item on evidence_file (item_id, place);
create index evidence_file_by_bytes on evidence_file (sha256);

-- 减负台账: what was laid upon a unit and what it handed in, as it happened.
create table burden_entry (
    id BIGINT primary key,
    unit_id BIGINT not null,
    at BIGINT not null,
    month TEXT not null,
    week TEXT not null,
    what TEXT not null,
    amount BIGINT not null,
    days BIGINT not null,
    about TEXT not null
);
create index burden_by_month on burden_entry (month, unit_id);
create index burden_by_week on burden_entry (week, unit_id);
