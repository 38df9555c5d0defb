-- What an adopted street should be like, as data. `items` is a JSON list of {"zh": …, "en": …}.
create table street_standard (
    id BIGINT primary key,
    code TEXT not null unique,
    name_zh TEXT not null,
    name_en TEXT not null,
    items TEXT not null,
    active BIGINT not null,
    version BIGINT not null
);
insert into street_standard (id, code, name_zh, name_en, items, active, version) values (1, 'five-goods', '五好', 'Five goods',
    '[{"zh":"卫生净好","en":"Clean and tidy"},{"zh":"秩序良好","en":"Orderly"},{"zh":"设施完好","en":"Fixtures whole"},{"zh":"市貌美好","en":"Good to look at"},{"zh":"居民反映称好","en":"Residents speak well of it"}]',
    1, 1);

-- The register: which unit answers for which metres of a section on which days. `until_date` is the last day, null while
-- the adoption is open; one that ends before it begins held on no day. `shared` says why a stretch has a second unit.
create table adoption (
    id BIGINT primary key,
    number TEXT not null unique,
    section_id BIGINT not null,
    from_m DOUBLE not null,
    to_m DOUBLE not null,
    unit_id BIGINT not null,
    leader TEXT not null,
    phone TEXT not null,
    public_phone BIGINT not null,
    standard_id BIGINT not null references street_standard (id),
    from_date TEXT not null,
    until_date TEXT,
    end_reason TEXT,
    shared TEXT not null,
    warned BIGINT not null,
    created_at BIGINT not null,
    version BIGINT not null
);
-- who answers for a place: report intake asks it for every report, so that the index alone answers
create index adoption_answers on adoption (section_id, from_m, to_m, from_date, until_date, shared, id, unit_id);
-- the register in its order
create index adoption_section on adoption (section_id, id);
create index adoption_unit on adoption (unit_id, section_id, id);
create index adoption_end on adoption (until_date, id);

-- Patrols: who walked a stretch and how much was found. No position, no time on the way (rules-and-standards 1.8).
create table patrol (
    id BIGINT primary key,
    adoption_id BIGINT not null references adoption (id),
    person_id BIGINT not null,
    person TEXT not null,
    day TEXT not null,
    findings BIGINT not null,
    note TEXT not null,
    version BIGINT not null,
    unique (adoption_id, person_id, day)
);
create index patrol_adoption on patrol (adoption_id, day, id);

-- One row, raised by every change of the register: what is kept in memory knows when it is old, and two changes that might
-- contradict each other wait for one another.
create table street_version (
    id BIGINT primary key,
    version BIGINT not null
);
insert into street_version (id, version) values (1, 1);
