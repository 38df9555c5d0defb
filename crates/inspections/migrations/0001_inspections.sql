-- Inspections 实地考察. `amounts`: how many points of which type, as JSON.
create table inspection (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    state TEXT not null,
    from_date TEXT not null,
    until_date TEXT not null,
    method TEXT not null,
    amounts TEXT not null,
    total BIGINT not null,
    by_division BIGINT not null,
    exclude_months BIGINT not null,
    second_percent BIGINT not null,
    public_source TEXT not null,
    reason TEXT not null,
    created_by TEXT not null,
    created_at BIGINT not null,
    version BIGINT not null
);
create index inspection_by_time on inspection (created_at, id);
create index inspection_by_state on inspection (state, created_at, id);

-- What an inspection is bound to, and what came of it. `plan` and `register` are the tables that were hashed, as JSON.
create table inspection_draw (
    id BIGINT primary key,
    inspection_id BIGINT not null unique,
    plan TEXT not null,
    register TEXT not null,
    register_hash TEXT not null,
    commitment TEXT not null,
    secret TEXT not null,
    committed_at BIGINT not null,
    committed_by TEXT not null,
    public_value TEXT not null,
    witness TEXT not null,
    drawn_at BIGINT,
    drawn_by TEXT not null,
    version BIGINT not null
);
create index inspection_draw_by_time on inspection_draw (committed_at, id);

-- Points that were drawn, and those that stand in for one that could not be visited. `place` is the place in its stratum's
-- order; `out_place` is 0, or says that it was the first, second … point of the inspection to be replaced.
create table inspection_point (
    id BIGINT primary key,
    inspection_id BIGINT not null references inspection (id),
    site_id BIGINT not null,
    number TEXT not null,
    kind TEXT not null,
    division TEXT not null,
    name TEXT not null,
    lng DOUBLE not null,
    lat DOUBLE not null,
    place BIGINT not null,
    second BIGINT not null,
    stands_for TEXT not null,
    out_place BIGINT not null,
    out_in TEXT not null,
    out_reason TEXT not null,
    out_at BIGINT,
    out_by TEXT not null,
    version BIGINT not null
);
create index inspection_point_of on inspection_point (inspection_id, kind, division, place);
create index inspection_point_of_site on inspection_point (site_id);
