-- Browsers that asked to be told by push; see push. `owner_kind` and `owner` say whose news it gets: a person's notices, or
-- one report's. `endpoint_hash` is the SHA-256 of `endpoint`.
create table push_subscription (
    id BIGINT primary key,
    owner_kind TEXT not null,
    owner BIGINT not null,
    endpoint TEXT not null,
    endpoint_hash TEXT not null,
    p256dh TEXT not null,
    auth TEXT not null,
    locale TEXT not null,
    agent TEXT not null,
    at_night BIGINT not null,
    consent TEXT not null,
    created_at BIGINT not null,
    sent_at BIGINT,
    failing_since BIGINT,
    unique (owner_kind, owner, endpoint_hash)
);
create index push_endpoint on push_subscription (endpoint_hash);
