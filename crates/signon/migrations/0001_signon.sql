-- Other programs of the city that sign people in with their account here.
create table signon_program (
    id BIGINT primary key,
    number TEXT not null unique,
    name TEXT not null,
    -- what it is for, as people are told who are asked
    purpose TEXT not null,
    -- addresses that people may be sent back to, as JSON
    redirects TEXT not null,
    -- what it may learn, as JSON
    scopes TEXT not null,
    -- whether people are asked the first time
    asks BIGINT not null,
    -- of the secret; empty for a program that cannot keep one
    secret_hash TEXT not null,
    state TEXT not null,
    made_by BIGINT,
    made_at BIGINT not null,
    last_at BIGINT,
    version BIGINT not null
);
create index signon_program_state on signon_program (state, id);

-- What a person let a program learn.
create table signon_consent (
    id BIGINT primary key,
    program_id BIGINT not null references signon_program (id),
    person_id BIGINT not null,
    scopes TEXT not null,
    given_at BIGINT not null,
    version BIGINT not null,
    unique (program_id, person_id)
);
create index signon_consent_person on signon_consent (person_id, program_id);

-- A sign-in on its way: a code for a minute, then a token for some minutes. Only hashes of both.
create table signon_entry (
    id BIGINT primary key,
    program_id BIGINT not null references signon_program (id),
    person_id BIGINT not null,
    redirect TEXT not null,
    scopes TEXT not null,
    nonce TEXT not null,
    challenge TEXT not null,
    signed_in_at BIGINT not null,
    code_hash TEXT not null unique,
    code_until BIGINT not null,
    token_hash TEXT unique,
    token_until BIGINT,
    -- a code that came twice ends what it gave
    ended_at BIGINT,
    made_at BIGINT not null,
    version BIGINT not null
);
create index signon_entry_made on signon_entry (made_at, id);
create index signon_entry_person on signon_entry (person_id, program_id);
