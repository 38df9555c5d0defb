-- 创建周期: years that are judged together, each with its weight, and a score from outside where there is one.
create table assessment_cycle (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    first_year BIGINT not null,
    last_year BIGINT not null,
    years TEXT not null,
    created_at BIGINT not null,
    version BIGINT not null
);

-- 测评体系: an edition of the tree by which a city is judged. A published one is never changed.
create table assessment_scheme (
    id BIGINT primary key,
    number TEXT not null unique,
    cycle_id BIGINT,
    name TEXT not null,
    edition BIGINT not null,
    state TEXT not null,
    based_on BIGINT,
    sample BIGINT not null,
    observed_way TEXT not null,
    note TEXT not null,
    created_by BIGINT,
    created_at BIGINT not null,
    published_at BIGINT,
    version BIGINT not null
);
create index assessment_scheme_cycle on assessment_scheme (cycle_id);

-- A node of a tree: an item, a group, or a standard with its ways of judging.
create table assessment_node (
    id BIGINT primary key,
    scheme_id BIGINT not null,
    parent_id BIGINT,
    place BIGINT not null,
    code TEXT not null,
    name TEXT not null,
    kind TEXT not null,
    veto TEXT not null,
    parts TEXT not null,
    lead_unit TEXT not null,
    units TEXT not null,
    point_types TEXT not null,
    evidence TEXT not null,
    observed TEXT not null,
    note TEXT not null,
    version BIGINT not null,
    unique (scheme_id, code)
);
create index assessment_node_scheme on assessment_node (scheme_id, place);
