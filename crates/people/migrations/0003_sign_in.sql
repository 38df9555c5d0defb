-- How a session was opened, and what proved its second step. Those from before were opened with a password.
alter table session add column how TEXT not null default 'password';
alter table session add column proof TEXT not null default 'none';

-- The city's identity provider (OpenID Connect): one row, the system administrator's.
create table identity_provider (
    id BIGINT primary key,
    issuer TEXT not null,
    client_id TEXT not null,
    client_secret TEXT not null,
    label_zh TEXT not null,
    label_en TEXT not null,
    claim TEXT not null,
    factor_values TEXT not null,
    switched_on BIGINT not null,
    passwords TEXT not null,
    version BIGINT not null
);

-- Who somebody is at the provider: what the claim `claim` said, at that issuer. Made by the security administrator or by
-- the person, never by signing in.
create table identity (
    id BIGINT primary key,
    account_id BIGINT not null,
    issuer TEXT not null,
    claim TEXT not null,
    subject TEXT not null,
    linked_at BIGINT not null,
    seen_at BIGINT
);
create unique index identity_subject on identity (issuer, claim, subject);
create index identity_account on identity (account_id, id);

-- Returns from the provider that have been taken: each is good once.
create table provider_return (
    state_hash TEXT primary key,
    taken_at BIGINT not null
);
create index provider_return_age on provider_return (taken_at);

-- Passkeys and security keys (WebAuthn). `passkey` holds the public key and the signature counter, as the library writes it.
create table authenticator (
    id BIGINT primary key,
    account_id BIGINT not null,
    credential_id TEXT not null unique,
    name TEXT not null,
    passkey TEXT not null,
    created_at BIGINT not null,
    seen_at BIGINT,
    version BIGINT not null
);
create index authenticator_account on authenticator (account_id, id);

-- What an authenticator has been asked to sign: good once, for a few minutes, in the session it was made for.
create table authenticator_challenge (
    session_hash TEXT primary key,
    purpose TEXT not null,
    state TEXT not null,
    ends_at BIGINT not null
);
create index authenticator_challenge_age on authenticator_challenge (ends_at);
