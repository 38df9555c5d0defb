-- Work that waits for other machines runs on threads of its own; see jobs/mod.rs. 0 is the house, 1 is outside.
alter table job add column pool BIGINT not null default 0;
drop index job_due;
create index job_pool_due on job (pool, dead_at, run_at, id);
