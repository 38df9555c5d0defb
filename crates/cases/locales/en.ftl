# Menu
menu-today = Today
menu-todo = To do
menu-mine = My reports
menu-enter = Report
menu-cases = Cases
menu-statistics = Statistics
menu-catalogue = Catalogue
search-cases = Cases

# States, sources, stages
case-state-reported = To be confirmed
case-state-confirmed = To be registered
case-state-registered = To be dispatched
case-state-dispatched = To be handled
case-state-handling = Being handled
case-state-answered = To be verified
case-state-verified = To be closed
case-state-closed = Closed
case-state-parked = Parked
case-state-disputed = Awaiting ruling
case-state-contested = Under review
case-state-split = Split
case-state-refused = Not registered
case-state-merged = Merged
case-state-voided = Voided
case-state-open = Open (all)
case-waits-reported = Confirm
case-waits-confirmed = Register
case-waits-registered = Dispatch
case-waits-dispatched = Handle
case-waits-handling = Handle
case-waits-answered = Verify
case-waits-verified = Close
case-waits-closed = Closed
case-waits-parked = Parked
case-waits-disputed = Rule
case-waits-contested = Review
case-waits-split = Split
case-waits-refused = Not registered
case-waits-merged = Merged
case-waits-voided = Voided
case-move-confirm = confirm
case-move-refuse = refuse registration
case-move-register = register
case-move-dispatch = dispatch
case-move-receive = receive
case-move-redispatch = redispatch
case-move-return = return
case-move-dispute = ask for a ruling
case-move-rule = rule
case-move-park = park
case-move-resume = resume
case-move-answer = answer
case-move-pass = pass verification
case-move-rework = send back for rework
case-move-close = close
case-move-contest = contest
case-move-uphold = uphold
case-move-reopen = reopen
case-move-split = split
case-move-gather = gather
case-move-merge = merge
case-move-unmerge = unmerge
case-move-void = void
case-stage-report = Report
case-stage-register = Register
case-stage-dispatch = Dispatch
case-stage-handle = Handle
case-stage-answer = Answer
case-stage-verify = Verify
case-stage-close = Close
stage-confirm = Confirm
stage-register = Register
stage-dispatch = Dispatch
stage-handle = Handle
stage-verify = Verify
stage-close = Close
case-due-confirm = Time to confirm
case-due-register = Time to register
case-due-dispatch = Time to dispatch
case-due-handle = Time to handle
case-due-verify = Time to verify
case-due-close = Time to close
source-citizen = Citizen
source-phone = Telephone
source-counter = Counter
source-inspection = Inspection
source-patrol = Street patrol
source-staff = Staff
source-instruction = Leader's instruction
source-transfer = Passed on by another body
source-hotline = Hotline 12345
source-urban = Urban management platform
source-web = Website
source-app = Mobile app
source-mail = Mail
source-paper = Paper form
source-social = Social media
source-import = Import
source-other = Other
satisfaction-good = Satisfied
satisfaction-fair = So-so
satisfaction-bad = Not satisfied
request-kind-extension = Extension
request-kind-parking = Parking
request-state-asked = Waiting
request-state-granted = Granted
request-state-refused = Refused
request-state-withdrawn = Withdrawn
photo-kind-before = Photo before
photo-kind-after = Photo after
photo-kind-check = Photo of the check
item-kind-component = Component
item-kind-event = Event
item-kind-all = All

# Time
time-unit-urgent_hour = urgent hours
time-unit-working_hour = working hours
time-unit-working_day = working days
time-unit-calendar_day = calendar days
time-urgent_hour = { $count ->
    [one] { $count } urgent hour
   *[other] { $count } urgent hours
 }
time-working_hour = { $count ->
    [one] { $count } working hour
   *[other] { $count } working hours
 }
time-working_day = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
 }
time-calendar_day = { $count ->
    [one] { $count } calendar day
   *[other] { $count } calendar days
 }
time-left-urgent_hour = { $count ->
    [one] { $count } urgent hour left
   *[other] { $count } urgent hours left
 }
time-left-working_hour = { $count ->
    [one] { $count } working hour left
   *[other] { $count } working hours left
 }
time-left-working_day = { $count ->
    [one] { $count } working day left
   *[other] { $count } working days left
 }
time-left-calendar_day = { $count ->
    [one] { $count } day left
   *[other] { $count } days left
 }
time-left-minutes = { $count ->
    [one] { $count } minute left
   *[other] { $count } minutes left
 }
time-left-today = Due today
time-late-urgent_hour = { $count ->
    [one] { $count } urgent hour late
   *[other] { $count } urgent hours late
 }
time-late-working_hour = { $count ->
    [one] { $count } working hour late
   *[other] { $count } working hours late
 }
time-late-working_day = { $count ->
    [one] { $count } working day late
   *[other] { $count } working days late
 }
time-late-calendar_day = { $count ->
    [one] { $count } day late
   *[other] { $count } days late
 }
time-late-minutes = { $count ->
    [one] { $count } minute late
   *[other] { $count } minutes late
 }
time-late-today = Late since today
time-late-times = Late { $count }× the limit
time-late-many = Late more than 10× the limit
time-late-now = Late
time-closed-on-time = Closed on time
time-closed-late = Closed late
time-paused = On hold
time-parked-until = Parked until { $date }

# What can be done
case-verb-time-decision = Decide on the request
    .lead = Grant or refuse the unit's request for more time or for parking.
case-verb-ruling = Rule
    .lead = Name the unit that is responsible. For the same unit the clock goes on where it stood; another one gets the full time.
case-verb-contest-decision = Review
    .lead = The reporter says that it is not fixed. Uphold the closing, or send it back.
case-verb-acceptance = Register and dispatch
    .lead = Where everything is clear: confirm, register and dispatch in one step.
case-verb-confirmation = Confirm
    .lead = It is there, and it is the city's business. The case goes on to registration, whose time starts now. The public list shows the problem from now on, never who reported it.
case-verb-registration = Register
    .lead = Choose the kind and the condition; the catalogue gives the time limit.
case-verb-dispatch = Dispatch
    .lead = To one lead unit, with assisting units where needed. The time to handle it starts now.
case-verb-redispatch = Redispatch
    .lead = When the wrong unit has it. Say why in the note; the new unit gets the full time.
case-verb-answer = Answer
    .lead = Say how it was solved and add photos. The clock stands while others verify.
case-verb-receipt = Receive
    .lead = Says that the unit has seen it and works on it. The time to handle it has run since dispatch and goes on.
case-verb-verification = Pass verification
    .lead = By somebody who does not work for the handling unit. Pass it if the place or the photos show that it is fixed.
case-verb-rework = Send back for rework
    .lead = Not fixed: back to the same unit, whose clock goes on where it stood.
case-verb-closure = Close
    .lead = The reporter can rate the result, and contest it once within the days that the city allows.
case-verb-refusal = Refuse registration
    .lead = Not there, or not the city's business. The reporter reads your reason.
case-verb-extension-request = Ask for an extension
    .lead = Say how much more time is needed and why. The office decides.
case-verb-parking-request = Ask for parking
    .lead = What cannot be solved for now: say why and until when. The office decides.
case-verb-request-withdrawal = Withdraw the request
    .lead = Nobody decides on it any more; the time to handle the case stays as it is.
case-verb-return = Return
    .lead = Not this unit's business: say why. Returns are counted.
case-verb-dispute = Ask for a ruling
    .lead = Where responsibility is disputed: say whose it is and on what ground. The clock stands meanwhile.
case-verb-resumption = Resume
    .lead = The case is no longer parked: it goes back to its unit, whose time goes on where it stopped. The unit is told.
case-verb-supervision = Remind or supervise
    .lead = A numbered letter to the responsible unit. A supervision letter and a summons are signed by somebody else first.
case-verb-correction = Correct
    .lead = Title, kind and place; not after it was dispatched.
case-verb-merge = Merge
    .lead = Several reports of one problem become one case; all reporters follow the main one.
case-verb-unmerge = Unmerge
    .lead = The case is a report of its own again and waits to be confirmed, with new time to confirm it. The case that it was merged into goes on.
case-verb-split = Split
    .lead = One report with several problems for several units becomes 2 to 6 cases. It ends when all of them have.
case-verb-parking = Park
    .lead = What cannot be solved for now: say why and until when. The clock stands meanwhile.
case-verb-voiding = Void
    .lead = Entered by mistake. This cannot be undone; say why.
