-- Two people who ask somebody outside at the same moment ask one.
create unique index case_forward_one on case_forward (case_id) where state in ('asked', 'answered');
