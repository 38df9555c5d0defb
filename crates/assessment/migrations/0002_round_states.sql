-- How far a round has come, when it was held, what it weighs in its year, and what it came to, so that lists and trends need not
-- read its rows.
alter table assessment_round add column state TEXT not null default 'draft';
alter table assessment_round add column held_on TEXT;
alter table assessment_round add column weight TEXT not null default '1';
alter table assessment_round add column reason TEXT not null default '';
alter table assessment_round add column summary TEXT not null default 'null';

-- 1: the text stands for itself, and no name is proposed for it any more; name_id is 0 then.
alter table assessment_round_match add column own BIGINT not null default 0;

-- What a person said of a row by itself: that it counts although its number came before, or that it does not.
create table assessment_round_verdict (
    id BIGINT primary key,
    round_id BIGINT not null,
    row_number BIGINT not null,
    counts BIGINT not null,
    reason TEXT not null,
    decided_by BIGINT,
    decided_at BIGINT not null,
    version BIGINT not null,
    unique (round_id, row_number)
);

-- Rows that became cases.
create table assessment_round_case (
    id BIGINT primary key,
    round_id BIGINT not null,
    row_number BIGINT not null,
    case_id BIGINT not null,
    case_number TEXT not null,
    made_by BIGINT,
    made_at BIGINT not null,
    unique (round_id, row_number)
);
create index assessment_round_case_case on assessment_round_case (case_id);
