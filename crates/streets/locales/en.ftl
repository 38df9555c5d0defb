menu-streets = Streets
streets-title = Register of adopted streets
streets-lead = Which unit, and who in it, answers for which stretch of street on which day.
streets-words = street, unit, leader, number
streets-map = Map: adopted stretches, gaps, overlaps
streets-legend = Key
streets-adopted-here = adopted
streets-count = { $count ->
    [one] { $count } stretch
   *[other] { $count } stretches
 }
streets-units = { $count ->
    [one] { $count } unit
   *[other] { $count } units
 }
streets-none = No street has been adopted yet
    .todo = Import the register you have, or make the first entry.
streets-unit-none = No stretch on this day
streets-none-public = Nothing has been published yet
streets-not-found-words = Nothing found for “{ $words }”
streets-not-found = This street was not found
    .todo = Try another name; or report the problem, and the command centre sends it to the right unit.
streets-new = New adoption
streets-new-lead = Choose the street and its section, then say which unit answers for which stretch.
streets-show-sections = Show sections
streets-adopt = Adopt this stretch
streets-held = Adopted on this section already
streets-held-none = Nobody has adopted this section yet.
streets-share-it = Share the stretch with another unit
streets-import = Import a register
streets-import-lead = Try it first and read what becomes of each row, then import. What is exported here imports again.
streets-import-columns = Columns: section number, or street, from crossing and to crossing; from (m) and to (m), blank for the whole section; unit code or adopting unit; leader; telephone; telephone is public (1 or blank); standard; from date; until date; reason for sharing.
streets-mine = My unit only
streets-every-day = Past and future too
streets-filter-street = Street
streets-filter-unit = Adopting unit
streets-filter-date = Day
streets-as-of = This is the register as of { $date }.
streets-back-to-today = Back to today
streets-crumbs = You are here
streets-section = Section
streets-stretch = Stretch
streets-length = Length
streets-state = State
streets-who = Who
streets-from-to = { $from }–{ $to } m
streets-adopted = Adopted
streets-adopted-of = { $adopted } of { $length } km
streets-stretches = Stretches
streets-gaps = Gaps
streets-gap-length = { $length } km in all
streets-places = places
streets-overlaps = Overlaps
streets-overlaps-note = besides { $same } of one unit and { $shared } shared on purpose
streets-gap = Nobody answers
streets-overlap-different = Two units answer
streets-overlap-same-unit = One unit, twice
streets-overlap-shared = Shared
streets-fault = Fault
streets-coverage = Gaps and overlaps
streets-coverage-lead = Every street, metre by metre: where nobody answers, and where two do.
streets-faults-only = Only streets with faults
streets-sound = { $count ->
    [one] { $count } street has neither gap nor overlap
   *[other] { $count } streets have neither gap nor overlap
 }
streets-share = { $share } adopted, { $count } stretches
streets-whole-count = { $count ->
    [one] { $count } street
   *[other] { $count } streets
 }
streets-whole = Whole, without gap or overlap
streets-fill = Fill the gap
streets-no-faults = Neither gap nor overlap
streets-no-sections = There are no street sections yet
    .todo = Import the sections before streets can be adopted.
streets-adrift = The sections of these adoptions are no longer in use; they need a new place: { $numbers }
streets-public-page = Public page
streets-sign = Sign
streets-open-cases = Open cases on this stretch
streets-section-cases = Cases of the whole section
streets-no-cases = No open cases.
streets-others = Other entries for these metres
streets-others-none = None.
streets-of-unit = The streets this unit answers for
streets-outcomes-unit = Outcomes of this unit
streets-outcomes-all = All stretches of
streets-outcomes = Outcomes
streets-outcomes-lead = Cases due between { $from } and { $until }. In order of name: no ranking, no points. Each number opens to its cases.
streets-period = { $from } to { $until }
streets-settings = Street settings
streets-settings-lead = Standards, and what is published.
outcome-due = Due
outcome-closed = Closing rate
outcome-on-time = On-time rate
outcome-rework = Rework rate
outcome-satisfied = Satisfied
outcome-open = Open
outcome-overdue = Overdue
outcome-closed-count = Closed
outcome-on-time-count = Closed on time
outcome-handled = Handled
outcome-rework-count = Rework
outcome-rated = Rated
outcome-satisfied-count = Satisfied (count)

adoption-state-now = In force
adoption-state-later = Not begun
adoption-state-over = Ended
adoption-state-void = Taken back
adoption-term = Term
adoption-days-open = from { $from }
adoption-days = { $from } to { $until }
adoption-ended-why = Why it ended
adoption-end-replaced = another unit took over
adoption-end-split = cut in two
adoption-end-joined = joined with its neighbour
adoption-end-section = the section changed
adoption-end-merged = the unit was merged into another
adoption-end-ended = ended
adoption-end-mistake = entered by mistake, taken back
adoption-no-phone = none given
adoption-phone-public = { $phone } (public)
adoption-back = Back to the stretch
adoption-no-neighbour = There is no neighbouring stretch of the same unit to join with.
adoption-move-contact = Change the contact
    .lead = Another leader or telephone number. A unit's head may change those of its own stretches.
