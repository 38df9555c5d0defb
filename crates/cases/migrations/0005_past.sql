-- 往日: how each case stood at the end of each day, written when it changes, so that a day can be asked for without going through
-- the log. One row for every run of days on which a case stood the same: `from_day` is the first of them, `until_day` the first
-- day on which that was over (4000000 while it still stands so). Days are counted from 1970-01-01, in China. No words of people
-- are kept here: they stay on the case, where the law lets them be erased.
create table case_past (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    from_day BIGINT not null,
    until_day BIGINT not null,
    -- how long the run is, as the number of its binary digits; 63 while it goes on. All runs of one span that include a day
    -- began within 2^span days before it, which is what makes a day quick to ask for.
    span BIGINT not null,
    is_open BIGINT not null,
    state TEXT not null,
    item_id BIGINT,
    condition TEXT not null,
    urgent BIGINT not null,
    section_id BIGINT,
    division_id BIGINT,
    governing_unit BIGINT,
    lead_unit BIGINT,
    dispatched_at BIGINT,
    answered_at BIGINT,
    closed_at BIGINT,
    stage_due_at BIGINT,
    limit_amount BIGINT,
    limit_unit TEXT,
    due_at BIGINT,
    due_provisional BIGINT not null,
    paused_at BIGINT,
    parked_until TEXT,
    on_time BIGINT,
    rework_count BIGINT not null,
    return_count BIGINT not null,
    extension_count BIGINT not null,
    contest_count BIGINT not null,
    supervision_count BIGINT not null,
    satisfaction TEXT,
    is_recurrence BIGINT not null,
    recurrence_count BIGINT not null,
    is_public BIGINT not null,
    version BIGINT not null
);
create unique index case_past_case on case_past (case_id, from_day);
-- what was open on a day
create index case_past_open on case_past (span, from_day) where is_open = 1;
-- what was closed between two days
create index case_past_closed on case_past (from_day) where state = 'closed';

-- How far the days before this table have been worked out from the log. A city that has no cases yet has nothing to catch up on.
create table case_past_fill (
    id BIGINT primary key,
    after_id BIGINT not null,
    done BIGINT not null
);
insert into case_past_fill (id, after_id, done)
select 1, 0, case when exists (select 1 from case_file) then 0 else 1 end;
