-- Divisions 行政区划: a tree of any depth. `area` is a GeoJSON MultiPolygon in CGCS2000, `unit_id` the unit that governs.
create table division (
    id BIGINT primary key,
    code TEXT not null unique,
    name TEXT not null,
    level TEXT not null,
    parent_id BIGINT,
    unit_id BIGINT,
    area TEXT,
    version BIGINT not null
);
create index division_parent on division (parent_id, code);

-- Unit grid 单元网格, about 10,000 square metres each.
create table grid_cell (
    id BIGINT primary key,
    code TEXT not null unique,
    division_id BIGINT,
    area TEXT not null,
    version BIGINT not null
);
create index grid_cell_division on grid_cell (division_id, code);

-- Street sections 路段, crossing to crossing, listed by `serial`, which is the `number` without its letters. `line` is a GeoJSON LineString in CGCS2000; `crs` is the system it was given in.
-- `valid_until` is the first day on which the section is no longer there.
create table section (
    id BIGINT primary key,
    serial BIGINT not null unique,
    number TEXT not null unique,
    code TEXT unique,
    street TEXT not null,
    from_crossing TEXT not null,
    to_crossing TEXT not null,
    class TEXT not null,
    line TEXT not null,
    length_m DOUBLE not null,
    crs TEXT not null,
    accuracy_m DOUBLE,
    division_id BIGINT,
    valid_from TEXT not null,
    valid_until TEXT,
    version BIGINT not null
);
create index section_street on section (street, serial);
create index section_class on section (class, serial);
create index section_division on section (division_id, serial);

-- What became of a section that was split or joined: metres `old_from_m` to `old_to_m` of the old one lie in the new one
-- from `new_from_m` on; `old_from_m` is the greater where the direction turned round.
create table section_lineage (
    old_id BIGINT not null,
    new_id BIGINT not null,
    old_from_m DOUBLE not null,
    old_to_m DOUBLE not null,
    new_from_m DOUBLE not null,
    primary key (old_id, new_id)
);
create index section_lineage_new on section_lineage (new_id);

-- Types of site 点位类型. `words`: what other people's lists call it, separated by spaces.
create table site_type (
    id BIGINT primary key,
    code TEXT not null unique,
    name_zh TEXT not null,
    name_en TEXT not null,
    words TEXT not null,
    active BIGINT not null,
    version BIGINT not null
);

-- Sites 点位.
create table site (
    id BIGINT primary key,
    serial BIGINT not null unique,
    number TEXT not null unique,
    code TEXT unique,
    name TEXT not null,
    type_code TEXT not null,
    lng DOUBLE not null,
    lat DOUBLE not null,
    crs TEXT not null,
    accuracy_m DOUBLE,
    address TEXT,
    section_id BIGINT,
    along_m DOUBLE,
    division_id BIGINT,
    unit_id BIGINT,
    active BIGINT not null,
    version BIGINT not null
);
create index site_kind on site (type_code, serial);
create index site_division on site (division_id, serial);
create index site_unit on site (unit_id, serial);
create index site_section on site (section_id, along_m);
create index site_name on site (name, type_code);

-- Holiday arrangements: a year is published when it has a row here.
create table calendar_year (
    year BIGINT primary key,
    source TEXT not null,
    imported_at BIGINT not null
);

create table calendar_day (
    year BIGINT not null,
    date TEXT not null,
    kind TEXT not null,
    name TEXT not null,
    primary key (year, date)
);

-- Days the city closes on its own.
create table calendar_closure (
    date TEXT primary key,
    reason TEXT not null
);

-- Counts changes, so that what is kept in memory knows when it is old.
create table place_version (
    name TEXT primary key,
    version BIGINT not null
);
