-- Checklists 检查表 and their versions. `model` is a checklist as JSON; a version that was published is never changed.
create table field_sheet (
    id BIGINT primary key,
    code TEXT not null unique,
    name_zh TEXT not null,
    name_en TEXT not null,
    automatic BIGINT not null,
    created_by TEXT not null,
    created_at BIGINT not null,
    version BIGINT not null
);

create table field_edition (
    id BIGINT primary key,
    sheet_id BIGINT not null references field_sheet (id),
    label TEXT not null,
    state TEXT not null,
    model TEXT not null,
    created_by TEXT not null,
    created_at BIGINT not null,
    published_by TEXT not null,
    published_at BIGINT,
    version BIGINT not null
);
create unique index field_edition_of on field_edition (sheet_id, label);

-- Which checklist a type of point is looked at by, from which day on; `sheet_id` empty: by none any more. What was said last of a
-- type has the highest `serial`.
create table field_use (
    id BIGINT primary key,
    kind TEXT not null,
    sheet_id BIGINT references field_sheet (id),
    from_date TEXT not null,
    serial BIGINT not null,
    set_by TEXT not null
);
create unique index field_use_of on field_use (kind, serial);

-- What an inspector found at a point. One of a visit has `lane` 0 and counts; others of the same visit have their own id there.
create table field_record (
    id BIGINT primary key,
    number TEXT not null unique,
    visit_id BIGINT not null,
    lane BIGINT not null,
    inspection_id BIGINT not null,
    inspection TEXT not null,
    point_id BIGINT not null,
    point_number TEXT not null,
    point_name TEXT not null,
    kind TEXT not null,
    division TEXT not null,
    unit_id BIGINT,
    lng DOUBLE not null,
    lat DOUBLE not null,
    second BIGINT not null,
    person_id BIGINT not null,
    person_name TEXT not null,
    edition_id BIGINT not null,
    door TEXT not null,
    state TEXT not null,
    answers TEXT not null,
    started_at BIGINT not null,
    ended_at BIGINT,
    at_lng DOUBLE,
    at_lat DOUBLE,
    at_accuracy DOUBLE,
    reason TEXT not null,
    reviewed_by TEXT not null,
    turn BIGINT not null,
    created_at BIGINT not null,
    handed_at BIGINT,
    version BIGINT not null
);
create unique index field_record_of on field_record (visit_id, lane);
create index field_record_by_time on field_record (created_at, id);
create index field_record_by_inspection on field_record (inspection_id, created_at, id);
create index field_record_by_person on field_record (person_id, created_at, id);
create index field_record_by_state on field_record (state, created_at, id);
create index field_record_by_edition on field_record (edition_id);

-- Answers as they were each time they were handed in.
create table field_reading (
    id BIGINT primary key,
    record_id BIGINT not null,
    turn BIGINT not null,
    instance TEXT not null unique,
    edition_id BIGINT not null,
    answers TEXT not null,
    at BIGINT not null,
    reason TEXT not null
);
create unique index field_reading_of on field_reading (record_id, turn);

-- Pictures and sounds of a record, under the names that its answers have for them.
create table field_file (
    id BIGINT primary key,
    record_id BIGINT not null references field_record (id),
    name TEXT not null,
    file_id BIGINT not null,
    added_at BIGINT not null
);
create unique index field_file_of on field_file (record_id, name);
create index field_file_by_file on field_file (file_id);

-- What the answers of records that count say of standards: worked out of them, and can be worked out again. `share` is an exact
-- fraction; of weight 0 is what counts nowhere.
create table field_observation (
    id BIGINT primary key,
    record_id BIGINT not null references field_record (id),
    record_number TEXT not null,
    inspection_id BIGINT not null,
    inspection TEXT not null,
    point_id BIGINT not null,
    point_number TEXT not null,
    point_name TEXT not null,
    kind TEXT not null,
    division TEXT not null,
    unit_id BIGINT,
    second BIGINT not null,
    person_id BIGINT not null,
    standard TEXT not null,
    item TEXT not null,
    path TEXT not null,
    outcome TEXT not null,
    share TEXT not null,
    weight BIGINT not null,
    good BIGINT not null,
    of_all BIGINT not null,
    counted BIGINT not null,
    why TEXT not null,
    at BIGINT not null
);
create index field_observation_of on field_observation (record_id);
create index field_observation_by_time on field_observation (at, id);
create index field_observation_by_inspection on field_observation (inspection_id, at, id);
create index field_observation_by_standard on field_observation (standard, at, id);
create index field_observation_by_kind on field_observation (kind, at, id);
create index field_observation_by_division on field_observation (division, at, id);
create index field_observation_by_outcome on field_observation (outcome, at, id);

-- Cases that answers became: one of each.
create table field_finding (
    id BIGINT primary key,
    record_id BIGINT not null references field_record (id),
    path TEXT not null,
    case_id BIGINT not null,
    case_number TEXT not null,
    made_by TEXT not null,
    made_at BIGINT not null
);
create unique index field_finding_of on field_finding (record_id, path);
create index field_finding_by_case on field_finding (case_id);
