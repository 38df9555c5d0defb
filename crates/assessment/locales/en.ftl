menu-rounds = Inspection rounds
rounds-title = Inspection rounds
    .lead = What each round of inspections came to, opened down to every row of its workbook.
rounds-words = Name, number or file
rounds-none = There are no rounds yet
    .todo = The office imports a workbook of results.
rounds-all = Show all
rounds-count = { $count ->
    [one] 1 round
   *[other] { $count } rounds
}

round-import = Import results
    .lead = Try the file first and look at every remark before it is imported. Every row is kept; what is not understood is listed for a person to settle.
round-import-columns = Columns: 序号, 项目, 考察点位, 扣分, 得分, 区域, 责任单位2, 责任单位3 (or serial, item, point, lost, score, street). Item and point must be there; other columns are kept as they are.
round-tables = Tables of names (optional)
    .lead = Tables with the columns id and name. Without them streets and units are those of the city's registers, and items are whatever rows say.
round-report = Report by row
round-report-xlsx = Report (XLSX)
round-report-json = Report (JSON)
round-report-kind = Kind
round-report-refused = Refused
round-report-repaired = Repaired
round-report-noted = To be looked at
round-nearest = Nearest names
round-and = {", "}

round-state-draft = Draft
round-state-checked = Checked
round-state-published = Published
round-state-withdrawn = Withdrawn
round-move-check = Finish checking
round-move-reopen = Back to draft
round-move-publish = Publish
round-move-withdraw = Withdraw
round-move-restore = Restore as a draft
round-step-means-check = Once it is checked, what texts mean and which rows count can no longer be changed: the score is fixed.
round-step-means-reopen = Back in draft, texts and rows can be settled again.
round-step-means-publish = Once it is published, units see the rows that name them, and nothing of other units.
round-step-means-withdraw = Units no longer see a withdrawn round, and it counts in no year and no trend. Give the reason; it goes into the log.
round-step-means-restore = The round becomes a draft again, to be checked and published anew.
round-withdrawn-why = Withdrawn because: { $reason }

round-crumbs = Where you are
round-tabs = Sides of this round
round-tab-items = Items
round-tab-streets = Streets
round-tab-units = Units
round-tab-rows = Rows
round-tab-desk = Matching desk
round-compare = Compare two rounds
    .lead = Two rounds beside each other: what rose and what fell. The deepest fall comes first; what is in one round only is neither.
round-compare-none = There is nothing to compare yet
    .todo = Import a round first.
round-trend = Trend
    .lead = How rates changed from round to round. Withdrawn rounds are left out.
round-trend-chart = Rate of each round
round-trend-items = Rates of items in the last rounds
round-edit = Edit
round-history = History
round-whole = Whole city
round-tile-rate = Rate
round-tile-points = Points that count
round-tile-faults = Points with deductions
round-tile-open = Texts to settle
round-tile-without = { $count ->
    [one] 1 point names no unit
   *[other] { $count } points name no unit
}
round-tile-warnings = { $count ->
    [one] 1 remark in all
   *[other] { $count } remarks in all
}
round-open-texts = { $count ->
    [one] 1 text is not settled yet; it is scored under its own words.
   *[other] { $count } texts are not settled yet; they are scored under their own words.
}
round-items-count = { $count ->
    [one] 1 item
   *[other] { $count } items
}
round-parts = { $count ->
    [one] 1 part
   *[other] { $count } parts
}
round-points = { $count ->
    [one] 1 point
   *[other] { $count } points
}
round-part-whole = Not divided
round-no-item = (item blank)
round-no-point = (point blank)
round-no-unit = No unit named
round-none = (none)
round-blank = (blank)
round-own-none = None of your unit's points were inspected in this round
    .todo = Look at other rounds.
round-without-unit = { $count ->
    [one] 1 point names no unit; it counts for the city alone.
   *[other] { $count } points name no unit; they count for the city alone.
}
round-without-street = { $count ->
    [one] 1 point names no street; it counts for the city alone.
   *[other] { $count } points name no street; they count for the city alone.
}
round-show-them = Show these points
round-holders-none = No row names any
    .todo = Look at the rows.
