-- Rules in their order. What a rule says stands in its editions; `version` also grows when it moves.
create table routing_rule (
    id BIGINT primary key,
    number BIGINT not null unique,
    place BIGINT not null,
    edition BIGINT not null,
    created_at BIGINT not null,
    version BIGINT not null
);

-- Every wording that a rule has had, with who wrote it and why. Never changed.
create table routing_edition (
    id BIGINT primary key,
    rule_id BIGINT not null references routing_rule (id),
    number BIGINT not null,
    name TEXT not null,
    active BIGINT not null,
    from_day TEXT,
    until_day TEXT,
    conditions TEXT not null,
    extra TEXT not null,
    lead_unit BIGINT not null,
    assisting TEXT not null,
    -- item and condition, `event-06010/2`; empty for none
    limit_condition TEXT not null,
    mode TEXT not null,
    why TEXT not null,
    made_by BIGINT,
    made_by_name TEXT not null,
    made_at BIGINT not null,
    unique (rule_id, number)
);

-- Cases that a rule dispatched by itself: once a case, whatever happens to it afterwards.
create table routing_action (
    case_id BIGINT primary key,
    rule_id BIGINT not null references routing_rule (id),
    edition BIGINT not null,
    unit_id BIGINT not null,
    at BIGINT not null
);
create index routing_action_rule on routing_action (rule_id, at);

-- Dry runs: what the rules would have done with past cases, beside what people did.
create table routing_run (
    id BIGINT primary key,
    number BIGINT not null unique,
    from_day TEXT not null,
    until_day TEXT not null,
    with_off BIGINT not null,
    started_by TEXT not null,
    started_at BIGINT not null,
    finished_at BIGINT,
    report TEXT not null,
    version BIGINT not null
);
create table routing_run_case (
    id BIGINT primary key,
    run_id BIGINT not null references routing_run (id),
    number TEXT not null,
    title TEXT not null,
    -- number of the rule; 0 for none
    rule BIGINT not null,
    verdict TEXT not null,
    proposed_unit BIGINT,
    actual_unit BIGINT,
    fault TEXT not null
);
create index routing_run_case_run on routing_run_case (run_id, id);
create index routing_run_case_verdict on routing_run_case (run_id, verdict, id);
create index routing_run_case_rule on routing_run_case (run_id, rule, id);