case-decision-grant = Grant
case-decision-refuse = Refuse
case-decision-uphold = Uphold the closing
case-decision-reopen = Reopen
case-request-extension = { $unit } asks for { $what } more. Reason: { $why }
case-request-parking = { $unit } asks for this: { $what }. Reason: { $why }
flash-case-time-decision = Decided; the unit has been told.
flash-case-ruling = Ruled.
flash-case-contest-decision = Decided.
flash-case-acceptance = { $value } has been registered and dispatched.
flash-case-confirmation = Confirmed.
flash-case-registration = Registered.
flash-case-dispatch = { $value } has been dispatched; the unit has been told.
flash-case-answer = Answered, waiting to be verified. The clock stands.
flash-case-receipt = Received.
flash-case-verification = Verification passed.
flash-case-rework = Sent back for rework; the unit has been told.
flash-case-closure = Closed.
flash-case-refusal = Not registered.
flash-case-extension-request = Extension asked for.
flash-case-parking-request = Parking asked for.
flash-case-request-withdrawal = Request withdrawn.
flash-case-return = { $value } has been returned.
flash-case-dispute = Ruling asked for; the clock stands.
flash-case-resumption = Resumed; the clock goes on.
flash-case-supervision = Proposed. What has to be signed goes out when somebody else has signed it.
flash-case-correction = Corrected.
flash-case-merge = Merged.
flash-case-unmerge = Unmerged; please confirm it again.
flash-case-split = Split.
flash-case-parking = Parked; the clock stands.
flash-case-voiding = Voided.
flash-case-entered = Entered as { $value }.
flash-case-rated = Thank you for your rating.
flash-case-contested = We have received your objection, will review it and answer here.
flash-case-followed = Noted. You will be told of any progress.
flash-catalogue-published = The catalogue "{ $value }" is in force.
flash-catalogue-limit-set = Limit saved.
flash-catalogue-limits-confirmed = { $value } limits were confirmed.
flash-catalogue-name-mapped = Name mapped.
flash-catalogue-item-saved = Saved.

# History
event-case-reported = { $source ->
    [citizen] Reported by a citizen
    [phone] Reported by telephone, entered by staff
    [counter] Reported at the counter, entered by staff
    [paper] Made from a paper form that was scanned
    [inspection] Found and reported by an inspector
    [patrol] Found on a street patrol
    [instruction] On a leader's instruction, entered by staff
    [transfer] Passed on by another body, entered by staff
    [import] Imported
   *[staff] Reported by staff
 }{ $photo-count ->
    [0] .
    [one] , with one photo.
   *[other] , with { $photo-count } photos.
 }
event-case-imported = Imported from "{ $system }", number there { $outside }.
event-case-caller-looked-up = looked for cases by a reporter’s telephone (mark of the number: { $caller })
event-case-import-started = Started to import cases from "{ $system }".
event-case-part-made = Made from a part of { $number }.
event-case-corrected = Title, kind or place corrected.
event-case-transcribed = What was written by hand on the form was typed in.
event-case-confirmed = Confirmed: it is there.
event-case-refused = Looked at and not registered.
event-case-registered = Registered as: { $item }.
event-case-dispatched = Dispatched to { $unit }{ $assisting-count ->
    [0] {""}
    [one] , with one assisting unit
   *[other] , with { $assisting-count } assisting units
 }{ $limit-unit ->
    [urgent_hour] , limit { $amount } urgent hours.
    [working_hour] , limit { $amount } working hours.
    [working_day] , limit { $amount } working days.
    [calendar_day] , limit { $amount } calendar days.
   *[none] .
 }
event-case-redispatched = Redispatched to { $unit }{ $limit-unit ->
    [urgent_hour] , limit { $amount } urgent hours.
    [working_hour] , limit { $amount } working hours.
    [working_day] , limit { $amount } working days.
    [calendar_day] , limit { $amount } calendar days.
   *[none] .
 }
event-case-dispatched-by-rule = Dispatched by routing rule { $rule } (edition { $edition }), “{ $name }”.
event-case-received = The unit has received it and begun.
event-case-answered = The unit has answered{ $photo-count ->
    [0] , without photos.
    [one] , with one photo.
   *[other] , with { $photo-count } photos.
 }
event-case-returned = The unit says it is not its business: returned.
event-case-disputed = The unit asks for a ruling; the clock stands.
event-case-ruled = Ruling: { $unit } is responsible.
event-case-parked = Parked until { $until }; the clock stands.
event-case-resumed = Resumed; the clock goes on.
event-case-passed = Verification passed.
event-case-rework = Not fixed: sent back for rework.
event-case-closed = { $on-time ->
    [true] Closed, on time.
    [false] Closed, late.
   *[other] Closed.
 }
event-case-contested = The reporter says that it is not fixed.
event-case-upheld = Reviewed: the closing stands.
event-case-reopened = Reviewed: back to the unit, with a new clock.
event-case-rated = { $verdict ->
    [good] The reporter is satisfied.
    [fair] The reporter finds it so-so.
   *[bad] The reporter is not satisfied.
 }
event-case-remarked = Another system adds something ({ $outside }).
event-case-heard = { $kind ->
    [urged] The partner system urges it ({ $order }).
    [supplemented] The partner system adds something ({ $order }).
    [changed] The partner system changed the order's words ({ $order }).
    [withdrawn] The partner system withdrew the order ({ $order }).
    [contested] The partner system's call-back found the reporter not satisfied ({ $order }).
    [deadline] The partner's deadline holds: { $until } ({ $order }).
   *[closed] The partner system closed the order ({ $order }).
}
event-case-followed = Somebody else follows it.
event-case-mail-left = The reporter left a mail address.
event-case-split = Split into { $part-count } cases.
event-case-gathered = All { $part-count } parts have ended.
event-case-merged = The same problem as { $number }: merged into it.
event-case-unmerged = Unmerged; to be confirmed again.
event-case-took-in = { $number } was merged into this case.
event-case-gave-back = { $number } was taken out of this case.
event-case-voided = Voided.
event-case-reminded = Reminder { $number }.
event-case-supervision-read = The unit has acknowledged the letter.
event-case-supervised = Supervision letter { $number }, to be answered by { $by }.
event-case-summoned = Summons { $number }.
event-case-letter-read = The unit has acknowledged { $number }.
event-case-letter-answered = The unit has answered { $number }.
event-case-letter-withdrawn = { $number } was withdrawn.
event-case-time-asked = { $kind ->
    [parking] The unit asks to park it until { $until }.
   *[extension] { $limit-unit ->
        [urgent_hour] The unit asks for { $amount } more urgent hours.
        [working_hour] The unit asks for { $amount } more working hours.
        [working_day] The unit asks for { $amount } more working days.
       *[calendar_day] The unit asks for { $amount } more calendar days.
     }
 }
event-case-time-granted = { $kind ->
    [parking] Parking granted.
   *[extension] Extension granted.
 }
event-case-time-refused = { $kind ->
    [parking] Parking refused.
   *[extension] Extension refused.
 }
event-case-time-withdrawn = The unit has withdrawn its request.
event-case-deadline-recomputed = Deadline worked out again after the holidays were published: { $due }.
event-case-result-recomputed = Deadline worked out again after the holidays were published: { $due }; now closed { $on-time ->
    [true] in time
   *[other] late
 }.
event-catalogue-published = Catalogue "{ $name }" put into force, { $item-count } items.
event-catalogue-limit-set = A limit of the catalogue was changed.
event-catalogue-limits-confirmed = { $count } limits of the catalogue were confirmed.
event-catalogue-name-mapped = A name of another system was mapped.
event-catalogue-item-edited = An item of the catalogue was changed.
case-reporter-hidden = The reporter is not named to the handling unit
case-by-citizen = Citizen
case-by-program = The program

# Notices
notice-case-reported = New report on your street: { $title } ({ $number })
notice-case-dispatched = Dispatched to you: { $title } ({ $number })
notice-case-rework = Rework: { $title } ({ $number })
notice-case-reopened = Reopened: { $title } ({ $number })
notice-case-ruled = Ruling: { $title } ({ $number }) is your unit's
notice-case-resumed = Resumed: { $title } ({ $number })
notice-case-parked = Parked: { $title } ({ $number })
notice-case-supervised = Supervision letter: { $title } ({ $number })
notice-case-returned = Returned, please dispatch again: { $title } ({ $number })
notice-case-disputed = Please rule: { $title } ({ $number })
notice-case-contested = Contested, please review: { $title } ({ $number })
notice-case-asked-extension = Extension asked for: { $title } ({ $number })
notice-case-asked-parking = Parking asked for: { $title } ({ $number })
notice-case-time-granted = Request granted: { $title } ({ $number })
notice-case-time-refused = Request refused: { $title } ({ $number })
mail-case-closed =
    The problem that you reported or follow ({ $number }: { $title }) has been closed.

    See the result: { $link }

    Civilisation office of { $city }
    .subject = { $number } has been closed
mail-case-refused =
    The problem that you reported or follow ({ $number }: { $title }) was looked at and not registered. The reason:

    { $link }

    Civilisation office of { $city }
    .subject = { $number } was not registered
mail-case-dispatched =
    The problem that you reported or follow ({ $number }: { $title }) has been given to the responsible unit.

    See how it goes on: { $link }

    Civilisation office of { $city }
    .subject = { $number } is being handled
mail-case-upheld =
    Your objection to { $number } ({ $title }) has been reviewed. The answer:

    { $link }

    Civilisation office of { $city }
    .subject = Review of { $number }

# Actions (table of permissions)
cases-report = report
cases-enter = enter reports
cases-view = see cases
cases-view-reporter = see the reporter
cases-confirm = confirm
cases-register = register
cases-dispatch = dispatch
cases-handle = handle
cases-ask-time = ask for time
cases-decide-time = decide on time
cases-return = return
cases-rule = rule
cases-verify = verify
cases-close = close
cases-decide-contest = review
cases-merge = merge
cases-split = split
cases-void = void
cases-supervise = supervise
cases-import = import cases
cases-edit-catalogue = change the catalogue
cases-statistics = see statistics