round-holders-count = { $count } in all
round-costs-explained = A rate is the mean of the points. A point with two units counts in full for both. “Costs the city” is how much of the city's score these points take away.

round-column-number = Number
round-column-name = Name
round-column-day = Held on
round-column-state = State
round-column-rate = Rate
round-column-score = Score
round-column-score-of = Score / full
round-column-quota = Full
round-column-points = Points
round-column-faults = With deductions
round-column-open = To settle
round-column-item = Item
round-column-part = Part
round-column-parts = Parts
round-column-item-score = Score of the item
round-column-item-quota = Full score of the item
round-column-unit = Unit
round-column-rank = Place
round-column-costs = Costs the city
round-column-row = Row
round-column-rows = Rows
round-column-serial = Serial number
round-column-read-item = Item as read
round-column-point = Point
round-column-lost = Taken off
round-column-street = Street
round-column-units = Units
round-column-counts = Counts
round-column-odd = Remarks
round-column-case = Case
round-column-notes = Notes
round-column-text = Text
round-column-means = Means
round-column-other = Another name
round-column-rise = Change
round-column-group = Group

round-rows-words = Point, item or serial number
round-rows-none = No row fits
    .todo = Try other filters.
round-rows-all = Show all rows
round-rows-count = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
round-only = Only
round-only-faults = With deductions
round-only-odd = With remarks
round-only-aside = Set aside
round-only-no-unit = Without a unit
round-only-no-street = Without a street
round-only-no-case = With deductions, no case yet
round-aside = Set aside
round-odd = { $count ->
    [one] 1 remark
   *[other] { $count } remarks
}
round-row-number = Row { $count }
round-means = What it means
round-read = As it was read ({ $file })
round-warnings = Remarks
round-warnings-none = Nothing in this row needs a look.
round-warning = { $field }: { $reason }
round-warning-of = { $field } “{ $text }”: { $reason }
round-aside-why = Set aside because: { $reason }
round-judge = Does this row count?
round-set-aside = Set aside
round-counts = It counts
round-undo = Take back
round-raise = Make it a case

round-kind-item = Item
round-kind-street = Street
round-kind-unit = Unit
round-desk-lead = Texts that match no name are listed here with the nearest names. The program decides nothing: a person does, the score is worked out anew at once, and any decision can be taken back.
round-desk-closed = This round is no draft any more, or you may not settle texts: here you can only look.
round-desk-done = No text is open, and no serial number comes twice.
round-desk-open = Texts to settle ({ $count })
round-desk-repeated = Rows whose serial number came before ({ $count })
round-desk-said = Settled ({ $count })
round-leave = Keep as it is
round-say = Settle
round-other-for = “{ $text }” means
round-itself = Itself
round-change-none = The score did not change
round-change = The score went from { $before } to { $after }; items concerned: { $items }

round-aside-title = From an inspection
round-aside-text = A point with a deduction: row { $row } of the round “{ $name }”.
round-aside-link = Show the row
round-today = Inspection results to settle

filter-one = Earlier round
filter-other = Later round
label-held_on = Held on
    .hint = The last day of the round's inspections
label-round_name = Name
    .hint = For example: First quarter of 2026
label-round_weight = Weight
    .hint = Rounds of one year are averaged by weight. Usually 1.
label-round_again = Import the same file once more
label-table_items = Table of items
label-table_streets = Table of streets
label-table_units = Table of units
label-round_row = Row
label-round_serial = Serial number
label-round_item = Item
label-round_point = Point
label-round_lost = Taken off
label-round_given = Score given
label-round_street = Street
label-round_unit = Unit
label-row_reason = Reason
    .hint = Needed where a row is set aside
label-step_reason = Reason

reason-repeated-serial = The serial number came before
reason-unknown-name = Not among the names
reason-out-of-range = Not between 0 and 1
reason-rounded = More than four places: rounded
reason-disagrees = Does not fit what was taken off, which holds
reason-no-unit = Neither street nor unit is named
reason-repeated-unit = The same unit twice: it counts once

