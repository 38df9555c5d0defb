-- Partner systems; see model.rs. `token` is what they gave us, sealed with the city's key; what we gave them is worked out
-- from that key and `nonce` and stands nowhere.
create table xchg_partner (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    kind TEXT not null,
    carrier TEXT not null,
    url TEXT not null,
    token TEXT not null,
    nonce TEXT not null,
    pulls BIGINT not null,
    takes BIGINT not null,
    sends BIGINT not null,
    every_minutes BIGINT not null,
    crs TEXT not null,
    wins TEXT not null,
    state TEXT not null,
    created_at BIGINT not null,
    version BIGINT not null
);
create index xchg_partner_state on xchg_partner (state, id);

-- How it goes: noted by the program, beside what people decide.
create table xchg_health (
    partner_id BIGINT primary key,
    cursor TEXT not null,
    next_pull_at BIGINT not null,
    pull_streak BIGINT not null,
    last_pull_at BIGINT,
    last_success BIGINT,
    last_failure BIGINT,
    last_error TEXT,
    streak BIGINT not null,
    rest_until BIGINT not null,
    compared_at BIGINT,
    compare_error TEXT
);

-- How far a partner has followed the log; see store::follow.
create table xchg_place (
    partner_id BIGINT not null,
    lane BIGINT not null,
    seq BIGINT not null,
    primary key (partner_id, lane)
);

-- Their words and ours. `ours` is empty until a person has said what it is.
create table xchg_value (
    id BIGINT primary key,
    partner_id BIGINT not null,
    kind TEXT not null,
    theirs TEXT not null,
    ours TEXT not null,
    met BIGINT not null,
    first_at BIGINT not null,
    version BIGINT not null,
    unique (partner_id, kind, theirs)
);
create index xchg_value_ours on xchg_value (ours, id);

-- An order of theirs and the case it became.
create table xchg_order (
    id BIGINT primary key,
    partner_id BIGINT not null,
    order_no TEXT not null,
    case_id BIGINT,
    follows_id BIGINT,
    applied BIGINT not null,
    sent BIGINT not null,
    state TEXT not null,
    stage TEXT,
    category TEXT not null,
    unit TEXT not null,
    deadline BIGINT,
    agreed_deadline BIGINT,
    words TEXT not null,
    taken_words TEXT not null,
    urged BIGINT not null,
    heard_at BIGINT not null,
    version BIGINT not null,
    unique (partner_id, order_no)
);
create index xchg_order_case on xchg_order (case_id);
create index xchg_order_follows on xchg_order (follows_id);

-- What came in, change by change, in the order of `revision` within an order. `body` is sealed: it may name a reporter.
create table xchg_in (
    id BIGINT primary key,
    number TEXT not null unique,
    partner_id BIGINT not null,
    order_no TEXT not null,
    change_id TEXT not null,
    revision BIGINT not null,
    kind TEXT not null,
    at BIGINT not null,
    body TEXT not null,
    hash TEXT not null,
    state TEXT not null,
    fault TEXT,
    detail TEXT not null,
    received_at BIGINT not null,
    ended_at BIGINT,
    version BIGINT not null,
    unique (partner_id, change_id)
);
create index xchg_in_next on xchg_in (partner_id, state, order_no, revision);
create index xchg_in_list on xchg_in (state, id);
create index xchg_in_age on xchg_in (ended_at);

-- What goes out, in the order of `seq` within an order.
create table xchg_out (
    id BIGINT primary key,
    partner_id BIGINT not null,
    order_id BIGINT not null,
    order_no TEXT not null,
    case_id BIGINT not null,
    case_number TEXT not null,
    event_id BIGINT not null,
    message TEXT not null unique,
    seq BIGINT not null,
    kind TEXT not null,
    at BIGINT not null,
    body TEXT not null,
    state TEXT not null,
    tries BIGINT not null,
    first_try_at BIGINT,
    next_at BIGINT not null,
    held_until BIGINT not null,
    last_status BIGINT,
    last_error TEXT,
    answer TEXT not null,
    ended_at BIGINT,
    unique (order_id, event_id)
);
create index xchg_out_next on xchg_out (partner_id, state, next_at);
create index xchg_out_order on xchg_out (order_id, state, seq);
create index xchg_out_list on xchg_out (state, id);
create index xchg_out_age on xchg_out (ended_at);

-- Where the two disagree. `open_key` keeps one open difference for an order and aspect.
create table xchg_difference (
    id BIGINT primary key,
    number TEXT not null unique,
    partner_id BIGINT not null,
    order_id BIGINT,
    order_no TEXT not null,
    case_id BIGINT,
    case_number TEXT not null,
    aspect TEXT not null,
    ours TEXT not null,
    theirs TEXT not null,
    since BIGINT not null,
    state TEXT not null,
    how TEXT,
    reason TEXT not null,
    ended_by BIGINT,
    ended_at BIGINT,
    sent_at BIGINT,
    open_key TEXT unique,
    version BIGINT not null
);
create index xchg_difference_list on xchg_difference (state, id);
create index xchg_difference_order on xchg_difference (partner_id, order_no, aspect, id);
create index xchg_difference_case on xchg_difference (case_id, state);
