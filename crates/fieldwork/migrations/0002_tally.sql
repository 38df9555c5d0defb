-- What the observations of a record come to, a line each: `share|weight|good|of_all|counted|standard`. A city's score reads these: a
-- row for each record instead of one for each observation.
create table field_tally (
    record_id BIGINT primary key,
    inspection_id BIGINT not null,
    second BIGINT not null,
    lines TEXT not null
);
create index field_tally_of on field_tally (inspection_id, second);

insert into field_tally (record_id, inspection_id, second, lines)
select record_id, min(inspection_id), min(second),
    string_agg(share || '|' || weight || '|' || good || '|' || of_all || '|' || counted || '|' || replace(standard, '
', ' '), '
' order by id)
from field_observation group by record_id;