flash-round-kept = Imported as { $value }.
flash-round-edited = { $value } has been changed.
flash-round-moved = It is now: { $value }.
flash-round-decided = { $value }.
flash-round-raised = It has become case { $value }.

event-assessment-round-kept = Kept round { $number } of inspections: { $file }, { $rows } rows
event-assessment-round-matched = In round { $number }, “{ $text }” means “{ $name }”; the score went from { $before } to { $after }
event-assessment-round-left = In round { $number }, “{ $text }” stands for itself; the score went from { $before } to { $after }
event-assessment-round-unmatched = In round { $number }, what was said of “{ $text }” was taken back; the score went from { $before } to { $after }
event-assessment-row-counted = In round { $number }, row { $row } counts
event-assessment-row-aside = In round { $number }, row { $row } was set aside ({ $reason }); the score went from { $before } to { $after }
event-assessment-row-unjudged = In round { $number }, what was said of row { $row } was taken back; the score went from { $before } to { $after }
event-assessment-row-raised = In round { $number }, row { $row } became case { $case }
event-assessment-round-edited = Changed round { $number }: { $name }, { $day }, weight { $weight }
event-assessment-round-moved = Round { $number } is now: { $round-state-text } { $reason }

problem-round-known = This file is here already, as { $number }
    .todo = To keep it once more, add --set again=yes.
problem-round-fixed = { $number } has been checked and can no longer be changed
    .todo = Take the round back to draft first.
problem-round-open = { $count ->
    [one] In { $number } 1 text is not settled
   *[other] In { $number } { $count } texts are not settled
}
    .todo = Settle them at the matching desk, or keep them as they are.
problem-round-withdrawn = { $number } has been withdrawn
    .todo = Rows of a withdrawn round cannot become cases.
problem-row-no-fault = Nothing was taken off in row { $row }
    .todo = Only points with a deduction become cases.
problem-row-has-case = This row is case { $number } already
    .todo = Open that case.
field-round-known = This file is here already, as { $number }. To keep it once more, tick “Import the same file once more”.
field-missing-columns = Missing columns: { $missing }. The table has: { $found }
field-missing-file = The folder of tables has no { $file }
actor-score = Scoring

menu-schemes = Assessment schemes
schemes-title = Assessment schemes
    .lead = What a city is judged by: items, groups and standards, each standard with its own ways of judging, points and rules. A published edition never changes; to change it, make a copy.
schemes-none = There are no schemes yet
    .todo = Begin with a sample, or import a table.
schemes-count = { $count ->
    [one] 1 edition
   *[other] { $count } editions
}
scheme-new = New scheme
scheme-sample = Sample
scheme-edition = Edition { $edition }
scheme-state-draft = Draft
scheme-state-published = Published
scheme-column-number = Number
scheme-column-name = Name
scheme-column-edition = Edition
scheme-column-cycle = Cycle
scheme-column-state = State
scheme-column-day = Date
scheme-column-sample = Sample
scheme-column-node = Node
scheme-column-points = Points / in reach
scheme-copy = Copy to a new edition
scheme-import = Import a table
    .lead = The table replaces the whole tree of this draft. Try it first; as long as one row is wrong, none is imported.
