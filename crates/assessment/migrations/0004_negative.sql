-- 负面清单: what costs a city points, its candidacy or its title, as data.
create table assessment_negative_entry (
    id BIGINT primary key,
    code TEXT not null unique,
    name TEXT not null,
    basis TEXT not null,
    months BIGINT not null,
    effects TEXT not null,
    retired BIGINT not null,
    version BIGINT not null
);

-- What happened. Its account may name people and is sealed.
create table assessment_negative_event (
    id BIGINT primary key,
    number TEXT not null unique,
    entry_id BIGINT not null,
    happened_on TEXT not null,
    title TEXT not null,
    account TEXT not null,
    source TEXT not null,
    subject TEXT not null,
    state TEXT not null,
    decided_on TEXT,
    reason TEXT not null,
    created_at BIGINT not null,
    version BIGINT not null
);
create index assessment_negative_event_by_day on assessment_negative_event (happened_on, id);
create index assessment_negative_event_of_entry on assessment_negative_event (entry_id);
