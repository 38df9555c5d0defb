-- Requests of people to see, to have put right or to have erased what is held of them. Who asked is sealed; the telephone is looked
-- up by its mark.
create table keeping_request (
    id BIGINT primary key,
    number TEXT not null unique,
    kind TEXT not null,
    state TEXT not null,
    name TEXT not null,
    phone TEXT not null,
    phone_mark TEXT,
    -- how the office made sure who asks
    identity TEXT not null,
    wish TEXT not null,
    asked_on TEXT not null,
    due_on TEXT not null,
    answer TEXT not null,
    erased BIGINT,
    recorded_by TEXT not null,
    created_at BIGINT not null,
    ended_at BIGINT,
    version BIGINT not null
);
create index keeping_request_state on keeping_request (state, id);
create index keeping_request_ended on keeping_request (ended_at, id);
create index keeping_request_phone on keeping_request (phone_mark);
