-- When an account was closed because its person left: telephone and mail go some time later. Of those from before, the log knows.
alter table account add column left_at BIGINT;
update account set left_at = (select max(a.at) from audit a where a.entity = account.id and a.verb = 'account.closed')
where state = 'closed';
create index account_left on account (left_at, id);