adoption-move-replacement = Replace the unit
    .lead = The present unit answers until the day before, the new one from the first day on, under a number of its own. The code on the old sign leads to the new unit. Open cases can be handed over next.
adoption-move-end = End
    .lead = Afterwards the stretch counts as nobody's. What was entered by mistake is taken back: it then held on no day.
adoption-move-cut = Cut in two
    .lead = Both parts get numbers of their own and stay with the unit; each can be given to another later.
adoption-move-joint = Join with a neighbour
    .lead = Leader, telephone number and standard are those of this stretch.
adoption-do-contact = Save
adoption-do-replacement = Replace the unit
adoption-do-end = End it
adoption-do-cut = Cut in two
adoption-do-joint = Join
adoption-how-ended = Ends on a day
adoption-how-mistake = Was a mistake: take it back

handover-title = Handover
handover-heading = Hand open cases over to { $unit }
handover-lead = These cases lie on the stretch and are still with the unit before. To hand over is to dispatch again: the new unit gets the full time, and each case records it. Untick what has nothing to do with the street.
handover-none = Nothing to hand over
    .todo = The unit before has no open cases on this stretch.
handover-later = The new unit answers from { $date }; hand over on that day.
handover-count = { $count } in all, { $movable-count } can be handed over
handover-pick = Choose
handover-case = Case
handover-from = With
handover-along = From the start (m)
handover-stays = stays where it is
handover-do = Hand over the chosen cases
handover-note = The adopting unit changed ({ $number }); its cases go with the street.
handover-waiting = { $count ->
    [one] { $count } open case of the unit before lies on this stretch and waits to be handed over.
   *[other] { $count } open cases of the unit before lie on this stretch and wait to be handed over.
 }
handover-see = Look at them

patrols-title = Patrols
patrols-log = Log a patrol
patrols-log-do = Log it
patrols-burden = Only who, which day and how much was found. No check-in, no track, no photos unless something was found.
patrols-none = No patrols yet.
patrols-found = { $count ->
    [0] nothing found
    [one] { $count } finding
   *[other] { $count } findings
 }
patrols-report = Report what you found
patrols-report-do = Report

standards-title = Standards
standard-edit = New or changed standard
standard-unused = not in use
leader-shown-masked = Surname only (Z***)
leader-shown-whole = Whole name
leader-shown-hidden = Not shown

streets-public-lead = Every street has a unit that answers for it. See who answers for yours.
streets-my-street = My street
streets-my-street-hint = name of a street or crossing
streets-find = Find
streets-all = All streets
streets-answers = { $unit } answers for this stretch.
streets-sign-moved = You scanned the sign { $old }. Another unit answers now: { $new }.
streets-over = Nobody answers for this stretch at present. You can still report a problem; the command centre sees to it.
streets-report = Report a problem here
streets-who-answers = Who answers
streets-beside = Also here:
streets-open = Being worked on
streets-open-none = Nothing at present.
streets-solved = Solved lately
streets-solved-none = Nothing lately.

streets-signs = Signs
streets-signs-count = { $count ->
    [one] { $count } sign
   *[other] { $count } signs
 }
streets-signs-lead = Four to a sheet of A4; cut along the dashed lines. The code shows who answers and takes reports; when the unit changes, old signs still work.
streets-signs-print = Print
streets-signs-back = Back to the register
streets-signs-sheet = Sheet { $number }
streets-signs-no-address = The address of this site is not set, so the codes lead nowhere. Set it before printing.
streets-sign-city = { $city } adopted street
streets-sign-scan = Scan: who answers, report a problem

label-adoption_number = Adoption
label-adoption_section = Section number
label-adoption_from_m = From (m)
    .hint = Metres from the section's beginning; blank is its beginning.
label-adoption_to_m = To (m)
    .hint = Blank is the section's end.
label-adoption_unit_code = Unit code
label-adoption_unit = Adopting unit
label-adoption_leader = Leader
label-adoption_phone = Telephone
label-adoption_public_phone = Telephone is public
    .hint = Shown on the public page and on the sign.
label-adoption_standard = Standard
label-adoption_from = From date
label-adoption_until = Until date
    .hint = The last day; blank while it is open.
label-adoption_shared = Reason for sharing
    .hint = Why a second unit answers for metres that have one already.
label-adoption_first = First day
label-adoption_reason = Reason
label-adoption_how = How it ends
label-adoption_at_m = Cut at (m)
    .hint = Metres from the section's beginning.
label-adoption_other = Join with
label-patrol_day = Day
label-patrol_note = Note
label-patrol_what = What did you find
label-patrol_kind = Kind
label-patrol_along = Metres from the section's beginning
    .hint = Roughly will do.