scheme-import-columns = Columns: 编码 (code), 上级编码 (above), 名称 (name), 类型 (kind), 否决后果 (veto), 牵头单位 (lead unit), 责任单位 (units), 点位类型 (point types), 材料种类 (evidence), 考察项目 (observed items), 说明 (note), and two for each way, such as 实地考察·分值 and 实地考察·计分. A node stands below the one above it. It is easiest to change an export.
scheme-publish = Publish
scheme-faults = To be settled before it is published ({ $count })
scheme-fault-empty = There is nothing in it yet
scheme-fault-no-way = Nothing below it, and no way of judging
scheme-fault-no-effect = A veto that takes nothing away
scheme-fault-repeated-code = The code comes twice
scheme-fault-no-parent = There is no such node above
scheme-fault-circle = It stands above itself
scheme-fault-judged-and-divided = It has nodes below it and cannot be judged itself
scheme-fault-negative = Points below 0
scheme-fault-repeated-way = The same way twice
scheme-strangers = Not in the register of units: { $units }
scheme-missing-lost = Not judged: lost
scheme-by-year = All rounds of { $year }
scheme-unseen = not judged
scheme-no-figures = There are no figures for this choice: the scheme has faults, or no round feeds it.
scheme-unused = Items that were inspected and that no standard names: { $items }
scheme-trouble = { $code }, “{ $way }”, cannot be worked out: { $fault }
scheme-formula-divided-by-zero = division by zero
scheme-formula-too-big = a figure in between is too big
scheme-formula-unknown-name = an unknown name
scheme-tile-rate = Rate
scheme-tile-full = Points in all
scheme-tile-vetoes = Vetoes that struck
scheme-tile-unseen = { $count ->
    [one] 1 standard not judged
   *[other] { $count } standards not judged
}
scheme-empty = There is nothing in this draft yet
    .todo = Add nodes one by one, or import a table.
scheme-nodes = { $count ->
    [one] 1 node
   *[other] { $count } nodes
}
scheme-tree = The tree
scheme-observations = { $count ->
    [one] 1 observation
   *[other] { $count } observations
}
scheme-difference-title = Compare editions
scheme-difference-none = They do not differ
    .todo = Choose another edition.
scheme-difference-count = { $count ->
    [one] 1 difference
   *[other] { $count } differences
}
scheme-difference-what = Change
scheme-difference-field = Field
scheme-difference-added = Added
scheme-difference-removed = Removed
scheme-difference-changed = Changed

node-new = Add a node
node-under = Below { $code }
node-below = Add below
node-move = Arrange
node-move-of = Arrange { $code }
node-up = Up
node-down = Down
node-in = One level in
node-out = One level out
node-remove = Remove
node-facts = What it says
node-divided = Nodes stand below this one: it cannot be judged itself.
node-kind-normal = Normal
node-kind-bonus = Bonus
node-kind-veto = Veto

judging-title = How rules are written
    .lead = The rule of a way of judging is written like the examples below. A mistake is told with its place.
rule-try = Try one
rule-check = Check
rule-read-as = Understood: { $rule }
rule-examples = Examples
rule-example = Rule
rule-means = What it means
rule-names = Figures that a formula may use: all, met, unmet, again (found again after a repair), missing, mean, least, most; + - * / and brackets, comparisons, and, or, not, if, min, max, mean, median, sum, clamp, round, floor, ceil, abs. English words: ratio, threshold, every-one, deduct, per-missing, graded, mean, median, formula; by point, scorer, occasion, period.
judging-ratio = Met ones of all
judging-threshold = All points from 60% met ones on, nothing below
judging-every-one = Points only where all are met
judging-deduct = Of 100, 1 less for each that is not met, twice that where it was found again; never below nothing
judging-per-missing = Of 100, 4 less for each that is missing; never below nothing
judging-graded = Grades A, B, C worth 1, 0.6 and 0; their mean
judging-mean = The mean of what was given, of 1; 中位(1) takes the one in the middle
judging-across = Each occasion by itself, then the mean of a period's occasions, then the mean of periods
judging-formula = By formula, of 50: 50 from 70% met ones on, one point less for each per cent below

cycles-title = Cycles
    .lead = The years of a cycle, what each weighs, and the cycle's score as their weighted mean.
cycles-none = There are no cycles yet
    .todo = Make one, with its first and last year.
cycle-new = New cycle
cycle-mean = Score of the cycle (weighted mean): { $mean }
cycle-explained = A year is the weighted mean of its published rounds; a score from outside holds instead where it was entered. Years without a score are left out of the mean.
cycle-column-name = Name
cycle-column-years = Years
cycle-column-year = Year
cycle-column-weight = Weight
cycle-column-score = Score of the year
cycle-column-own = Own rounds
cycle-column-given = From outside
cycle-column-rounds = Rounds

