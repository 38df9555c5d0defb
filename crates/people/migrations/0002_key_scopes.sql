-- What a key was made for. Keys from before could do all that their owner may, and still can.
alter table api_key add column scope TEXT not null default 'admin';
