-- 模拟测评问卷: questionnaire and plan of the sample of one group of people; a copy is the next edition.
create table survey (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    audience TEXT not null,
    lead TEXT not null,
    scheme_number TEXT not null,
    questions TEXT not null,
    traits TEXT not null,
    traits_source TEXT not null,
    quotas TEXT not null,
    plan TEXT not null,
    seed TEXT not null,
    closes TEXT,
    codes BIGINT not null,
    state TEXT not null,
    edition BIGINT not null,
    before_id BIGINT references survey (id),
    made_by TEXT not null,
    made_at BIGINT not null,
    closed_at BIGINT,
    version BIGINT not null
);

-- 样本段
create table survey_segment (
    id BIGINT primary key,
    survey_id BIGINT not null references survey (id),
    place BIGINT not null,
    name TEXT not null,
    division TEXT not null,
    division_name TEXT not null,
    households BIGINT not null,
    target BIGINT not null,
    token TEXT not null unique,
    interviewer_id BIGINT,
    interviewer TEXT not null,
    version BIGINT not null,
    unique (survey_id, place)
);
create index survey_segment_of_interviewer on survey_segment (interviewer_id);

-- What was noted at a door: who went where, and never what was answered.
create table survey_visit (
    id BIGINT primary key,
    survey_id BIGINT not null references survey (id),
    segment_id BIGINT not null references survey_segment (id),
    household BIGINT not null,
    outcome TEXT not null,
    tries BIGINT not null,
    day TEXT not null,
    person_id BIGINT not null,
    person TEXT not null,
    version BIGINT not null,
    unique (segment_id, household)
);
create index survey_visit_of_survey on survey_visit (survey_id);

-- What was answered: no name, device, address or time; the id is chance, so that it tells no order either.
create table survey_answer (
    id BIGINT primary key,
    survey_id BIGINT not null references survey (id),
    segment_id BIGINT not null references survey_segment (id),
    mode TEXT not null,
    traits TEXT not null,
    answers TEXT not null
);
create index survey_answer_of_survey on survey_answer (survey_id, traits);

-- What was written, apart from all else that its writer answered.
create table survey_words (
    id BIGINT primary key,
    survey_id BIGINT not null references survey (id),
    question TEXT not null,
    text TEXT not null
);
create index survey_words_of_survey on survey_words (survey_id, question);

-- 答题码 that are still good, and forms that were sent already: keyed hashes that nothing points to.
create table survey_pass (
    id BIGINT primary key,
    survey_id BIGINT not null references survey (id),
    kind TEXT not null,
    hash TEXT not null,
    unique (survey_id, kind, hash)
);

-- How often something happened: answers that came when their quota was full.
create table survey_tally (
    segment_id BIGINT not null references survey_segment (id),
    what TEXT not null,
    count BIGINT not null,
    primary key (segment_id, what)
);
