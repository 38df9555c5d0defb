menu-shadow = Shadow score
shadow-title = Shadow score
    .lead = What the city would come to if it were judged today, how sure that is, and what to put right first. For the office and the leader only; no unit is judged by it.
shadow-none = No scheme is published yet
    .todo = Publish a scheme; then say where its figures come from and what the target is.
shadow-inside = An estimate of our own, not a result
shadow-scheme = Scheme
shadow-plan = Target and sources
shadow-back = Back to the shadow score
shadow-no-plan = Nobody has said yet where the figures come from.
shadow-absent = { $way }: { $what } is not there
shadow-strangers = Observed, but not in this scheme or not judged in this way: { $standards }
shadow-one-point = A single point was looked at; how sure that is cannot be told.
shadow-tile-rate = Expected rate
shadow-tile-target = Target
shadow-tile-repairs = To put right
shadow-tile-points = Points
shadow-interval = between { $low } and { $high } (95%)
shadow-no-interval = no interval can be told yet
shadow-no-target = no target is set
shadow-short-by = { $gap } short
shadow-above-by = { $gap } above
shadow-enough = { $count ->
    [0] it is reached as it is
    [one] the first one reaches it
   *[other] the first { $count } reach it
}
shadow-not-enough = not even all of them reach it
shadow-unseen = { $count ->
    [0] every standard was looked at
    [one] nobody has looked at one standard
   *[other] nobody has looked at { $count } standards
}
shadow-repairs = What to put right first
shadow-repairs-lead = Each line is all that falls short of one standard at one point; what it would bring is worked out by the standard's own rule. Tick some and see what they bring together.
shadow-all-repairs = { $count ->
    [one] the only one
   *[other] all { $count }
}
shadow-repairs-count = { $count ->
    [one] One.
   *[other] { $count } in all.
}
shadow-together = Together they bring { $points } points.
shadow-fix = Try
shadow-fix-one = Try putting { $code } right at { $point }
shadow-what-if = Work it out
shadow-then = With these put right ({ $count }) the rate goes from { $before } to { $after }
shadow-nothing = There is nothing to put right
    .todo = Everything that was looked at is met, or nothing was looked at yet.
shadow-days = Expected rate by day
shadow-sources = Where figures come from
shadow-column-scheme = Scheme
shadow-column-interval = Interval
shadow-column-day = Day
shadow-column-point = Point
shadow-column-code = Code
shadow-column-standard = Standard
shadow-column-way = Way of judging
shadow-column-unit = Unit
shadow-column-unmet = Not met
shadow-column-gain = Brings points
shadow-column-effort = Effort
shadow-column-worth = Points per effort
shadow-column-origin = Source
shadow-column-from = Numbers
shadow-column-figures = Figures
shadow-column-shares = Rate by way
shadow-origin-rounds = Imported rounds
shadow-origin-inspections = Inspections
shadow-origin-papers = Grades of papers
shadow-origin-survey = Survey
shadow-origin-none = Nothing is known
filter-standard = Standard
label-shadow-target = Target
    .hint = Per cent, such as 92 or 92.5%; may be left empty
label-shadow-origin = Source
label-shadow-from = Numbers
    .hint = Of rounds, inspections, a period of papers or surveys, with commas between; those that are there stand below
label-shadow-efforts = Efforts
    .hint = A line each: code, way of judging, and what putting one point right takes in any measure, such as days; 1 where it is not named
flash-shadow-planned = The plan of { $value } is saved
field-not-a-share = Per cent between 0 and 100, such as 92.5
field-not-an-effort = Line { $line } is not “code way effort”
field-no-such-way = The scheme has no such way of judging
field-no-such-standard = The scheme has no such standard, or does not judge it in this way
event-shadow-planned = set the shadow score of scheme { $number }, target { $target }
event-shadow-kept = the day's shadow score was written down: { $count }
actor-shadow-day = writing down the day's shadow score
