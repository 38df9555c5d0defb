-- What was learnt, version by version. `model` is compressed JSON; it is emptied when newer versions have replaced it.
create table suggest_model (
    id BIGINT primary key,
    target TEXT not null,
    number BIGINT not null,
    state TEXT not null,
    trained_at BIGINT not null,
    examples BIGINT not null,
    figures TEXT not null,
    model BYTES not null,
    version BIGINT not null,
    unique (target, number)
);
create index suggest_model_state on suggest_model (target, state, number);

-- What was offered beside a form that was sent, and what the person chose: about choices, not about persons.
create table suggest_offer (
    id BIGINT primary key,
    case_id BIGINT not null,
    target TEXT not null,
    model_id BIGINT not null,
    offered TEXT not null,
    chosen TEXT not null,
    -- place of what was chosen among what was offered, from 1; 0 for none of them
    place BIGINT not null,
    at BIGINT not null
);
create index suggest_offer_time on suggest_offer (target, at);
create index suggest_offer_case on suggest_offer (case_id, id);
