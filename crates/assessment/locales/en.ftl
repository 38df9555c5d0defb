event-assessment-round-kept = Kept round { $number } of inspections: { $file }, { $rows } rows
event-assessment-round-matched = In round { $number }, “{ $text }” means “{ $name }”
problem-round-known = This file is here already, as { $number }
    .todo = To keep it once more, add --set again=yes.
field-missing-columns = Missing columns: { $missing }. The table has: { $found }
field-missing-file = The folder of tables has no { $file }
actor-score = Scoring
