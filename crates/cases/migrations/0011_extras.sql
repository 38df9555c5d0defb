-- 附加问题: what is asked beside the usual when somebody reports this kind of problem. A set is what an item asks at a time; one is in
-- force, one may be a draft; older ones stay, because old answers are read with the words that they answered.
create table catalogue_extra_set (
    id BIGINT primary key,
    item_id BIGINT not null references catalogue_item (id),
    state TEXT not null,
    made_by BIGINT,
    made_at BIGINT not null,
    version BIGINT not null
);
create index catalogue_extra_set_item on catalogue_extra_set (item_id, state, id);
create index catalogue_extra_set_state on catalogue_extra_set (state, id);

create table catalogue_extra (
    id BIGINT primary key,
    set_id BIGINT not null references catalogue_extra_set (id),
    code TEXT not null,
    -- in Chinese, and behind a sign of equality in English where somebody gave it; so are unit and choices
    wording TEXT not null,
    kind TEXT not null,
    -- of a number
    unit TEXT not null,
    -- to choose from, as JSON
    choices TEXT not null,
    required BIGINT not null,
    -- the answer says something of a person: kept from whom the reporter is kept from
    personal BIGINT not null,
    -- asked only if the question with this code was answered so; empty: always
    after_code TEXT not null,
    after_value TEXT not null,
    position BIGINT not null,
    unique (set_id, code)
);

create table case_extra (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    extra_id BIGINT not null references catalogue_extra (id),
    -- as the question said when it was asked
    personal BIGINT not null,
    -- sealed
    value TEXT not null,
    unique (case_id, extra_id)
);
-- what goes with the reporter
create index case_extra_personal on case_extra (case_id) where personal = 1;
