-- Telephone and mail of people are sealed; what a whole telephone number is looked up by stands beside them.
alter table account add column phone_mark TEXT;
create index account_phone_mark on account (phone_mark);