# Problems
problem-own-work = Nobody verifies the work of their own unit
    .todo = Ask somebody else of the supervision centre or the office.
problem-not-now = This cannot be done with { $what } now
    .todo = Go back to the case and see where it stands.
problem-already-asked = A request is waiting for a decision already
    .todo = You can withdraw it and ask again.
problem-already-decided = Somebody has dealt with this already
    .todo = Reload the page to see the result.
problem-contested-before = A case can be contested once
    .todo = If the problem comes back, please report it anew.
problem-too-late-to-contest = Closed more than { $count } days ago: it can no longer be contested
    .todo = If the problem is still there, please report it anew.
problem-extensions-used-up = A case can be extended { $count } times at most
    .todo = What cannot be done can be parked.
problem-no-limit = This case has no time limit
    .todo = Set one in the catalogue, or ask the dispatcher.
problem-not-at-unit = No unit has this case
    .todo = Reload the page and see where it stands.
problem-not-closed = The case is not closed yet
    .todo = It can be rated once it is.
problem-part-of-a-case = A part of a case cannot be split again
    .todo = See all parts at the original case.
problem-not-by-rule = Somebody has dispatched it already; no rule changes that
    .todo = A dispatcher can send it to another unit.
problem-not-from-paper = This case was not made from a paper form
    .todo = Correct it on its own page.
problem-too-late-to-correct = It has been dispatched and can no longer be corrected
    .todo = The unit would have to return it first.
problem-no-catalogue = There is no catalogue in force yet
    .todo = Import one first.
problem-no-unit-suggested = No unit is suggested
    .todo = Dispatch it alone and choose the unit.
problem-nothing-picked = No case was ticked
    .todo = Tick cases in the list first.
problem-too-many-picked = At most { $count } cases at once
    .todo = Please do it in several steps.
problem-file-unreadable = The file cannot be read: { $what }
    .todo = It must be CSV, XLSX, XLS, ODS or JSON, without a password.
problem-column-missing = The file lacks the column "{ $column }"
    .todo = Check its head, or choose another mapping.
problem-file-too-large = The file is too large; at most { $megabytes } MB
    .todo = Make it smaller and send it again.
problem-idempotency-key-reused = This Idempotency-Key was used for another request
    .todo = Use a new key.
field-place-needed = Choose the place on the map, or write the address
field-words-or-photo = Add a photo, or write a few words
field-photo-or-told = Add a photo, or tell what is wrong
field-outside-city = This place is not in the city
field-not-a-place = These are no coordinates
field-photo-or-reason = Add a photo of the result, or say why there is none
field-too-many-photos = At most { $count } photos
field-same-unit = It is this unit already; choose another
field-same-case = It cannot be merged into itself
field-case-over = That case has ended
field-no-such-case = There is no case with this number
field-no-such-report = Number and telephone do not belong together
field-not-a-contact = Give a telephone number or a mail address
field-more-than-limit = At most { $max }
field-out-of-range = Outside of what is allowed
field-two-to-ten = Fill in at least two parts
field-before-start = The end lies before the beginning
field-changed-meanwhile = Somebody has just changed this case. See how it stands now; what you typed is still here, and can be sent again
field-column-missing = the file lacks the column "{ $column }"
field-file-unreadable = the file cannot be read: { $what }
field-bad-mapping = The mapping is wrong: { $what }

# Forms
label-item_kind = Kind
label-item_code = Code
label-item_name = Name
label-reason = Reason
label-note = Note
label-text = What was done
    .hint = For example: rubbish removed, road washed.
label-letter = What is demanded
label-item = Kind
label-condition = Condition
label-lead = Lead unit
label-assisting = Assisting units
label-ruled-unit = Responsible unit
label-after-photos = Photos after
    .hint = Stand where the photo before was taken, so that the change can be seen.
label-check-photos = Photos of the check (optional)
label-no_photo = Why there is no photo
label-amount = How much more
label-until = Until which day
label-answer_by = To be answered by
label-into = Number of the main case
label-decision = Decision
label-title = Title
label-address = Address
label-urgent = Urgent
    .hint = Where somebody's safety is at risk.
label-kind = Kind
label-description = What is wrong
label-place = Place
label-photos = Photos
label-reporter = Name
label-phone = Telephone
label-mail = Mail
label-source = How it came
label-receipt = Receipt number
    .hint = For example CASE-2026-000412, or the code of your link.
track-phone = Telephone number that you left
    .hint = Not needed with the code.
label-contact = Telephone or mail
    .hint = Only to tell you how it goes on; never shown.
label-verdict = Rating
label-parts = Parts
label-stage = Stage
label-limit = Limit
label-time_unit = Unit
label-condition_code = Code of the condition
label-condition_text = Condition
    .hint = Only where a special case has a limit of its own.
label-default_unit = Unit by default
    .hint = Suggested where the register of adopted streets names none.
label-public = Offered to citizens
    .hint = Listed on the report page.
label-version_name = Name of the catalogue
label-version_source = Basis
label-system = The other system
    .hint = Numbers are unique within it, e.g. "12345 hotline".
label-mapping = Mapping of columns
label-mapping_text = Own mapping (TOML)
label-dry_run = Try it first, write nothing
    .hint = See which rows do not fit, then import.
label-act = Action

# Public report
report-title = Report a problem
report-lead = Four steps, about a minute. No account. The unit that fixes it never learns who you are.
report-photos = 1. Take a photo
    .hint = Show the problem and what is around it. The photo's own position can help us find it.
report-kind = 2. What is it
report-kind-rubbish = Rubbish
report-kind-road = Damaged road
report-kind-parking = Bad parking
report-kind-stall = Street stall
report-kind-lamp = Street lamp
report-kind-stickers = Illegal stickers
report-kind-water = Flooded road
report-kind-clutter = Clutter
report-other = Other
report-all-kinds = All kinds
report-find-kind = Search the kinds
report-other-unknown = I do not know which kind
report-where = 3. Where is it
    .hint = Tap the map, or use "My position".
report-sign = You scanned the sign of { $place }
report-locate = My position
report-picked = Place chosen
report-address = Address or a shop nearby (optional)
report-outside = This place is not in the city.
report-here = You chose: { $place }
report-near = { $count ->
    [one] One problem nearby is being handled. Is it the same?
   *[other] { $count } problems nearby are being handled. Is it one of them?
 }
report-near-line = { $metres } m away · reported { $when } · { $state }
report-me-too = Me too
report-words = 4. A few words
    .example = For example: it blocks the tactile paving
report-contact = Leave a contact, and we tell you the result
report-privacy = Used only to check and to tell you. Never shown; the handling unit does not see it.
report-send = Send
done-title = Received, thank you
done-lead = We will check it soon and give it to the unit in charge.
done-receipt = Receipt number
done-next = To be confirmed:
done-keep = With this link you can see how it goes on. If you left no contact, please keep it.
done-copy = Copy number
done-copied = Number copied
done-open = See progress
done-copy-link = Copy the link
done-link-copied = Link copied
done-another = Report another
track-title = Follow a report
track-lead = By receipt number and the telephone number that you left.
track-find = Find
track-note = If you left no telephone number, please open the link that you got.
status-merged = This is the same problem as another report; it was merged into
status-reported = What you reported
status-due = Time limit
status-promise = { $unit } promises to fix it by { $time }.
status-verdict = Are you satisfied with the result?
status-verdict-send = Send
status-not-fixed = Still not fixed?
status-contest-hint = Until { $date } you may object once; somebody else reviews it.
status-contest-reason = What is not fixed
status-contest-send = Object
status-follow = Tell me when something happens
status-follow-send = Keep my address

# Public lists
public-cases-title = What the city has done
public-cases-lead = Confirmed problems: who handles them, and when they were fixed.
public-cases-map = Map
public-cases-list = List
public-cases-open = Being handled
public-cases-solved = Solved
public-cases-words = Place or problem
public-cases-search = Search
public-cases-not-found = Nothing found for “{ $words }”
    .todo = Try another word, or look at all problems. If nobody has reported it yet, you can.
public-cases-clear = Show all
public-cases-none = Nothing has been published yet
    .todo = Reporting a problem takes a minute.
public-map-title = Map of problems
public-map-lead = What is being handled now. Choose one to see more.
public-map-list = List
public-follow = I have seen it too
public-follow-send = Tell me about progress
home-cases-reported = Reported this month
    .unit = {""}
home-cases-solved = Solved this month
    .unit = {""}
home-cases-on-time = On time this month

# Staff list
cases-title = Cases
cases-new = New case
cases-new-lead = For somebody who called or came, or what you saw yourself.
cases-new-save = Enter
cases-all = All cases
cases-back = Back to the list
cases-words = Number, address, words
cases-count = { $count ->
    [one] { $count } case
   *[other] { $count } cases
 }
cases-more-filters = Filter by dates
cases-count-ask = How many?
cases-columns = Columns
cases-column-on = shown
cases-column-off = not shown
cases-chips = Conditions
cases-chip-off = Remove
cases-chips-clear = Clear
cases-none = No case fits
    .todo = Take off a condition and look again.
