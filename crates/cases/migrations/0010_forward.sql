-- 转外部单位: somebody without an account was asked for help with a case, and answers by a link.
create table case_forward (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    state TEXT not null,
    -- who they are and how they are reached; sealed
    party TEXT not null,
    mail TEXT not null,
    phone TEXT not null,
    -- what they were asked last, and what they said; sealed
    ask TEXT not null,
    reply TEXT not null,
    -- until when the link works
    until_at BIGINT not null,
    -- SHA-256 of the link's word; the word itself is kept nowhere
    link_hash TEXT not null unique,
    unit_id BIGINT,
    made_by BIGINT,
    made_at BIGINT not null,
    asked_at BIGINT not null,
    reminded_at BIGINT,
    replied_at BIGINT,
    ended_at BIGINT,
    version BIGINT not null
);
create index case_forward_case on case_forward (case_id, id);
create index case_forward_open on case_forward (state, until_at, id);