label-patrol_photos = Photos
label-standard_code = Code
    .hint = Lower case letters, digits and hyphens, e.g. five-goods. A code that exists is changed.
label-standard_name_zh = Name in Chinese
label-standard_name_en = Name in English
label-standard_items = What it asks for
    .hint = One a line, Chinese and English with a bar between: 卫生净好 | Clean and tidy
label-standard_active = In use
label-leader_shown = How leaders' names are published

flash-adoption-made = { $value } has been made.
flash-adoption-contact = { $value } has been saved.
flash-adoption-replacement = The new unit's number is { $value }.
flash-adoption-end = { $value } has been ended.
flash-adoption-cut = Cut in two; the first part is { $value }.
flash-adoption-joint = Joined as { $value }.
flash-adoption-handover = Cases handed over: { $value }.
flash-adoption-patrolled = Logged.
flash-adoption-found = Reported as { $value }.
flash-streets-imported = Imported.
flash-streets-settings = Saved.

problem-adoption-void = { $number } has been taken back
problem-adoption-not-in-force = { $number } is not in force today
    .todo = This can only be done within its term.
problem-adoption-nothing-to-hand-over = There is nothing that can be handed over
    .todo = The cases may have been answered, disputed or handed over meanwhile. Reload the page.
problem-adoption-exists = This number exists already
field-adoption-overlap = overlaps { $number } ({ $unit }, { $metres } m); if it is shared on purpose, give the reason
    .short = overlaps an adopted stretch
field-adoption-off-section = not on the section, which is { $length } m long
    .short = not on the section
field-adoption-too-short = too short, at least 5 m
field-adoption-ends-first = not before the first day, nor after the end it has now
field-adoption-phone = not a telephone number; landlines need their area code
field-adoption-same-unit = this is the present unit
field-adoption-outside-its-days = outside the adoption's days
field-adoption-cut-at = must lie within the stretch ({ $metres } m)
    .short = not within the stretch
field-adoption-not-joinable = cannot be joined: same section, same unit, end to end
field-patrol-not-yet = this day has not come yet
field-standard-code-form = lower case letters, digits and hyphens only
field-standard-items-form = one to twenty, each in Chinese and English
reason-adoption-exists = this number exists already and was not imported again
reason-adoption-unknown-unit = no such unit
reason-adoption-several-units = several units have this name, and the code is none of theirs
reason-adoption-code-of-another = here this code is another unit, and no unit has this name
reason-adoption-code-passed-over = here the code is another unit; taken by the name
reason-adoption-unknown-section = no such section
reason-adoption-turned-round = from and to are the other way round; the metres would not fit
reason-adoption-default-standard = standard not known, taken as the five goods
reason-adoption-from-today = no first day, from today

event-adoption-made = Made: { $unit }, { $section } { $metres } m, from { $from }.
event-adoption-took-over = { $unit } took over from { $from }, { $section } { $metres } m.
event-adoption-made-of = Made by rearrangement: { $unit }, { $section } { $metres } m, from { $from }.
event-adoption-changed = Contact changed: { $before } → { $after }.
event-adoption-ended = Ended; the last day is { $until }.
event-adoption-taken-back = Taken back: it was a mistake.
event-adoption-replaced = { $unit } takes over from { $from } as { $by }.
event-adoption-split = Cut in two from { $from }: { $into }.
event-adoption-joined = Joined into { $into } from { $from }.
event-adoption-moved = The section changed; went over to { $into }.
event-adoption-handed-over = Handed { $count } cases over to { $unit }: { $cases }.
event-adoption-patrolled = Patrol on { $day }, findings: { $count }.
event-adoption-found = A patrol found something: { $case }.
event-street-standard-saved = Standard “{ $name }” saved.
event-streets-imported = Register imported: { $accepted-count } rows, { $refused-count } refused.

notice-adoption-given = Your unit has adopted a street: { $section } ({ $number })
notice-adoption-ends-soon = { $number } { $section } ends on { $until } and nobody takes over
notice-adoption-handover = { $number } { $section } has a new unit today; { $count } open cases wait to be handed over
search-streets = Adopted stretches

streets-signs-size = Paper
streets-signs-a4 = A4, four a sheet
streets-signs-a5 = A5, one a sheet
streets-signs-pdf = Download PDF
streets-signs-only-here = The site’s address is { $address }, which only this machine can open: printed codes would lead nowhere. Set the public address before you print.
streets-sign-hotline = Hotline
label-hotline = Hotline on the signs
    .hint = Printed on every sign; mostly 12345.
field-hotline-form = 3 to 15 digits, hyphens allowed
problem-stretch-not-in-force = Nobody answers by { $number } on that day: it has no sign.
    .todo = Find who answers for this stretch today in the register, and print that sign.
problem-no-signs = There are no signs to print.
    .todo = Try a wider choice.
event-streets-signs-printed = { $count } signs printed.
