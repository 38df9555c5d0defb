-- Self-checks that somebody kept: what was found and counted on that day, and the paper as it was written then.
create table self_check (
    id BIGINT primary key,
    number BIGINT not null unique,
    made_at BIGINT not null,
    made_by TEXT not null,
    program TEXT not null,
    report TEXT not null,
    document TEXT not null,
    version BIGINT not null
);
