-- Whom we tell what; see model.rs. Secrets are not here: they are worked out from the city's key and `nonce`.
create table hook_endpoint (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    url TEXT not null,
    owner_id BIGINT not null,
    kinds TEXT not null,
    units TEXT not null,
    divisions TEXT not null,
    nonce TEXT not null,
    old_nonce TEXT,
    old_until BIGINT,
    state TEXT not null,
    stop_reason TEXT,
    created_at BIGINT not null,
    version BIGINT not null
);
create index hook_endpoint_state on hook_endpoint (state, id);

-- How an endpoint does: noted by the program, beside what people decide.
create table hook_health (
    endpoint_id BIGINT primary key,
    streak BIGINT not null,
    failing_since BIGINT,
    rest_until BIGINT not null,
    last_success BIGINT,
    last_failure BIGINT
);

-- How far an endpoint has followed the log; see store::follow.
create table hook_cursor (
    endpoint_id BIGINT not null,
    lane BIGINT not null,
    seq BIGINT not null,
    primary key (endpoint_id, lane)
);

-- An event for an endpoint. `record` is the id of what it happened to: within it, order holds.
create table hook_delivery (
    id BIGINT primary key,
    endpoint_id BIGINT not null,
    event_id BIGINT not null,
    message TEXT not null,
    kind TEXT not null,
    record BIGINT not null,
    number TEXT not null,
    at BIGINT not null,
    body TEXT not null,
    state TEXT not null,
    tries BIGINT not null,
    first_try_at BIGINT,
    next_at BIGINT not null,
    held_until BIGINT not null,
    last_status BIGINT,
    last_error TEXT,
    finished_at BIGINT,
    unique (endpoint_id, event_id),
    unique (endpoint_id, message)
);
create index hook_delivery_next on hook_delivery (endpoint_id, state, next_at, event_id);
create index hook_delivery_order on hook_delivery (endpoint_id, record, state, event_id);
create index hook_delivery_state on hook_delivery (endpoint_id, state, event_id);
create index hook_delivery_number on hook_delivery (endpoint_id, number, event_id);
create index hook_delivery_age on hook_delivery (finished_at);

-- What came back, try by try.
create table hook_try (
    id BIGINT primary key,
    delivery_id BIGINT not null,
    number BIGINT not null,
    at BIGINT not null,
    took_ms BIGINT not null,
    status BIGINT,
    error TEXT,
    answer TEXT not null
);
create index hook_try_delivery on hook_try (delivery_id, id);
