-- The catalogue of components and events, versioned; one version is in force.
create table catalogue_version (
    id BIGINT primary key,
    name TEXT not null,
    source TEXT not null,
    state TEXT not null,
    created_at BIGINT not null,
    version BIGINT not null
);

create table catalogue_item (
    id BIGINT primary key,
    version_id BIGINT not null references catalogue_version (id),
    kind TEXT not null,
    code TEXT not null,
    major_code TEXT not null,
    major_name TEXT not null,
    name TEXT not null,
    public BIGINT not null,
    default_unit BIGINT,
    unique (version_id, kind, code)
);

-- 立案条件 and time limits: for an item and condition, else for the item, else for the whole version (item_id 0).
create table catalogue_limit (
    id BIGINT primary key,
    version_id BIGINT not null references catalogue_version (id),
    item_id BIGINT not null,
    condition TEXT not null,
    condition_text TEXT not null,
    stage TEXT not null,
    amount BIGINT not null,
    unit TEXT not null,
    closing_text TEXT not null,
    unique (version_id, item_id, condition, stage)
);

-- Names and codes of older versions and foreign systems, mapped by a person.
create table catalogue_alias (
    id BIGINT primary key,
    system TEXT not null,
    name TEXT not null,
    item_id BIGINT references catalogue_item (id),
    mapped_by BIGINT,
    mapped_at BIGINT,
    seen BIGINT not null,
    unique (system, name)
);

create table case_file (
    id BIGINT primary key,
    number TEXT not null unique,
    state TEXT not null,
    source TEXT not null,
    title TEXT not null,
    description TEXT not null,
    item_id BIGINT,
    condition TEXT not null,
    urgent BIGINT not null,
    lng DOUBLE,
    lat DOUBLE,
    crs TEXT not null,
    accuracy_m DOUBLE,
    address TEXT not null,
    section_id BIGINT,
    along_m DOUBLE,
    division_id BIGINT,
    grid TEXT,
    site_id BIGINT,
    governing_unit BIGINT,
    suggested_unit BIGINT,
    lead_unit BIGINT,
    reported_by BIGINT,
    answered_by BIGINT,
    reported_at BIGINT not null,
    confirmed_at BIGINT,
    registered_at BIGINT,
    dispatched_at BIGINT,
    received_at BIGINT,
    answered_at BIGINT,
    verified_at BIGINT,
    closed_at BIGINT,
    stage_due_at BIGINT,
    stage_provisional BIGINT not null,
    limit_amount BIGINT,
    limit_unit TEXT,
    due_at BIGINT,
    due_provisional BIGINT not null,
    paused_at BIGINT,
    parked_until TEXT,
    on_time BIGINT,
    rework_count BIGINT not null,
    return_count BIGINT not null,
    extension_count BIGINT not null,
    contest_count BIGINT not null,
    supervision_count BIGINT not null,
    satisfaction TEXT,
    parent_id BIGINT,
    merged_into BIGINT,
    follower_count BIGINT not null,
    is_public BIGINT not null,
    outside_system TEXT,
    outside_id TEXT,
    version BIGINT not null
);
-- lists: newest first, by state, by what is due next, by unit
create index case_by_time on case_file (reported_at, id);
create index case_by_state on case_file (state, reported_at, id);
create index case_by_due on case_file (state, stage_due_at, id);
create index case_by_unit on case_file (lead_unit, state, stage_due_at, id);
create index case_by_unit_time on case_file (lead_unit, reported_at, id);
create index case_by_governing on case_file (governing_unit, reported_at, id);
create index case_by_reporter on case_file (reported_by, reported_at, id);
create index case_by_section on case_file (section_id, state, reported_at, id);
create index case_by_item on case_file (item_id, reported_at, id);
-- rates count by deadline
create index case_by_deadline on case_file (due_at, id);
create index case_by_closing on case_file (closed_at, id);
create index case_by_parent on case_file (parent_id, id);
create index case_by_merge on case_file (merged_into, id);
-- duplicates nearby: a band of latitude, then the rest is compared
create index case_by_place on case_file (lat, lng);
create unique index case_by_outside on case_file (outside_system, outside_id);

-- Who reported. Kept apart, because the handling unit must never read it.
create table case_reporter (
    case_id BIGINT primary key references case_file (id),
    name TEXT not null,
    phone TEXT not null,
    mail TEXT not null,
    wants_answer BIGINT not null
);
create index case_reporter_phone on case_reporter (phone);

create table case_assisting (
    case_id BIGINT not null references case_file (id),
    unit_id BIGINT not null,
    primary key (case_id, unit_id)
);
create index case_assisting_unit on case_assisting (unit_id, case_id);

create table case_photo (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    file_id BIGINT not null,
    kind TEXT not null,
    taken_by BIGINT,
    added_at BIGINT not null
);
create index case_photo_case on case_photo (case_id, id);
create index case_photo_file on case_photo (file_id);

-- Every time the clock stood: parking, dispute, and the time others took to verify an answer.
create table case_pause (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    reason TEXT not null,
    started_at BIGINT not null,
    ended_at BIGINT
);
create index case_pause_case on case_pause (case_id, id);

-- Requests of a unit: more time, or parking.
create table case_request (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    kind TEXT not null,
    state TEXT not null,
    amount BIGINT not null,
    until_date TEXT,
    asked_by BIGINT not null,
    asked_at BIGINT not null,
    decided_by BIGINT,
    decided_at BIGINT,
    version BIGINT not null
);
create index case_request_case on case_request (case_id, id);
create index case_request_open on case_request (state, asked_at, id);

create table case_follower (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    contact TEXT not null,
    added_at BIGINT not null,
    unique (case_id, contact)
);