cases-alike = Perhaps reported already
cases-same-caller = Open cases from this telephone
callers-title = Cases by telephone
    .lead = Enter the whole number that the reporter left, a landline with its area code. You find the cases whose reporter you may know.
callers-recorded = To look for a number is to look for a person: each look-up is recorded (without the number). Use it for the handling of cases only.
callers-find = Find
filter-only = Focus
filter-unit = Unit
filter-source = Source
filter-from = Reported from
filter-until = Until
filter-item = Kind
filter-section = Street section
filter-mine = Range
filter-caller = Reporter’s telephone
filter-due_from = Due from
filter-due_until = Due until
filter-closed_from = Closed from
filter-closed_until = Closed until
filter-answered_from = Answered from
filter-answered_until = Answered until
filter-major = Class
case-mine = Reported by me
case-only-overdue = Late
case-only-today = Due today
case-only-soon = Due within 24 hours
case-only-urgent = Urgent
case-only-rework = Reworked
case-only-returned = Returned
case-only-extended = Extended
case-only-contested = Contested
case-only-supervised = Supervised
case-only-late = Closed late
case-only-on-time = Closed on time
case-only-counted = Counted as due
case-only-closed = Closed
case-only-satisfied = Satisfied
case-only-rated = Rated
case-only-handled = Handled
case-column-number = Number
case-column-title = Case
case-column-state = State
case-column-kind = Kind
case-column-unit = Unit
case-column-source = Source
case-column-reported = Reported
case-column-due = Deadline
case-column-deadline = Deadline
case-column-closed = Closed
case-column-result = Result
case-column-handling = Handling deadline
case-column-answered = Answered
case-column-rework = Times of rework
case-column-returned = Times returned
case-column-extended = Times extended
case-column-contested = Times contested
case-column-satisfaction = Satisfaction
case-column-division = Community
case-column-outside = Number elsewhere
bulk-dispatch = Dispatch several
bulk-supervise = Supervise several
bulk-close = Close several
bulk-dispatch-lead = { $count ->
    [one] One case will be dispatched. Nothing changes before you confirm.
   *[other] { $count } cases will be dispatched. Nothing changes before you confirm.
 }
bulk-supervise-lead = { $count ->
    [one] A supervision letter will be proposed for one case. Nothing changes before you confirm.
   *[other] Supervision letters will be proposed for { $count } cases. Nothing changes before you confirm.
 }
bulk-close-lead = { $count ->
    [one] One case will be closed. Nothing changes before you confirm.
   *[other] { $count } cases will be closed. Nothing changes before you confirm.
 }
bulk-dispatch-do = Dispatch { $count }
bulk-supervise-do = Propose { $count }
bulk-close-do = Close { $count }
bulk-dispatch-will = will be dispatched
bulk-supervise-will = will get a letter
bulk-close-will = will be closed
bulk-stays = stays as it is
bulk-what-changes = What changes
bulk-each-suggested = Each to the unit suggested by register or catalogue
bulk-no-suggestion = none
bulk-none-fits = This cannot be done with any of these cases now.
bulk-done = { $count ->
    [one] Done for one case.
   *[other] Done for { $count } cases.
 }
bulk-refused = { $count ->
    [one] Not done for one case:
   *[other] Not done for { $count } cases:
 }

# The page of a case
case-crumbs = Where you are
case-copy = Copy number
case-copied = Number copied
case-print = Print
case-urgent = Urgent
case-tag-rework = { $count ->
    [one] Reworked once
   *[other] Reworked { $count } times
 }
case-tag-returned = { $count ->
    [one] Returned once
   *[other] Returned { $count } times
 }
case-tag-extended = { $count ->
    [one] Extended once
   *[other] Extended { $count } times
 }
case-tag-supervised = { $count ->
    [one] Supervised once
   *[other] Supervised { $count } times
 }
case-tag-followed = { $count ->
    [one] One follower
   *[other] { $count } followers
 }
case-facts = Facts
case-fact-kind = Kind
case-fact-unit = Responsible unit
case-fact-assisting = Assisting units
case-fact-suggested = Suggested unit
case-fact-address = Address
case-fact-place = Place
case-fact-section = Street section
case-fact-division = Community
case-fact-grid = Grid cell
case-fact-source = Source
case-fact-limit = Time limit
case-fact-condition = Condition
case-fact-outside = Number elsewhere
case-fact-agency = Handled there by
case-fact-reference = User there
case-fact-satisfaction = Reporter's rating
case-fact-description = Description
case-photos = Before and after
case-no-photos = There are no photos.
case-last-answer = The unit answered
case-contest-reason = The reporter says
case-history = History
case-map = Place
case-more-asides = { $count ->
    [one] One more thing to look at
   *[other] { $count } more things to look at
}
case-related = Related cases
case-related-main = Merged into
case-related-parent = Part of
case-related-part = Part
case-related-merged = Merged into this
case-related-caller = From the same telephone
case-near = Open cases nearby
case-near-metres = { $metres } m
case-near-same = same kind
case-near-line = { $number } { $title } ({ $metres } m, { $percent }% alike)
case-near-line-caller = { $number } { $title } ({ $metres } m, { $percent }% alike, from the same telephone)
case-near-caller = from the same telephone
case-requests = Requests
case-letters = Reminders, letters, summonses
case-letter-by = answer by { $time }
case-reporter = Reporter
case-reporter-other = Somebody else reported it: say who
case-reporter-kept = Only for checking and for telling the result; the handling unit does not see it.
case-suggested = Suggested: { $unit } ({ $ground })
case-suggested-by-register = answers for this street section by the register
case-suggested-by-catalogue = the catalogue's unit for this kind
case-condition-usual = Usual
case-limit-if-now = Time limit: { $limit }. Dispatched now, the answer is due by { $time }.
case-no-photo = No photo can be taken
case-decide = Decide
case-no-input = Nothing to fill in: read the above and confirm.
case-not-fixed = Is it not fixed?
case-merge-near = Open cases nearby:
case-part-more = More parts
case-part-n = Part { $n }
case-part-same-unit = Unit as suggested
camera-open = Photo over the one before
camera-ghost = Strength of the picture behind
camera-same-spot = Take it from where the before-photo was taken, in the same direction.
camera-shoot = Take the photo
camera-close = Close the camera
photo-checking = { $count ->
    [one] One photo is being checked and will appear soon
   *[other] { $count } photos are being checked and will appear soon
 }
photo-refused = A photo was not accepted
file-fault-not-a-picture = not a picture
file-fault-picture-too-many-bytes = the file is too large
file-fault-picture-too-many-pixels = the picture is too large
file-fault-picture-damaged = the picture is damaged
file-fault-file-damaged = the file is damaged
file-fault-heic-not-taken = HEIC is not taken yet, please use JPEG
file-fault-video-too-large = the video is too large
case-map-text = Map: where the cases are
case-map-open = Open the case
case-map-legend = Legend
case-map-late = Late
case-map-soon = Due within a day
case-map-in-time = In time

# Today, to do
today-morning = Good morning, { $name }
today-noon = Hello, { $name }
today-afternoon = Good afternoon, { $name }
today-evening = Good evening, { $name }
today-lead = { $date }. { $count ->
    [0] Nothing is due today
    [one] One case is due today
   *[other] { $count } cases are due today
 }; { $request-count ->
    [0] no request waits.
    [one] one request waits for a decision.
   *[other] { $request-count } requests wait for a decision.
 }
today-overdue = Late
    .unit = {""}
today-due = Due today
    .unit = {""}
today-open = Open
    .unit = {""}
today-rate = On time this month
today-rate-of = of { $count } due
today-reported = Reported today
    .unit = {""}
today-closed = Closed today
    .unit = {""}
today-waiting = Waiting for us
today-all = All { $count }
today-see-all = See all
today-nothing-waits = Nothing is waiting.
today-late = Late at units
today-requests = Requests to decide
today-states = Open cases
today-of-late = ({ $count } late)
today-no-open = No case is open.
today-chart = Reported and closed, two weeks
today-series-reported = Reported
today-series-closed = Closed
today-date = Date
chart-table = See the table
todo-letters = { $count ->
    [one] One letter to read or answer
   *[other] { $count } letters to read or answer
}
todo-title = Our to-do list
todo-none = Nothing waits for you
    .todo = What is dispatched to you appears here, and you get a message.
todo-at-unit = { $count ->
    [one] One case to handle
   *[other] { $count } cases to handle
 }
todo-overdue = { $count ->
    [one] One case is late; please deal with it first.
   *[other] { $count } cases are late; please deal with them first.
 }
todo-nothing-here = Nothing to handle now.
todo-asked = Asked for, not decided yet
todo-coming = New reports on our streets
todo-answered = Answered, being verified
todo-parked = Parked or awaiting a ruling

