-- Text messages that were due, one row each, with what became of it. The number is sealed and goes when it is no longer needed.
create table sms_message (
    id BIGINT primary key,
    about TEXT not null,
    kind TEXT not null,
    locale TEXT not null,
    phone TEXT not null,
    phone_mark TEXT,
    args TEXT not null,
    href TEXT not null,
    state TEXT not null,
    why TEXT not null,
    gateway_id TEXT not null,
    parts BIGINT not null,
    made_at BIGINT not null,
    due_at BIGINT not null,
    settled_at BIGINT
);
create index sms_by_time on sms_message (made_at, id);
create index sms_by_state on sms_message (state, made_at, id);
create index sms_by_number on sms_message (phone_mark, made_at);
