-- 申诉: a unit says that a row of a published round was judged wrongly. What an answer changes stands beside the row as it was read.
alter table assessment_round add column published_at BIGINT;
update assessment_round set published_at = created_at where state = 'published';

create table assessment_appeal (
    id BIGINT primary key,
    number TEXT not null unique,
    round_id BIGINT not null,
    row_number BIGINT not null,
    unit_id BIGINT not null,
    unit_name TEXT not null,
    state TEXT not null,
    grounds TEXT not null,
    wanted TEXT not null,
    rule_old TEXT not null,
    rule_new TEXT not null,
    answer TEXT not null,
    filed_by TEXT not null,
    filed_at BIGINT not null,
    due_on TEXT not null,
    answered_by TEXT not null,
    answered_at BIGINT,
    version BIGINT not null
);
create index assessment_appeal_by_state on assessment_appeal (state, id);
create index assessment_appeal_of_unit on assessment_appeal (unit_id, id);
create index assessment_appeal_of_row on assessment_appeal (round_id, row_number);
-- one open appeal of a unit on a row, whoever files it at what moment
create unique index assessment_appeal_open on assessment_appeal (round_id, row_number, unit_id) where state = 'open';

create table assessment_correction (
    id BIGINT primary key,
    round_id BIGINT not null,
    row_number BIGINT not null,
    lost TEXT not null,
    was_lost TEXT not null,
    was_given TEXT not null,
    appeal_id BIGINT not null references assessment_appeal (id),
    made_at BIGINT not null,
    unique (round_id, row_number)
);
create index assessment_correction_of_appeal on assessment_correction (appeal_id);