# Statistics
statistics-title = Statistics
statistics-lead = Cases to be handled between { $from } and { $until }.
statistics-period = Period
statistics-this-month = This month
statistics-last-month = Last month
statistics-this-year = This year
statistics-from = Due from
statistics-until = Until
statistics-by = By
statistics-by-unit = Unit
statistics-by-item = Kind
statistics-by-division = Community
statistics-name = Name
statistics-none = Not given
statistics-total = Total
statistics-definition = Due: cases whose time for handling ends in the period, whenever they were reported. Voided, merged and unregistered cases, those whose clock stands, and parents of parts do not count. On time: the answer that was accepted came by the deadline. Units and places are compared, people never.
statistics-closing-rate = Closing rate
statistics-on-time-rate = On-time rate
statistics-rework-rate = Rework rate
statistics-satisfied-rate = Satisfied
statistics-column-due = Due
statistics-column-closed = Closed
statistics-column-on-time = On time
statistics-column-rework = Rework
statistics-column-returned = Returned
statistics-column-extended = Extended
statistics-column-contested = Contested
statistics-chart = On-time rate (the 12 with most cases)
statistics-nothing = Nothing was due in this period
    .todo = Try another period.

# Catalogue
catalogue-title = Catalogue of components and events
catalogue-lead = What can go wrong in the city, and how much time each kind is given.
catalogue-none = There is no catalogue yet
    .todo = Import one below.
catalogue-in-force = In force
catalogue-version = Name
catalogue-source = Basis
catalogue-since = Since
catalogue-versions = Versions so far
catalogue-usual = Usual limits of the stages
catalogue-usual-hint = For every item without limits of its own.
catalogue-to-confirm = Limits that nobody has confirmed: { $usual-count } of the stages (starting values), { $item-count } of kinds (samples of one city). Limits differ from city to city and no national figure is certain: please check each, then confirm it or set your own.
catalogue-see-to-confirm = Show the kinds to be confirmed
catalogue-unconfirmed = to be confirmed
catalogue-mark = { " " }(to be confirmed)
catalogue-confirm-usual = These limits hold
catalogue-confirm-item = These limits hold
catalogue-confirm-all = All limits hold, those of the stages too
catalogue-nothing = No such kinds
catalogue-sample-hint = What is marked is a sample that nobody has checked. Setting a limit confirms it.
catalogue-set-limit = Set a limit
catalogue-items = Items
catalogue-item = Item
catalogue-kind = Component / event
catalogue-major = Class
catalogue-default-unit = Unit by default
catalogue-public = For citizens
catalogue-yes = yes
catalogue-no = no
catalogue-words = Name or code
catalogue-more = Only the first 50 are listed; search for others.
catalogue-names = Names of other systems
catalogue-names-hint = Names met by imports. Once mapped to an item, later imports use it.
catalogue-name = Name
catalogue-system = System
catalogue-seen = Times seen
catalogue-means = Item
catalogue-unmapped = not mapped
catalogue-export = Export the catalogue
catalogue-export-hint = All kinds with their conditions, the limits of every stage and further questions; edit the file and import it below.
catalogue-column-item-kind = Kind
catalogue-column-item-code = Code
catalogue-column-major-code = Code of the class
catalogue-column-major-name = Class
catalogue-column-item-name = Name
catalogue-column-public = Offered to citizens
catalogue-column-default-unit-code = Number of the default unit
catalogue-column-default-unit = Default unit
catalogue-column-condition-code = Code of the condition
catalogue-column-condition-text = Condition
catalogue-column-limit-confirm = Limit to confirm
catalogue-column-limit-register = Limit to register
catalogue-column-limit-dispatch = Limit to dispatch
catalogue-column-limit-handle = Limit to handle
catalogue-column-limit-verify = Limit to verify
catalogue-column-limit-close = Limit to close
catalogue-import = Import a new catalogue
catalogue-import-hint = CSV or XLSX. Needed: kind (component or event), code, name. Also read: class, offered to citizens, default unit, conditions, the limits of each stage (such as “4 working hours”) and further questions. An item of the same kind, code and name goes on and its cases keep it; where the file has no limits, those that the city has set or confirmed hold on.
catalogue-own-limits = Limits of this item
catalogue-no-own-limits = None of its own: the usual limits hold.
catalogue-remove-limit = Remove

# Import
import-title = Import cases
import-lead = Cases of another system. Try it first, see what becomes of every row, then import.
import-file = File
import-own-mapping = Write an own mapping
import-start = Start
import-recent = Recent imports
import-report = Result of the import
import-again = Import again
import-was-trial = This was a trial: nothing was written.
import-would = Could be imported
import-repaired = Rows imported with repairs
import-field-external-id = Number elsewhere
import-field-title = Title
import-field-description = Description
import-field-reported-at = Reported
import-field-closed-at = Closed
import-field-category = Kind
import-field-source = Source
import-field-lng = Longitude
import-field-lat = Latitude
import-field-address = Address
import-field-status = State
import-field-agency = Agency
import-field-reporter-ref = Reporter
reason-open-with-closing = still open over there; the time of closing was left out
reason-catalogue-whole = a catalogue goes in whole or not at all: please mend these rows and try again
reason-catalogue-no-limit = is no limit; write it like “4 working hours” or “2 working days”
reason-catalogue-unknown-unit = no such default unit; left empty
reason-catalogue-unit-by-name = here the code is another unit; taken by the name
reason-catalogue-sample-ended = the sample limit that nobody had confirmed has ended
task-case-import = Import of cases
task-fact-repaired_rows = Rows repaired

# questions to the reporter, voices, recurrence, second looks, probable duplicates
menu-clusters = Duplicates
menu-looks = Second looks
menu-recurrences = Recurrence
menu-case-rules = Case rules
case-state-unclear = To be completed
case-state-inquired = Waits for the reporter
case-waits-unclear = waits for the reporter
case-waits-inquired = waits for the reporter
case-move-inquire = ask the reporter
case-move-reply = the reporter answers
case-move-lapse = wait no longer
case-move-drop = end without an answer
case-move-recall = send back after a second look
photo-kind-reply = photo from the reporter
photo-kind-voice = photo from people nearby
question-state-wished = Wished by the unit
question-state-asked = Asked, not answered yet
question-state-answered = Answered
question-state-lapsed = Not answered in time
question-state-withdrawn = Not asked, or taken back
voice-tie-reporter = reporter
voice-tie-follower = follower
voice-tie-near = somebody nearby
look-state-open = To be looked at
look-state-held = Still good
look-state-recalled = Sent back
look-state-filed = New case
look-state-unclear = Cannot be told
look-outcome-held = still good
look-outcome-recalled = not fixed: back to the unit
look-outcome-filed = was fixed and has come back: a new case
look-outcome-unclear = cannot be told on the spot
case-verb-question = Ask the reporter
    .lead = In your own words. The clock stops until the reporter answers on the status page; the unit reads the answer and does not learn who gave it.
case-verb-question-refusal = Do not ask
    .lead = The unit's question is not put to the reporter; say why. The case goes on.
case-verb-reply = Enter the answer
    .lead = What the reporter said on the telephone. The case goes on once it is entered.
case-verb-question-wish = Something to ask the reporter
    .lead = Tell the dispatcher what you need to know; the dispatcher asks. You do not learn who reported it, and your clock runs until it is asked.
case-verb-question-withdrawal = Take the question back
    .lead = Nobody waits for the answer any more; the clock goes on where it stood.
case-verb-second-look = Enter the second look
    .lead = Go there once more. What is not fixed goes back to the unit with a new clock and counts as rework; what had been fixed and has come back becomes a case of its own, linked to this one.
case-verb-recurrence = Mark as recurrence
    .lead = An earlier, closed problem has come back. Give the number of its case: both are linked, and it counts for the unit that handled the earlier one.
case-verb-recurrence-end = Not a recurrence
    .lead = It is another problem after all: the link ends; say why.
flash-case-question = The reporter has been asked; the clock stands.
flash-case-question-refusal = The unit has been told.
flash-case-reply = The answer has been entered; the case goes on.
flash-case-question-wish = The dispatcher has been told. The clock runs until it is asked.
flash-case-question-withdrawal = Taken back; the case goes on.
flash-case-second-look = The second look has been entered.
flash-case-recurrence = Marked as recurrence.
flash-case-recurrence-end = The link has ended.
flash-case-replied = Thank you for your answer; the case goes on.
flash-case-voice = Thank you; whoever checks it will read what you said.
flash-case-rules-saved = The rules have been saved and hold from now on.
event-case-question-wished = The unit would like to ask the reporter something.
event-case-question-refused = The unit's question was not put to the reporter.
event-case-inquired = The reporter was asked; the clock stands; an answer is possible until { $by }.
event-case-replied = { $door ->
    [phone] The reporter answered on the telephone; the case goes on
   *[public] The reporter answered; the case goes on
 }{ $photo-count ->
    [0] .
    [one] , with a photo.
   *[other] , with { $photo-count } photos.
 }
event-case-question-lapsed = { $why ->
    [withdrawn] The question was taken back; the case goes on.
   *[unanswered] No answer came in time; the case goes on.
 }
event-case-dropped = No answer came in time; without it nothing more can be found out, and the case ends.
event-case-recurred = Came back after closing: see { $number }.
event-case-is-recurrence = The same problem as { $number }, which was closed: a recurrence.
event-case-recurrence-ended = No longer linked to { $number } as a recurrence.
event-case-drawn = Drawn for a second look.
event-case-looked-at = Second look: { $outcome ->
    [held] still good.
    [recalled] not fixed.
    [filed] had been fixed and has come back.
   *[unclear] cannot be told.
 }
