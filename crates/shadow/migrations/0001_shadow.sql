-- 影子得分: what a scheme is held against, and where what is known of it comes from.
create table shadow_plan (
    id BIGINT primary key,
    scheme_id BIGINT not null unique,
    -- the rate to reach, 0 to 1, exact; empty for none
    target TEXT not null,
    -- where each way of judging comes from, as JSON
    sources TEXT not null,
    -- what a repair takes, by standard and way, as JSON; 1 where it is not named
    efforts TEXT not null,
    changed_by TEXT not null,
    changed_at BIGINT not null,
    version BIGINT not null
);

-- What it came to on each day, so that the way there is seen.
create table shadow_day (
    id BIGINT primary key,
    scheme_id BIGINT not null,
    day TEXT not null,
    rate TEXT not null,
    -- ends of the interval of 95 %; empty where it could not be told
    low TEXT not null,
    high TEXT not null,
    points TEXT not null,
    unseen BIGINT not null,
    observations BIGINT not null,
    version BIGINT not null,
    unique (scheme_id, day)
);
