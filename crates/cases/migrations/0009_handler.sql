-- 指派到人: whom of its people the unit has given the case to.
alter table case_file add column handler_id BIGINT;
create index case_by_handler on case_file (handler_id, state, stage_due_at, id) where handler_id is not null;
