-- Who goes where: people of an inspection with what they are kept out of (JSON), and their visits. A point that is visited twice has
-- two visits, of two people. `day_place` is the place in the day's way.
create table inspection_inspector (
    id BIGINT primary key,
    inspection_id BIGINT not null references inspection (id),
    person_id BIGINT not null,
    name TEXT not null,
    kept_out TEXT not null,
    version BIGINT not null
);
create unique index inspection_inspector_of on inspection_inspector (inspection_id, person_id);

create table inspection_visit (
    id BIGINT primary key,
    inspection_id BIGINT not null references inspection (id),
    point_id BIGINT not null references inspection_point (id),
    second BIGINT not null,
    person_id BIGINT not null,
    day TEXT not null,
    day_place BIGINT not null,
    move_reason TEXT not null,
    version BIGINT not null
);
create index inspection_visit_of on inspection_visit (inspection_id, person_id, day, day_place);
create index inspection_visit_of_person on inspection_visit (person_id, day);
create index inspection_visit_of_point on inspection_visit (point_id);
