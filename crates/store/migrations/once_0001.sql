-- Keys of forms that a telephone may send again after days without a signal are remembered longer; see idempotency.rs.
alter table idempotency add column kept_until BIGINT not null default 0;
