-- Supervision letters are the ladder's from now on. Those of before keep their numbers and what was asked; that is written in
-- the log. No paper was kept of them.
insert into ladder_letter (id, code, rung, state, step, occasion, subject_kind, subject_id, subject_number, subject_title,
    unit_id, governing_unit, number, text, answer_by, meet_place, meet_whom, proposed_at, drafted_by, issued_at, signed_by,
    acknowledged_at, answer, minutes, ended_at, reason, version)
select s.id, s.number, 'letter',
    case when f.state in ('closed', 'refused', 'merged', 'voided') then 'closed' when s.acknowledged_at is not null then 'acknowledged' else 'issued' end,
    'by-hand', '', 'case', s.case_id, f.number, f.title, s.unit_id, f.governing_unit, s.number,
    coalesce((select t.text from audit a join audit_text t on t.event_id = a.id
        where a.entity = s.case_id and a.verb = 'case.supervised' and a.at = s.issued_at order by a.id limit 1), ''),
    s.answer_by, '', '', s.issued_at, s.issued_by, s.issued_at, s.issued_by, s.acknowledged_at, '', '',
    case when f.state in ('closed', 'refused', 'merged', 'voided') then coalesce(f.closed_at, s.issued_at) end, '', 1
from case_supervision s join case_file f on f.id = s.case_id;
drop table case_supervision;
