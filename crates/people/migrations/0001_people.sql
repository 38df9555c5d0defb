-- Kinds of units, as data: a city may add its own.
create table unit_kind (
    code TEXT primary key,
    name_zh TEXT not null,
    name_en TEXT not null,
    position BIGINT not null
);
insert into unit_kind (code, name_zh, name_en, position) values
    ('city', '城市', 'city', 1),
    ('party_government', '党政机关', 'party and government organ', 2),
    ('bureau', '市直部门', 'city bureau', 3),
    ('service', '事业单位', 'public institution', 4),
    ('street_office', '街道办事处', 'sub-district office', 5),
    ('town', '镇', 'town', 6),
    ('community', '社区', 'community', 7),
    ('village', '村', 'village', 8),
    ('school', '学校', 'school', 9),
    ('hospital', '医院', 'hospital', 10),
    ('company', '企业', 'company', 11),
    ('civilised_unit', '文明单位', 'civilised unit', 12),
    ('social_organisation', '社会组织', 'social organisation', 13),
    ('other', '其他', 'other', 99);

-- The tree of units. `path` holds the numbers from the root down, six digits each, so that a subtree is a range of it.
create table unit (
    id BIGINT primary key,
    number BIGINT not null unique,
    code TEXT not null unique,
    name TEXT not null,
    short_name TEXT not null,
    kind TEXT not null,
    parent_id BIGINT,
    path TEXT not null unique,
    state TEXT not null,
    merged_into BIGINT,
    credit_code TEXT,
    contact_name TEXT not null,
    contact_phone TEXT not null,
    created_at BIGINT not null,
    version BIGINT not null
);
create index unit_parent on unit (parent_id, path);
create index unit_credit_code on unit (credit_code);

-- One row: whoever changes the shape of the tree raises it first, so that two such changes wait for each other.
create table unit_tree (
    id BIGINT primary key,
    version BIGINT not null
);
insert into unit_tree (id, version) values (1, 0);

create table account (
    id BIGINT primary key,
    login TEXT not null unique,
    name TEXT not null,
    phone TEXT not null,
    mail TEXT not null,
    unit_id BIGINT not null,
    state TEXT not null,
    language TEXT not null,
    created_at BIGINT not null,
    version BIGINT not null
);
create index account_unit on account (unit_id, id);
create index account_state on account (state, id);

-- What proves that a person is who they say; `id` is the account's. The second factor's key is derived from the city's
-- key and `factor_nonce`, so that it is stored nowhere.
create table credential (
    id BIGINT primary key,
    password_hash TEXT not null,
    password_set_at BIGINT not null,
    must_change BIGINT not null,
    factor TEXT not null,
    factor_nonce TEXT not null,
    factor_step BIGINT not null,
    version BIGINT not null
);

create table recovery_code (
    account_id BIGINT not null,
    code_hash TEXT not null,
    used_at BIGINT,
    primary key (account_id, code_hash)
);

-- Failed attempts to sign in, by login and by address; see model/attempts.rs.
create table sign_in_guard (
    key TEXT primary key,
    failures BIGINT not null,
    last_at BIGINT not null,
    blocked_until BIGINT not null
);
create index sign_in_guard_age on sign_in_guard (last_at);

-- Who is signed in. `step` is 'factor' while the second factor is still owed.
create table session (
    id BIGINT primary key,
    account_id BIGINT not null,
    token_hash TEXT not null unique,
    step TEXT not null,
    address TEXT not null,
    agent TEXT not null,
    created_at BIGINT not null,
    seen_at BIGINT not null,
    idle BIGINT not null,
    ends_at BIGINT not null
);
create index session_account on session (account_id, id);
create index session_end on session (ends_at);

create table api_key (
    id BIGINT primary key,
    account_id BIGINT not null,
    name TEXT not null,
    key_hash TEXT not null unique,
    starts TEXT not null,
    scope TEXT not null,
    created_at BIGINT not null,
    expires_at BIGINT not null,
    seen_at BIGINT,
    revoked_at BIGINT,
    version BIGINT not null
);
create index api_key_account on api_key (account_id, id);

-- Roles on units, inherited downwards. Dates are inclusive; `until_date` is missing while no end is set.
create table role_grant (
    id BIGINT primary key,
    account_id BIGINT not null,
    role TEXT not null,
    unit_id BIGINT not null,
    from_date TEXT not null,
    until_date TEXT,
    granted_by TEXT not null,
    created_at BIGINT not null,
    revoked_at BIGINT,
    version BIGINT not null
);
create index role_grant_account on role_grant (account_id, id);
create index role_grant_unit on role_grant (unit_id, role);
create index role_grant_role on role_grant (role, id);

-- Grants lent to somebody while their holder is absent. Ends by itself.
create table delegation (
    id BIGINT primary key,
    lender_id BIGINT not null,
    borrower_id BIGINT not null,
    from_date TEXT not null,
    until_date TEXT not null,
    reason TEXT not null,
    created_at BIGINT not null,
    ended_at BIGINT,
    version BIGINT not null
);
create index delegation_lender on delegation (lender_id, until_date);
create index delegation_borrower on delegation (borrower_id, until_date);

-- Consents (同意) given and withdrawn: by an account, or by whoever holds a phone number, of which only a keyed
-- fingerprint is kept. Rows are never removed: they are the proof.
create table consent (
    id BIGINT primary key,
    account_id BIGINT,
    phone_hash TEXT,
    purpose TEXT not null,
    text_version TEXT not null,
    text_hash TEXT not null,
    given_at BIGINT not null,
    withdrawn_at BIGINT,
    version BIGINT not null
);
create index consent_account on consent (account_id, purpose, id);
create index consent_phone on consent (phone_hash, purpose, id);
