-- Backups that the program made by itself or was asked for, and drills: a backup restored beside the city and looked through.
create table backup_run (
    id BIGINT primary key,
    kind TEXT not null,
    outcome TEXT not null,
    asked_by TEXT not null,
    started_at BIGINT not null,
    ended_at BIGINT,
    -- its name in the folder of backups; empty when there is none any more
    file TEXT not null,
    bytes BIGINT not null,
    records BIGINT not null,
    uploads BIGINT not null,
    data_keys TEXT not null,
    audit_ends TEXT not null,
    why TEXT not null
);
create index backup_run_by_time on backup_run (started_at, id);
create index backup_run_by_kind on backup_run (kind, outcome, started_at, id);
