-- Questions to the reporter: what a unit would like to know, what the office asked, what was answered.
create table case_question (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    state TEXT not null,
    -- in the unit's words; empty where the office asks by itself
    wish TEXT not null,
    -- in the office's words, as the reporter reads it
    body TEXT not null,
    wished_by BIGINT,
    wished_at BIGINT,
    asked_by BIGINT,
    asked_at BIGINT,
    -- working days to answer in, as the city had it when it was asked
    days BIGINT not null,
    reply TEXT not null,
    ended_at BIGINT,
    version BIGINT not null
);
create index case_question_case on case_question (case_id, id);
create index case_question_open on case_question (state, id);

-- 反弹: the same kind came back near a place soon after closing.
create table case_recurrence (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    earlier_id BIGINT not null references case_file (id),
    metres DOUBLE,
    -- none: found by the program
    made_by BIGINT,
    made_at BIGINT not null,
    ended_by BIGINT,
    ended_at BIGINT,
    version BIGINT not null,
    unique (case_id, earlier_id)
);
create index case_recurrence_earlier on case_recurrence (earlier_id, id);
create index case_recurrence_time on case_recurrence (made_at, id);
alter table case_file add column is_recurrence BIGINT not null default 0;
alter table case_file add column recurrence_count BIGINT not null default 0;
-- what of a kind was closed lately
create index case_by_item_closing on case_file (item_id, closed_at, id);

-- 回头看: closed cases drawn for a second look. A case that is closed again may be drawn again.
create table case_look (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    closed_at BIGINT not null,
    state TEXT not null,
    drawn_at BIGINT not null,
    done_by BIGINT,
    done_at BIGINT,
    note TEXT not null,
    -- the case that was filed because of it
    filed_id BIGINT,
    version BIGINT not null,
    unique (case_id, closed_at)
);
create index case_look_state on case_look (state, drawn_at, id);

-- 好了、没好: what people who know the place say before somebody verifies. Who they are is kept as keyed hashes only.
create table case_voice (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    -- the answer that it is about: when the unit gave it
    round BIGINT not null,
    fixed BIGINT not null,
    words TEXT not null,
    tie TEXT not null,
    metres DOUBLE,
    voter TEXT not null,
    device TEXT not null,
    origin TEXT not null,
    said_at BIGINT not null,
    version BIGINT not null,
    unique (case_id, round, voter)
);
create index case_voice_device on case_voice (case_id, round, device);
create index case_voice_origin on case_voice (case_id, round, origin);
