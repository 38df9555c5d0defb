-- What a person is called at the identity provider is sealed; by what the whole of it is looked up stands beside it. Rows of
-- before have no mark until the city is opened, which happens before anybody can ask.
drop index identity_subject;
alter table identity add column subject_mark TEXT;
create unique index identity_subject_mark on identity (issuer, claim, subject_mark);
