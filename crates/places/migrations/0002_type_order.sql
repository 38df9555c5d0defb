-- Types of site stand in an order that the office chooses; those that nobody has moved stay as they were made.
alter table site_type add column place BIGINT not null default 0;