filter-by = Figures of
filter-with = Compare with
label-scheme_name = Name
    .hint = Of the same name, it becomes the next edition
label-scheme_sample = Begin with a sample
    .hint = Samples are of our own making, for trying things out
label-scheme_cycle = Cycle
label-observed_way = Way that rounds of inspections feed
label-scheme_note = Note
label-node_code = Code
    .hint = For example: Ⅲ-12
label-node_parent = Node above
label-node_name = Name
label-node_kind = Kind
label-node_veto = What a veto takes away
    .hint = For vetoes only: 扣3分 (minus 3), 不超过60分 (at most 60), or 归零 (nothing)
label-node_ways = Ways of judging
    .hint = One a line: way | points | rule. For example: 实地考察 | 8 | 平均(1)
label-node_points = Points
label-node_rule = Rule
label-node_lead = Lead unit
label-node_units = Responsible units
    .hint = Several are parted by semicolons
label-node_point_types = Types of points
    .hint = Several are parted by semicolons
label-node_evidence = Kinds of evidence
    .hint = Several are parted by semicolons
label-node_observed = Observed items
    .hint = Items of workbooks, with or without the number of a part; left empty, the item of this name
label-node_note = Note
label-rule = Rule
label-cycle_name = Name
label-first_year = First year
label-last_year = Last year
label-cycle_years = Weights and scores of years
    .hint = One a line: year | weight | score from outside. For example: 2026 | 1 | 92.5%. Years that are not named weigh 1

field-node-code-form = No spaces, and none of / ? # % &
field-way-form = Neither | nor ·
field-way-line = Line { $line } should read: way | points | rule
field-way-points = In line { $line } the points are no number
field-year-line = Line { $line } should read: year | weight | score
field-not-an-effect = Write 扣3分 (minus 3), 不超过60分 (at most 60), or 归零 (nothing)
field-row-refused = This row is wrong: { $code }
field-rows-refused = { $count ->
    [one] 1 row is wrong: none was imported
   *[other] { $count } rows are wrong: none was imported
}
field-no-such-node = The code above stands in no row before
field-rule-empty = Line { $line } has no rule
    .short = No rule
field-rule-too-long = The rule of line { $line } is too long
    .short = The rule is too long
field-rule-too-deep = Line { $line }, character { $at }: too many groupings
    .short = Too many groupings
field-rule-group = Line { $line }, character { $at }: “{ $what }” is no grouping; write 按点位平均 or by point mean
    .short = No such grouping
field-rule-unknown = Line { $line }, character { $at }: there is no rule “{ $what }”
    .short = No such rule
field-rule-arguments = Line { $line }, character { $at }: numbers wanted in the brackets: { $what }
    .short = The wrong number of numbers in brackets
field-rule-number = Line { $line }, character { $at }: “{ $what }” is no number that can stand here
    .short = A number in brackets cannot stand there
field-rule-bracket = Line { $line }, character { $at }: the closing bracket is missing
    .short = The closing bracket is missing
field-rule-formula = Line { $line }, character { $at }: a colon with a formula follows 公式(full) or formula(full), and nothing else
    .short = The formula is not written rightly
field-formula-empty = Line { $line } has no formula
    .short = No formula
field-formula-too-long = The formula of line { $line } is too long
    .short = The formula is too long
field-formula-too-deep = Line { $line }, character { $at }: brackets too deep
    .short = Brackets too deep
field-formula-unknown-sign = Line { $line }, character { $at }: “{ $what }” is not known
    .short = An unknown sign in the formula
field-formula-unexpected = Line { $line }, character { $at }: “{ $what }” cannot stand here
    .short = The formula is not written rightly
field-formula-ends-early = Line { $line }, character { $at }: the formula ends early
    .short = The formula ends early
field-formula-unknown-name = Line { $line }, character { $at }: there is no figure “{ $what }”
    .short = An unknown figure in the formula
