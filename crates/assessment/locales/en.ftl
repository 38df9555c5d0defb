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
