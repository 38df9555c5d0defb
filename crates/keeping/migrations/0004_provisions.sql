-- 对外提供和委托处理: whom personal data are given to, or handled by for the city, with whose consent, and how it ended.
create table keeping_provision (
    id BIGINT primary key,
    number TEXT not null unique,
    kind TEXT not null,
    state TEXT not null,
    receiver TEXT not null,
    -- GB 32100; empty for whoever has none
    credit_code TEXT not null,
    -- whom to call there; sealed
    contact TEXT not null,
    purpose TEXT not null,
    -- which kinds of data, in words
    data TEXT not null,
    -- of about how many people
    people BIGINT not null,
    -- 1 where sensitive data, or data of children under 14, are among them
    sensitive BIGINT not null,
    children BIGINT not null,
    basis TEXT not null,
    -- the contract, consent or rule it rests on
    document TEXT not null,
    -- the record of the impact assessment
    assessment TEXT not null,
    way TEXT not null,
    safeguards TEXT not null,
    from_date TEXT not null,
    until_date TEXT not null,
    proposed_by TEXT not null,
    decided_by TEXT not null,
    -- what became of the data, or why it was declined
    outcome TEXT not null,
    created_at BIGINT not null,
    decided_at BIGINT,
    ended_at BIGINT,
    version BIGINT not null
);
create index keeping_provision_state on keeping_provision (state, id);
create index keeping_provision_ended on keeping_provision (ended_at, id);