event-case-recalled = A second look found it not fixed: back to the unit, with a new clock.
event-case-voice = { $tie ->
    [reporter] The reporter
    [follower] A follower
   *[near] Somebody nearby
 } says: { $fixed ->
    [true] fixed.
   *[false] not fixed.
 }
notice-case-question-wished = A unit would like to ask the reporter: { $title } ({ $number })
notice-case-question-refused = The reporter was not asked: { $title } ({ $number })
notice-case-inquired = The reporter was asked, the clock stands: { $title } ({ $number })
notice-case-replied = The reporter answered, it goes on: { $title } ({ $number })
notice-case-question-lapsed = No longer waiting for an answer: { $title } ({ $number })
notice-case-dropped = Ended, the reporter did not answer: { $title } ({ $number })
notice-case-urged = { $number } is urged by a partner system: { $title }
notice-case-supplemented = { $number } was added to by a partner system: { $title }
notice-case-recalled = Not fixed at the second look: { $title } ({ $number })
mail-case-inquired =
    We need to know a little more about what you reported ({ $number }: { $title }). Please open this link and answer; you may add photos:

    { $link }

    The unit that handles it does not learn who you are.

    Civilisation Office of { $city }
    .subject = { $number }: a question to you
mail-case-dropped =
    We asked you about what you reported ({ $number }: { $title }) and received no answer in time. Without it nothing more could be found out, and the case has ended. If the problem is still there, please report it again.

    What happened: { $link }

    Civilisation Office of { $city }
    .subject = { $number } has ended
mail-case-merged =
    What you reported ({ $number }: { $title }) is the same problem that somebody else reported. The two are handled together, and you will be told as before.

    Follow it: { $link }

    Civilisation Office of { $city }
    .subject = { $number } is handled together with another report
cases-wish-question = wish to ask the reporter
cases-question = ask the reporter
cases-edit-rules = edit the case rules
cases-relate = link and unlink recurrences
problem-question-open = A question is open already
    .todo = Wait for what comes of it.
problem-nobody-to-ask = There is nobody to ask
    .todo = It was not reported by a citizen, or no contact was left.
problem-nothing-asked = There is no question that waits for you
    .todo = Reload the page to see how the case stands.
problem-no-voice-now = This is not the time to say so
    .todo = It can be said after the unit has answered and before the case is closed.
problem-voices-enough = Enough has been said from this network address
    .todo = Use another network, or the link that you got when you reported it.
problem-too-late-to-rate = It was closed more than { $count } days ago and can no longer be rated
    .todo = If the problem has come back, please report it again.
problem-linked-before = It is marked as a recurrence already
    .todo = To link it to another case, end the link first.
field-between = A whole number from { $min } to { $max }, please
field-not-near = Please stand within { $count } metres and use “my position”, or give the telephone number or mail address with which you follow it
field-not-a-follower = Nobody follows it with this number or address
field-not-closed-before = That case was not closed yet when this one was reported
label-question = What to ask
    .hint = Ask everything at once. Name no unit and no person.
label-reply = Your answer
    .hint = Photos alone will do as well.
label-earlier = Number of the earlier case
label-outcome = What was found
label-fixed = Fixed or not
label-words = A few words
label-voice_photos = Photo (not required)
label-reply_days = Working days to wait for the reporter
    .hint = Counted from the working day after the question, to the end of duty of the last.
label-drop_unanswered = End cases that are not answered in time
    .hint = Otherwise they go on.
label-voice_m = Metres within which people may say “fixed” or “not fixed”
label-rating_days = Days after closing to rate
label-contest_days = Days after closing to contest
label-alike_percent = Per cent of likeness from which two cases are offered as one
    .hint = From distance, time, kind and words; a hint only.
label-recurrence_m = Metres that count as the same place
label-recurrence_days = Days after closing in which it counts as recurrence
label-look_percent = Of a hundred closed cases, looked at again
    .hint = 0: none.
label-look_days = Days after closing for the second look
case-questions = Questions to the reporter
case-question-until = may be answered until { $time }; the clock stands
case-question-reply = Answer:
case-question-phone = The reporter left no mail address: please telephone, then use “Enter the answer”.
case-question-wish = The unit would like to know: { $what }
case-question-was = What was asked: { $what }
case-tag-recurrence = recurrence
case-tag-recurred = { $count ->
    [one] came back once
   *[other] came back { $count } times
 }
case-related-earlier = Earlier case (recurrence)
case-related-later = Came back as (recurrence)
case-near-alike = { $percent }% alike
case-only-recurrence = recurrences
case-only-recurred = came back after closing
case-only-waiting = waiting for the reporter
report-near-alike = very much alike
report-again = You say that { $number } is not fixed or has come back. Kind and place are filled in; once confirmed, it is linked to that case.
status-question = A question to you
status-question-hint = Please answer before { $time }. Until then the clock stands; the unit that handles it does not learn who you are.
status-question-send = Answer
status-verdict-hint = You may rate it, and change the rating, until { $date }.
status-rated = Thank you, you have rated it.
status-rating-over = The time to rate it is over.
voice-title = Is it fixed?
voice-lead = The unit says that it is fixed; somebody is checking. If you know the place, please say so: it is read by whoever checks, and is not the verdict.
voice-fixed = Fixed
voice-not-fixed = Not fixed
voice-send = Tell whoever checks it
voice-where = Where you are
voice-tie-hint = Use “my position” within { $metres } metres of it, or give the telephone number or mail address with which you follow it. The position is used for the distance only.
label-voice_contact = Number or address with which you follow it
voices-title = What people nearby say
voices-hint = For whoever checks; not the verdict. Distances are what each device reports, and cannot be checked.
voices-fixed = fixed { $count }
voices-not-fixed = not fixed { $count }
public-not-fixed = Still not fixed?
public-not-fixed-lead = If you reported it, open the link that you got and contest it. Otherwise report it again: it will be linked to this case.
public-not-fixed-report = Not fixed, report again
clusters-title = Probably one problem
clusters-lead = Open cases compared by distance, time, kind and words. Before anything is merged you see what will change; every reporter goes on being told.
clusters-count = { $clusters } groups, { $cases } cases could be merged
clusters-none = No probable duplicates
    .todo = When several people report one problem, it shows here.
cluster-size = { $count ->
    [one] one case
   *[other] { $count } cases
 }
cluster-first = Into:
cluster-merge = Merge those ticked…
bulk-merge = Merge cases
bulk-merge-lead = { $count ->
    [one] One case
   *[other] { $count } cases
 } will be merged into one. Nothing changes before you confirm.
bulk-merge-do = Merge { $count }
bulk-merge-will = will be merged
recurrences-title = Recurrence
recurrences-lead = The same kind of problem near the same place after closing. Unit, kind and street are those of the earlier case.
recurrences-none = Nothing came back
    .todo = Try another time or unit.
recurrences-all = Show all
recurrence-from = Found from
recurrence-earlier = Earlier case
recurrence-days = Days between
recurrence-metres = Metres apart
recurrence-all-units = All units
looks-title = Second looks
looks-rule = Of a hundred closed cases { $percent } are looked at again { $days } days later, by somebody who did not handle them.
looks-off = None are drawn at present. The case rules can change that.
looks-none = Nothing here
    .todo = Cases that are drawn show here.
look-drawn = Drawn
look-done = Looked at
rules-title = Case rules
rules-lead = Numbers that the city decides for itself; no standard prescribes them.
rules-questions = Questions to the reporter
rules-citizens = Ratings and objections
rules-duplicates = Probable duplicates
rules-recurrence = Recurrence
rules-looks = Second looks
statistics-recurrence-rate = Recurrence rate
statistics-column-recurred = Came back
statistics-by-section = by street section
statistics-previous = { $points } on the period before
statistics-year = { $points } on a year ago
statistics-on-time-previous = On-time rate of the period before
statistics-on-time-year = On-time rate a year ago
setting-name-case-rules = the case rules
cluster-open = Open
switch-unit-ranking = Ranking of units
    .law = 国办函〔2026〕12号: no point rankings, except where security or emergencies need them and the filing says so. When on, statistics by unit show places by on-time rate.
setting-name-switch-unit-ranking = Switch for the ranking of units
evidence-photos-week = { $from } to { $until }: { $asked } cases sent to { $units } communities and villages, each asking for photos of the repair; { $again } sent back for more
evidence-asked-twice = Since { $from }: { $count } cases sent back to a community or village twice or more
evidence-found-by-program = Since { $from }: { $all } reports; for { $found } the program found the unit in the register or catalogue, so that nobody had to
evidence-without-account = Since { $from }: { $all } reports by citizens, { $without } of them without signing in
evidence-ratings = Since { $from }: { $count } ratings by reporters, used only to verify and close cases
statistics-by-source = By source
statistics-by-area = By area, level by level
statistics-level-division = Area
statistics-level-grid = Grid cell
statistics-level-section = Street section
statistics-level-stretch = Stretch
statistics-no-finer = No finer place
statistics-grid = Grid cell { $code }
statistics-crumbs = Area
statistics-rank = Place
statistics-closing-previous = Closing rate, period before
statistics-closing-year = Closing rate, year before
heat-title = Heat map
heat-lead = { $cases } cases reported from { $from } to { $until } (without those refused, merged or voided), counted in squares.
heat-from = Reported from
heat-item = Kind
heat-side = Side of a square
heat-metres = { $metres } m
heat-none = No cases with a place
    .todo = Choose another time or another kind.