field-formula-unknown-function = Line { $line }, character { $at }: there is no function “{ $what }”
    .short = An unknown function in the formula
field-formula-arguments = Line { $line }, character { $at }: “{ $what }” takes another number of figures
    .short = A function takes another number of figures
field-formula-wrong-kind = Line { $line }, character { $at }: a condition stands where a number must, or the other way round
    .short = A condition stands where a number must
field-formula-places = Line { $line }, character { $at }: round takes 0 to 6 places
    .short = round takes 0 to 6 places
field-formula-wrong = Line { $line }, character { $at }: the formula is wrong
    .short = The formula is wrong

problem-scheme-frozen = { $number } is published and can no longer be changed
    .todo = Copy it to a new edition and change that.
problem-scheme-faulty = { $count ->
    [one] 1 fault keeps it from being published
   *[other] { $count } faults keep it from being published
}
    .todo = Go back to the scheme: faults stand at its top.
problem-node-has-nodes = Nodes stand below { $code }: it cannot be removed
    .todo = Remove or move those first.
problem-node-cannot-move = { $code } cannot go further that way
    .todo = Try another direction.

flash-scheme-made = { $value } has been made.
flash-scheme-copied = Copied to { $value }, ready to be changed.
flash-scheme-published = { $value } is published and can no longer be changed.
flash-scheme-filled = { $value } now has the table's tree.
flash-node-added = { $value } has been added.
flash-node-saved = { $value } has been saved.
flash-node-moved = { $value } has been moved.
flash-node-removed = { $value } has been removed.
flash-cycle-saved = “{ $value }” has been saved.

event-assessment-scheme-made = Made scheme { $number }: { $name }, edition { $edition }
event-assessment-scheme-copied = Copied { $from } to scheme { $number }, edition { $edition }
event-assessment-scheme-filled = Filled scheme { $number } from a table: { $nodes } nodes
event-assessment-scheme-published = Published scheme { $number }: { $name }, edition { $edition }
event-assessment-node-added = In scheme { $number }, added { $code } { $name }
event-assessment-node-edited = In scheme { $number }, changed { $code } { $name }
event-assessment-node-moved = In scheme { $number }, moved { $code }
event-assessment-node-removed = In scheme { $number }, removed { $code } { $name }
event-assessment-cycle-made = Made cycle { $number }: { $name }
event-assessment-cycle-edited = Changed cycle { $number }: { $name }

# negative list
menu-negative = Negative list
negative-title = Negative list
    .lead = What costs points, the right to apply or the title, and until which day. Windows are worked out from days and from what the city is; only the office sees them.
filter-day = Day of the test or application
negative-as = As a city that is
negative-on = For a test or an application on { $day }, as: { $status }
negative-none = No event is known
    .todo = Until it is confirmed an event is shown and not counted.
negative-count = { $count ->
    [one] 1 event
   *[other] { $count } events
}
negative-new = Report an event
negative-titles = What the city is
    .lead = Since which day it is what; without a line, an applicant.
negative-entries = Entries of the list
    .lead = What counts, for how many months, and what follows for a city of each kind: as the documents in force have it.
negative-entries-none = There are no entries
    .todo = Write down those of the documents in force first.
