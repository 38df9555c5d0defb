-- Days that the city has set for a rule, where they are not the usual ones.
create table keeping_days (
    id BIGINT primary key,
    rule TEXT not null unique,
    days BIGINT not null,
    reason TEXT not null,
    set_by TEXT not null,
    set_at BIGINT not null,
    version BIGINT not null
);

-- 保全: what must not be erased, why, and until when it was so.
create table keeping_hold (
    id BIGINT primary key,
    number TEXT not null unique,
    kind TEXT not null,
    -- what is held: a case or a unit, or the day before which everything is
    case_id BIGINT,
    unit_id BIGINT,
    before_day TEXT,
    what TEXT not null,
    reason TEXT not null,
    held_by TEXT not null,
    held_at BIGINT not null,
    lifted_by TEXT not null,
    lifted_at BIGINT,
    lift_reason TEXT not null,
    version BIGINT not null
);
create index keeping_hold_open on keeping_hold (lifted_at, id);

-- Runs of the erasing, with how much went by each rule, as JSON. One that has not ended is gone on with.
create table keeping_run (
    id BIGINT primary key,
    number BIGINT not null unique,
    by_hand BIGINT not null,
    started_by TEXT not null,
    started_at BIGINT not null,
    finished_at BIGINT,
    counts TEXT not null,
    version BIGINT not null
);
create index keeping_run_open on keeping_run (finished_at, id);
