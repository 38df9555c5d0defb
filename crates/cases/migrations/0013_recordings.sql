-- 录音: what somebody said instead of writing it. A voice tells who speaks: it is kept like the reporter, and shorter.
create table case_recording (
    id BIGINT primary key,
    case_id BIGINT not null references case_file (id),
    file_id BIGINT not null,
    -- measured
    millis BIGINT not null,
    media_type TEXT not null,
    recorded_by BIGINT,
    added_at BIGINT not null,
    -- what was said, as somebody of the office typed it; sealed
    words TEXT not null,
    words_by BIGINT,
    words_at BIGINT,
    -- the sound; the words go with those of the case
    erased BIGINT not null default 0,
    version BIGINT not null
);
create index case_recording_case on case_recording (case_id, id);
create index case_recording_file on case_recording (file_id);
create index case_recording_kept on case_recording (case_id, id) where erased = 0;