negative-entries-count = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
negative-entry-new = New entry
negative-retired = Not used any more
negative-no = None
negative-yes = Yes
negative-pending = { $points } more if all that is reported were confirmed
negative-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
negative-facts = The event
negative-effects = What follows
negative-no-entries = There is no entry to choose yet: make one first.
negative-tile-deducted = Points taken off
negative-tile-barred = May not apply until
negative-tile-suspended = Title rests until
negative-tile-revoked = Title taken away
city-status-applicant = Applicant
city-status-nominee = Nominee
city-status-holder = Holder of the title
negative-measure-deduct = Points taken off
negative-measure-bar = No application or nomination
negative-measure-suspend = Title rests
negative-measure-revoke = Title taken away
negative-effect-deduct = { $amount } off the score
negative-effect-bar = may not apply
negative-effect-suspend = title rests { $amount } months
negative-effect-revoke = title taken away
negative-state-reported = To be confirmed
negative-state-confirmed = Confirmed
negative-state-dismissed = Dismissed
negative-state-lifted = Lifted after an appeal
negative-counts-now = Counts
negative-counts-pending = To be confirmed
negative-counts-later = After that day
negative-counts-over = Over
negative-counts-void = Does not count
negative-counts-nothing = Nothing follows for such a city
negative-step-confirm = Confirm
negative-step-dismiss = Dismiss
negative-step-lift = Lift
negative-step-reopen = Look again
negative-step-means-confirm = It counts from its day on; a rest or a loss of the title begins today.
negative-step-means-dismiss = It does not count; the reason stays in the record.
negative-step-means-lift = The appeal holds, and from now on it does not count.
negative-step-means-reopen = It is to be confirmed again and does not count meanwhile.
negative-column-number = Number
negative-column-title = Event
negative-column-entry = Entry
negative-column-day = Day
negative-column-subject = About
negative-column-source = Source
negative-column-state = State
negative-column-effect = What follows
negative-column-counts = Counts
negative-column-until = Until
negative-column-code = Code
negative-column-name = Entry
negative-column-basis = Basis
negative-column-months = Months back
negative-column-decided = Decided on
negative-column-reason = Reason
negative-column-account = What happened
label-entry_code = Code
    .hint = As the document numbers it, such as G15
label-entry_name = What counts
label-entry_basis = Document
label-entry_months = Months back
    .hint = For how many months from its day an event counts
label-effect_applicant = For an applicant
label-effect_nominee = For a nominee
label-effect_holder = For a holder of the title
label-amount_applicant = How many points or months
label-amount_nominee = How many points or months
label-amount_holder = How many points or months
label-entry_retired = Takes no new events
label-event_entry = Entry
label-event_title = Event
label-event_account = What happened
    .hint = Kept encrypted
label-event_source = Source
    .hint = A notice, a report in the media, a document
label-event_subject = District, street or unit
label-happened_on = Day
label-titles = Changes
    .hint = One a line: day | status. The status is applicant, nominee or holder
field-effect-none = Something has to follow
field-title-line = Line { $line } is to be written: day | status
problem-negative-known = There is an entry { $code } already
    .todo = Open it to change it, or choose another code.
problem-negative-retired = Entry { $code } takes no new events
    .todo = Choose another entry, or take it into use again first.
problem-negative-decided = { $number } is decided and cannot be changed
    .todo = Have it looked at again first.
flash-negative-saved = Saved: { $value }.
flash-negative-reported = { $value } is reported, and counts when it is confirmed.
flash-negative-decided = It is now: { $value }.
flash-negative-titles-saved = Saved.
event-assessment-negative-entry = Wrote entry { $code } of the negative list: { $name }, { $months } months back
event-assessment-negative-reported = Reported event { $number } of the negative list, entry { $code }
event-assessment-negative-rewritten = Changed event { $number } of the negative list, entry { $code }
event-assessment-negative-decided = Event { $number } of the negative list is now “{ $negative-state-text }” { $reason }

# score packs
packs-title = Score packs
    .lead = The scheme, the observations, what people said of them and every figure of a score, signed, in one file. Anybody can work it out again.
pack-make = Score pack
pack-check = Check a pack
pack-check-do = Work it out again
pack-offline = Without a network, too:
pack-key = The city's key
pack-key-lead = Tell this to whoever gets a pack by another way, such as a letter: then they know that it is yours.
pack-agrees = The signature holds, nothing was altered, and every figure comes out.
pack-disagrees = Something is wrong with this pack: see below.
pack-city = City
pack-made-at = Made at
pack-figures = Figures
pack-rows = Rows
pack-signature = Signature
pack-signature-ours = Holds, and is this city's
pack-signature-other = Holds, but is not by this city's key
pack-signature-broken = Does not hold
pack-altered = { $count ->
    [one] 1 part was altered after signing
   *[other] { $count } parts were altered after signing
}
pack-differs = { $count ->
    [one] 1 figure does not come out
   *[other] { $count } figures do not come out
}
pack-figure = Figure
pack-recorded = In the pack
pack-worked-out = Worked out
label-pack_file = The pack
field-pack-unreadable = It cannot be read: { $what }
field-pack-other = This is no score pack
field-pack-version = This is a pack of version { $version }, which cannot be read here
problem-pack-draft = Something is still a draft
    .todo = Check the rounds and publish the scheme first.
