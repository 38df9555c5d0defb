-- The audit chain. One chain per lane; see audit.rs.
create table audit (
    id BIGINT primary key,
    lane BIGINT not null,
    seq BIGINT not null,
    at BIGINT not null,
    actor TEXT not null,
    actor_name TEXT not null,
    request_id TEXT not null,
    verb TEXT not null,
    entity BIGINT not null,
    detail TEXT not null,
    text_hash BYTES,
    hash BYTES not null,
    unique (lane, seq)
);
create index audit_entity on audit (entity, at, id);

create table audit_text (
    event_id BIGINT primary key,
    text TEXT not null
);

create table audit_head (
    lane BIGINT primary key,
    seq BIGINT not null,
    hash BYTES not null,
    last_id BIGINT not null
);

-- Work that must follow from what was saved; see jobs/mod.rs. `claim` is 0 while nobody runs it, `again` is 1 when it was
-- asked for once more while it ran.
create table job (
    id BIGINT primary key,
    kind TEXT not null,
    payload TEXT not null,
    only_one TEXT unique,
    run_at BIGINT not null,
    attempts BIGINT not null,
    claim BIGINT not null,
    again BIGINT not null,
    last_error TEXT,
    dead_at BIGINT,
    created_at BIGINT not null
);
create index job_due on job (dead_at, run_at, id);

-- How far long work has come; see tasks.rs.
create table task_progress (
    id BIGINT primary key,
    kind TEXT not null,
    state TEXT not null,
    done BIGINT not null,
    total BIGINT not null,
    message TEXT not null,
    report TEXT not null,
    started_by TEXT not null,
    created_at BIGINT not null,
    finished_at BIGINT
);
create index task_progress_kind on task_progress (kind, id);

-- Answers to requests that carried an idempotency key; see idempotency.rs.
create table idempotency (
    key TEXT primary key,
    request_hash TEXT not null,
    status BIGINT not null,
    answer TEXT not null,
    created_at BIGINT not null
);
create index idempotency_age on idempotency (created_at);

-- Uploaded files; see files/mod.rs. `quarantine` names the file that waits to be examined.
create table file (
    id BIGINT primary key,
    state TEXT not null,
    name TEXT not null,
    sha256 TEXT not null,
    bytes BIGINT not null,
    quarantine TEXT unique,
    media_type TEXT,
    width BIGINT,
    height BIGINT,
    look_hash BIGINT,
    taken_at TEXT,
    lng DOUBLE,
    lat DOUBLE,
    camera TEXT,
    software TEXT,
    fault TEXT,
    uploaded_by TEXT not null,
    uploaded_at BIGINT not null,
    version BIGINT not null
);
create index file_sha256 on file (sha256);

-- Quarters of perceptual hashes (quarter * 65536 + 16 bits), so that look-alikes are found without reading every file.
create table file_band (
    slot BIGINT not null,
    file_id BIGINT not null,
    primary key (slot, file_id)
);

-- Settings of the city, edited by people: name, duty hours, switches.
create table setting (
    name TEXT primary key,
    value TEXT not null,
    changed_at BIGINT not null
);
