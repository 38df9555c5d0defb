-- Comments and suggestions of the public. `answered_at` is null while they wait.
create table suggestion (
    id BIGINT primary key,
    number TEXT not null unique,
    kind TEXT not null,
    body TEXT not null,
    contact TEXT,
    sent_at BIGINT not null,
    answer TEXT,
    answered_at BIGINT,
    version BIGINT not null
);
create index suggestion_waiting on suggestion (answered_at, id);