problem-pack-empty = There is no round to make a pack of
    .todo = Choose a round, or a year that has some.
event-assessment-pack-made = Made score pack { $number } ({ $of }), SHA-256 { $sha256 }

# appeals
menu-appeals = Appeals
appeal = Appeal
appeals-title = Appeals
    .lead = Units appeal against what published rounds take off them, and the office answers by a day.
appeals-none = There are no appeals
    .todo = A unit appeals from the page of a point.
appeals-count = { $count ->
    [one] 1 appeal
   *[other] { $count } appeals
}
appeal-terms = Terms of appeals
    .lead = In working days.
appeal-late = Answer overdue
appeal-file = Appeal
appeal-about = The point
appeal-until = Until { $day }
appeal-withdraw = Withdraw
appeal-reopen = Answer again
appeal-answer = Answer
appeal-uphold = Uphold and correct
appeal-reject = What was taken off stands
appeal-uphold-needs = To uphold, say how the standard was read, how it is read now, and what is taken off then.
appeal-also = { $count ->
    [one] 1 other point of the same part has as much taken off
   *[other] { $count } other points of the same part have as much taken off
}
appeal-also-lead = Choose those that the new reading puts right too.
appeal-units = Units whose figures would move with all of these
appeal-units-lead = As if all points above were put right as the appeal wants it.
appeal-before = Now
appeal-after = Then
appeal-was = The file takes off { $was }; an appeal put that right.
appeal-state-open = To be answered
appeal-state-upheld = Upheld
appeal-state-rejected = Stands
appeal-state-withdrawn = Withdrawn
appeal-column-number = Number
appeal-column-unit = Unit
appeal-column-round = Round
appeal-column-row = Row
appeal-column-lost = Taken off
appeal-column-wanted = Wanted
appeal-column-state = State
appeal-column-filed = Filed
appeal-column-due = Answer by
appeal-column-answered = Answered
appeal-column-grounds = Grounds
appeal-column-answer = Answer
appeal-column-rule-old = How it was read
appeal-column-rule-new = How it is read now
label-appeal_grounds = Grounds
label-appeal_wanted = What should be taken off
    .hint = 0 to 1, at most four places
label-appeal_answer = Answer
label-rule_old = How the standard was read
label-rule_new = How it is read now
label-new_lost = What is taken off now
    .hint = 0 to 1, at most four places
label-also = Other points
label-appeal_step = Outcome
label-term_file = Working days after publication to appeal
label-term_answer = Working days to answer
field-lost-form = A number from 0 to 1, at most four places
problem-appeal-not-now = This row cannot be appealed against now
    .todo = Only points of published rounds that take something off your unit, once, within the term.
problem-appeal-round = Round { $number } was withdrawn and cannot be corrected
    .todo = Answer when it is published again.
problem-appeal-corrected = Row { $row } was corrected by another appeal
    .todo = Leave it out.
flash-appeal-filed = Appeal { $value } is filed.
flash-appeal-answered = It is now: { $value }.
flash-appeal-terms-set = Saved.
notice-appeal-filed = { $unit } filed appeal { $number }: please answer in time
notice-appeal-answered = Appeal { $number } is answered
event-assessment-appeal-filed = { $unit } filed appeal { $number } against row { $row } of round { $round }
event-assessment-appeal-withdrawn = Withdrew appeal { $number }
event-assessment-appeal-answered = Appeal { $number } is now “{ $appeal-state-text }”
setting-name-assessment-appeal-days = Terms of appeals
setting-name-assessment-titles = What the city is
