-- Printed forms in batches, and what came back of them. Words written by hand stand in the picture of a sheet, which is a file of the
-- house, and in the case that a person typed them into.
create table paper_batch (
    id BIGINT primary key,
    number TEXT not null unique,
    place TEXT not null,
    amount BIGINT not null,
    kinds TEXT not null,
    returns TEXT not null,
    phone TEXT not null,
    printed_by TEXT not null,
    made_at BIGINT not null
);
create index paper_batch_by_time on paper_batch (made_at, id);

create table paper_sheet (
    id BIGINT primary key,
    number TEXT not null unique,
    batch_id BIGINT not null references paper_batch (id),
    nth BIGINT not null,
    state TEXT not null,
    reason TEXT not null,
    case_id BIGINT,
    settled_at BIGINT,
    version BIGINT not null
);
create index paper_sheet_of_batch on paper_sheet (batch_id, nth);
create index paper_sheet_of_case on paper_sheet (case_id);

create table paper_scan (
    id BIGINT primary key,
    number TEXT not null unique,
    file_id BIGINT not null,
    door TEXT not null,
    state TEXT not null,
    fault TEXT,
    sheet_id BIGINT references paper_sheet (id),
    case_id BIGINT,
    wants TEXT not null,
    reading TEXT not null,
    turn BIGINT not null,
    reason TEXT not null,
    phone TEXT not null,
    phone_mark TEXT,
    brought_by TEXT not null,
    brought_id BIGINT,
    received_at BIGINT not null,
    done_by TEXT not null,
    done_at BIGINT,
    erased BIGINT not null,
    version BIGINT not null
);
create index paper_scan_by_time on paper_scan (received_at, id);
create index paper_scan_by_state on paper_scan (state, received_at, id);
create index paper_scan_of_bringer on paper_scan (brought_id, received_at, id);
create index paper_scan_of_case on paper_scan (case_id);
create index paper_scan_of_sheet on paper_scan (sheet_id);
create index paper_scan_by_phone on paper_scan (phone_mark);
create index paper_scan_by_done on paper_scan (done_at, id);

-- The same bytes are one scan, whoever brings them and however often.
create table paper_seen (
    sha256 TEXT primary key,
    scan_id BIGINT not null
);
