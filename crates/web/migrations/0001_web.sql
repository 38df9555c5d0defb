-- What a person is told; see notices. `kind` names the text `notice-<kind>`, `args` its arguments as JSON.
create table notice (
    id BIGINT primary key,
    person BIGINT not null,
    at BIGINT not null,
    kind TEXT not null,
    args TEXT not null,
    href TEXT not null,
    read_at BIGINT
);
create index notice_person on notice (person, read_at, id);
create index notice_age on notice (at);

-- Filters of lists that a person keeps under a name; see saved.
create table saved_filter (
    id BIGINT primary key,
    person BIGINT not null,
    list TEXT not null,
    name TEXT not null,
    query TEXT not null,
    unique (person, list, name)
);
