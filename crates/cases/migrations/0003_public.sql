-- what everybody sees, newest first: reports that nobody has confirmed yet are not in these, so that no number of them stands
-- between a reader and the list, and a report that comes in writes nothing here
create index case_public_by_time on case_file (reported_at, id) where is_public = 1;
create index case_public_by_state on case_file (state, reported_at, id) where is_public = 1;