heat-fallback = The map needs JavaScript. The table below says the same.
heat-legend = Cases in a square
heat-squares = The { $shown } squares with most cases (of { $all })
heat-cases = { $count ->
    [one] { $count } case
   *[other] { $count } cases
 }
heat-column-place = Middle of the square
heat-column-count = Cases
heat-column-share = Share
heat-column-west = West
heat-column-south = South
heat-column-east = East
heat-column-north = North
filter-divisions = Area
filter-grid = Grid cell
filter-along = Metres of the section
filter-area = Square
filter-and-below = { $name } and below
case-only-standing = not refused, merged or voided
status-push = Tell me when there is news

# without a signal
offline-title = No signal
offline-lead = This page needs a signal. What follows works without one.
offline-staff = Staff who chose “Keep on this device” at “To do” can open these without a signal:
outbox-title = Waiting to be sent
outbox-lead = What you write without a signal is kept on this device and sent by itself when there is one. Each is received once.
outbox-noscript = This page needs scripts.
outbox-unable = This browser does not let pages keep anything (a private window, perhaps), so nothing can be kept for you without a signal.
outbox-none = Nothing is waiting.
outbox-others = Written by somebody else on this device: {"{n}"}. Shown and sent once they sign in.
outbox-now = Send now
outbox-waiting = Waiting to be sent
outbox-stale = More than 30 days old, not sent by itself
outbox-wrong = Some of it has to be corrected
outbox-moved = The case has moved on; not taken
outbox-refused = Not taken
outbox-sign-in = Sign in to send it
outbox-sent = Received, number {"{number}"}
outbox-beside = Somebody was first; what you wrote is kept, and the office looks at it
outbox-open = Open
outbox-again = Open, correct and send
outbox-photos = photos: {"{n}"}
outbox-no-words = (no words)
outbox-remove = Delete
outbox-sure = It has not been sent. Delete it?
keep-do = Keep on this device for use without a signal
keep-stop = Do not keep on this device
keep-since = Kept on this device ({"{time}"})
keep-partly = Some pages could not be kept; they are tried again when there is a signal.
rules-offline = Without a signal
label-offline_hours = Hours after which a device stops showing what it kept
    .hint = Staff can keep their to-do list on a telephone for use without a signal; signing out removes it.

past-title = Past days
past-bar = Past days: choose one
past-as-of = This is how things stood at the end of { $date }. It can be read, not changed.
past-now = Back to now
past-incomplete = Earlier days are being worked out from the log; look again later for all of them.
past-day = Which day
past-go = Show this day
past-month-before = A month before
past-day-before = The day before
past-day-after = The day after
past-month-after = A month after
label-on = Day
field-future-day = this day has not come; choose today or an earlier one
field-before-first-day = there are no records of this day yet; the first is { $date }
actor-case-past-fill = The program: past days

sms-kind-case-dispatched = Dispatched
sms-kind-case-closed = Closed
sms-kind-case-refused = Not taken on
sms-kind-case-dropped = Dropped
sms-kind-case-upheld = Objection answered
sms-kind-case-inquired = Question
sms-kind-case-merged = Merged
sms-case-dispatched = Your report { $number } was given to the unit that answers for it: { $link }
sms-case-closed = Your report { $number } is closed. Result and your view of it: { $link }
sms-case-refused = Your report { $number } was not taken on; why: { $link }
sms-case-dropped = Your report { $number } was dropped, because nothing more was heard: { $link }
sms-case-upheld = Your objection to { $number } is answered: { $link }
sms-case-inquired = There is a question about your report { $number }: { $link }
sms-case-merged = Your report { $number } is the same as another one and goes on with it: { $link }
problem-report-forgotten = Who sent report { $number } was erased, because its time was over
    .todo = This link is no longer good. What is public of the case can still be found by its number.
# redaction
cases-redact = Take parts of photos and words out for the public
cases-view-uncovered = See photos as they came
redaction-title = Shown outside
redaction-lead = What the public, open data and other systems see. Words and photos as they came are kept, for those who may see them.
redaction-open-public = Open the public page
redaction-words = Strike words out
redaction-offered = Strike out what is ticked
redaction-proposed = proposed by the program
redaction-save = Save
redaction-pictures = Cover photos
redaction-pictures-lead = Faces, number plates, house doors, papers: please cover them before the case is public.
redaction-cover = Cover
redaction-change = Change what is covered
redaction-outside = What the public sees
redaction-not-public = This case is not public yet.
redaction-difference = What was taken out
redaction-staff-sees = The public does not see what is struck out:
redaction-cover-title = Cover a photo
redaction-cover-lead = Draw boxes on the photo. Saving makes a new photo that does not hold what is inside them; the original stays sealed as it is.
redaction-area = Box
redaction-add = Add a box
redaction-drop = Remove box
redaction-how = Drag a box with finger or mouse. Or write numbers: from the left, from the top, width, height, in per cent of the photo.
redaction-keys = Arrow keys move it, Shift with arrow keys changes its size, Delete removes it.
redaction-cover-save = Save
redaction-covered-alt = The photo with parts covered
redaction-being-made = The covered photo is being made. Until then the public does not see this photo.
redaction-undo = Uncover
redaction-undo-lead = The public will see the photo as it came again.
photo-outside-covered = covered
photo-outside-being-made = being covered
photo-outside-open = public as it came
photo-outside-kept = not public
strike-kind-phone = telephone
strike-kind-identity = identity number
strike-kind-plate = number plate
strike-kind-name = name
strike-kind-door = door
strike-kind-words = chosen
cover-look-black = Black
cover-look-pixels = Pixels
cover-shows-face = Faces
cover-shows-plate = Number plates
cover-shows-paper = Papers
cover-shows-home = Doors or homes
cover-shows-other = Something else
label-strike-words = More words to strike out
    .hint = One a line, as they are written. They are struck out wherever they stand in title and description.
label-redaction-note = Note
label-cover-x = Left %
label-cover-y = Top %
label-cover-w = Width %
label-cover-h = Height %
label-cover-look = How
label-cover-shows = What is covered
label-cover-from-unit = Cover it for the handling unit too
field-outside-the-picture = The box reaches beyond the photo
field-not-a-rectangle = Each box needs four numbers from 0 to 100
field-not-in-the-text = These words stand neither in the title nor in the description; please write them as they are there
problem-photo-not-ready = The photo is still being examined
    .todo = Please wait a moment before covering it.
problem-not-covered = This photo is not covered
    .todo = Please load the page again to see how it stands.
flash-case-words-struck = Saved. The public reads the new words.
flash-case-photo-covered = Saved. The new photo is public once it is made; until then the public does not see this one.
flash-case-photo-uncovered = Uncovered.
event-case-words-struck = Struck words out for the public, { $count } places now.
event-case-photo-covered = Covered { $count } { $count ->
    [one] part
   *[other] parts
} of a photo for the public ({ $shows ->
    [face] faces
    [plate] number plates
    [paper] papers
    [home] doors or homes
   *[other] something else
}).
event-case-photo-uncovered = Uncovered a photo.
status-outside = What the public reads
status-outside-hint = Staff struck out some words to protect personal data. Faces and number plates in photos may be covered too.

# to a person
cases-assign = Give a case to one of the unit's people
case-verb-assignment = Give to a person
    .lead = One of the unit's people handles it, and sees it first among what is to be done. Nobody chosen: it is the unit's again.
case-verb-hand-back = Hand back
    .lead = The case is the unit's again, and its head gives it to somebody else.
flash-case-assignment = Saved.
flash-case-hand-back = Handed back to the unit.
label-handler = Give to
    .hint = Who is away today and has lent their roles is not listed.
case-column-handler = Handled by
case-fact-handler = Handled by
case-handler-me = Given to me
case-handler-nobody = Given to nobody yet
filter-handler = Handled by
todo-mine = Given to me: { $count }
event-case-assigned = Given to { $person }.
event-case-unassigned = Taken back, given to nobody in particular.
event-case-handed-back = Handed back to the unit.
event-case-handler-changed = { $why ->
    [away] Who had it is away; { $person } stands in.
   *[left] Who had it no longer works for the unit; it is the unit's again.
}
notice-case-assigned = Given to you: { $title } ({ $number })
notice-case-handed-back = To be given to somebody else: { $title } ({ $number })
field-already-assigned = This person has it already
field-person-away = This person is away today and has lent their roles
problem-not-yours = This case was not given to you
    .todo = Please load the page again to see who has it.
actor-case-release-handlers = The program: who has which case

# help from outside
cases-forward = Ask somebody outside for help
photo-kind-outside = Photo from outside
case-verb-forward = Ask somebody outside
    .lead = Whoever has no account, such as the power company or a property manager, sees the problem by a link of their own and answers there. They do not see who reported it. The time goes on.
case-verb-forward-again = Ask outside again
    .lead = They use the same link as before.
case-verb-forward-withdrawal = Take the request back
    .lead = The link no longer opens anything.
