-- Name, telephone and mail of reporters, and how followers are reached, are sealed; what a whole telephone number is looked up
-- by stands beside it. An index over sealed texts is of no use.
drop index case_reporter_phone;
alter table case_reporter add column phone_mark TEXT;
create index case_reporter_phone_mark on case_reporter (phone_mark);
alter table case_follower add column contact_mark TEXT;
create unique index case_follower_contact_mark on case_follower (case_id, contact_mark);
