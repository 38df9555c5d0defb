-- With which hash a link of the audit log was made: 0 SHA-256, 1 SM3.
alter table audit add column algorithm BIGINT not null default 0;