flash-case-forward = Sent. The link stands on the case's page, to be copied and passed on as well.
flash-case-forward-again = Sent.
flash-case-forward-withdrawal = Taken back. The link no longer works.
flash-case-forward-answered = It has arrived. Thank you.
label-party = Whom
    .hint = A firm or a person, such as: repair team of the power company.
label-party-mail = Their mail
    .hint = With an address, the link is sent there, and once more shortly before the end.
label-party-phone = Their telephone
    .hint = Without mail, please pass on the link from the case's page.
label-ask = What they are asked
label-take_forward = Take over their words and photos
label-party_reply = What was done
forward-title = Help from outside
forward-until = To be answered by { $time }
forward-reply = Answer:
forward-copy = Copy the link
forward-state-asked = Asked
forward-state-answered = Answered
forward-state-taken = Taken over
forward-state-withdrawn = Taken back
forward-state-lapsed = Not answered in time
forward-page-title = Your help is asked for
forward-page-lead = { $unit } asks for your help with this problem. Please answer by { $time }; the link works until then.
forward-asked = What you are asked
forward-problem = The problem
forward-place = Longitude, latitude
forward-said = Your answer
forward-answer = Answer
forward-photos = Photos
forward-send = Send
forward-thanks = Your answer has arrived. Thank you.
forward-private = This link is for this one matter only; please do not pass it on.
case-by-party = somebody outside
case-only-forwarded = waiting for somebody outside
event-case-forwarded = Asked somebody outside, to be answered by { $until }.
event-case-forward-again = Asked outside again, to be answered by { $until }.
event-case-forward-answered = Answered from outside, with { $photo-count } { $photo-count ->
    [one] photo
   *[other] photos
}.
event-case-forward-taken = Took over what was answered from outside.
event-case-forward-withdrawn = Took the request to somebody outside back.
event-case-forward-lapsed = Nobody outside answered in time; the link no longer works.
event-case-forward-reminded = Reminded somebody outside.
notice-case-forward-answered = Answered from outside: { $title } ({ $number })
notice-case-forward-lapsed = Not answered from outside in time: { $title } ({ $number })
mail-case-forwarded =
    Your help is asked for with a problem in the city ({ $number }: { $title }). Please open this link and answer by { $until }:

    { $link }

    The link is for this one matter only; please do not pass it on.

    Civilisation office of { $city }
    .subject = Your help is asked for: { $number }
mail-case-forward-reminder =
    Your answer to a problem in the city ({ $number }: { $title }) has not come yet. Please open this link and answer by { $until }, when it ends:

    { $link }

    Civilisation office of { $city }
    .subject = Reminder: { $number }
field-mail-or-phone = Please give a mail address or a telephone number
field-hour-to-sixty-days = Please choose a time between one hour and sixty days from now
problem-forward-open = Somebody outside is being asked already
    .todo = Please wait for their answer, or take the request back.
problem-nothing-forwarded = Nobody outside is being asked
    .todo = Please load the page again to see how it stands.
problem-link-over = This link is over
    .todo = If your help is still needed, please contact whoever sent it to you.
actor-case-tend-forwards = The program: help from outside

# Further questions
extras-title = Further questions
extras-of = { $item }: further questions
extras-lead = What citizens and the counter are asked beside the usual when they report this kind. Change the draft first, then bring it into force whole; answers of before keep the words they were asked in.
extras-draft = Draft
extras-not-asked-yet = not in force
extras-draft-empty = There is no question in the draft: once in force, this kind asks nothing more.
extras-in-force = Asked now
extras-none = No further questions.
extras-publish = Bring the draft into force
extras-discard = Discard the draft
extras-edit = Edit further questions
extras-see = See further questions
extra-into-draft = Add a question to the draft, or change one
extra-save = Put into the draft
extra-edit = Change
extra-remove = Remove
extra-rise = Move up
extra-is-required = must be answered
extra-is-personal = personal
extra-only-after = only if “{ $question }” is answered “{ $answer }”
extra-kind-text = words
extra-kind-number = a number
extra-kind-one = one of several
extra-kind-several = any of several
extra-kind-yes-no = yes or no
label-wording = Question
label-wording_en = In English
label-extra_code = Code
    .hint = Small letters, digits and underscores, such as depth. The same code changes that question.
label-extra_kind = How it is answered
label-extra_unit = Unit (of numbers)
    .hint = Such as 厘米; with English as 厘米=cm.
label-choices = Choices
    .hint = One a line, two to twenty; with English as 商铺=shops.
label-extra_after = When it is asked
    .hint = Always, unless you choose an answer to an earlier question: then only after that answer.
label-extra_required = Must be answered
    .hint = Reports that waited for a signal are taken without.
label-extra_personal = Says something of a person
    .hint = Kept like the reporter: neither the handling unit nor the public sees it, and it is erased with the reporter.
field-not-an-extra-code = only small letters, digits and underscores, at most 20, and not condition, urgent, external_id or fixmystreet_id
field-extra-code-twice = there is a question with this code already
field-not-plain = must be shorter and without = and |; choices also without / and 、
field-two-to-twenty = two to twenty choices, one a line
field-choice-twice = two choices are the same
field-no-such-answer = there is no such answer before it
field-no-such-question = this kind has no such question
field-photos-gone = { $count } photos were kept for more than a day and are gone: please choose them again
problem-no-questions-drafted = There is no draft of further questions
    .todo = Load the page again to see how things stand.
problem-asked-after = Another question waits for the answer to this one
    .todo = Remove or change the later question first.
reason-catalogue-no-questions = further questions are written differently; as in an exported file: code|kind|required or optional|personal or open|wording|unit or choices|condition
catalogue-column-extras = Further questions
flash-extra-drafted = The draft is saved; it is asked once it is in force.
flash-extras-published = The questions are in force.
flash-extras-discarded = The draft is discarded.
event-catalogue-questions-drafted = The draft of further questions was changed: { $count } questions.
event-catalogue-questions-published = Further questions were put into force: { $count }.
event-catalogue-questions-discarded = The draft of further questions was discarded.
report-extras = A few more questions about this kind
report-extra-unit = ({ $unit })
report-extra-several = (any number)
report-extra-personal = Only the civilisation office sees this.
report-extras-ask = See what else is asked about this kind
report-kept-photos = Photos chosen before (untick what you do not want)
case-extras = Further questions
case-column-extras = Further questions
status-answer-kept = received; only the civilisation office sees it

# Recordings
report-recording = Or say it
report-recording-hint = Up to { $length } (minutes and seconds). Only the office hears it; it is never public, and the handling unit does not get it.
recording-record = Record
recording-again = Record again
recording-stop = Stop
recording-drop = Throw it away
recording-listen = Your recording
recording-on = Recording, at most {"{n}"} seconds. Press Stop when you are done.
recording-ready = Recorded. Listen to it, or send the report.
recording-dropped = The recording is thrown away.
recording-denied = The microphone cannot be used. Allow it in the browser’s settings, choose a sound file, or write a few words.
recording-silent = Nothing was recorded. Please try again.
recording-kept = Recording of before: { $name } (untick if you do not want it)
field-not-a-sound = This is no recording: WebM, M4A, Ogg, MP3, AAC, WAV or AMR is taken
field-sound-not-taken = This kind of sound is not taken; please record it here or send MP3 or M4A
field-sound-with-video = This file holds video; please send the sound only
field-sound-damaged = The recording is damaged; please record it again
field-sound-empty = The recording holds nothing; please record it again
field-sound-too-long = The recording is longer than { $length }; please say the most important things only
field-sound-too-many-bytes = The recording is larger than { $megabytes } MB; please record it here
field-recordings-not-taken = This city takes no recordings; please write a few words
field-recording-gone = The recording was kept for more than a day and is gone: please say it again
problem-recording-there = This report has a recording already
    .todo = Add what is missing in words.
problem-recording-too-late = The case has gone on; no recording is added any more
    .todo = Send a new report, or answer when the office asks.
problem-words-forgotten = What was written about this case was erased because its time was over
    .todo = Nothing can be added to it.
rules-recordings = Recordings
label-recording_seconds = Longest recording of a report, in seconds
    .hint = 0: no recordings are taken.
label-recording_mb = Largest recording, in MB
    .hint = Browsers record some 0.5 MB in two minutes; WAV files need twenty times that.
cases-hear-recording = hear recordings of reporters
case-recordings = Recording
case-only-spoken = Spoken, not typed
recording-typed = typed
recording-untyped = not typed yet
recording-erased = The sound was erased because its time was over.
recording-hidden = A voice tells who speaks: whoever handles the case does not hear it. The office types what is said.
recording-player = Recording, { $length } long
recording-heard-hint = Who listens is written into the history.
recording-save = Save the file
recording-said = What is said:
recording-words = What is said
recording-words-hint = Type what is needed to act. The unit reads it; where the reporter wrote nothing it becomes the description, which the public reads as well. Leave out names, telephones and house numbers.
recording-type = Save the words
flash-recording-typed = Saved. The unit can read it now.
event-case-recording-added = Said in a recording of { $seconds } seconds.
event-case-recording-heard = Listened to the recording.
event-case-recording-typed = Typed what is said in the recording.
outbox-recording = a recording
status-recording = Your recording
status-recording-hint = Only the office hears it.
