menu-fieldwork = Field forms
menu-field-records = Records
menu-field-observations = Observations
menu-checklists = Checklists
search-field-records = Records of inspections
keep-stays-checklists = Checklists and their versions: earlier answers are read by the version of their time; nothing personal
keep-stays-findings = Records of inspections, pictures and observations: what results rest on

fieldwork-lead = Points that are yours, by day and way. Where there is no network, use the page for telephones.
fieldwork-none = No points are yours
    .todo = They are listed here when an inspection has begun and inspectors are sent.
field-app = On the telephone (without a network too)
field-plain-form = The form without script
field-today = Today
field-open = Open
field-look = Look
field-fill-in = Fill in
field-map = Open map
field-no-checklist = No checklist yet
field-not-begun = Not begun
field-list-between = ,{" "}
field-yes = yes
field-all = All

field-number = Record
field-inspection = Inspection
field-point = Point
field-point-number = Number of the point
field-type = Type
field-division = Division
field-second = Second visit
field-first-visit = First visit
field-state = State
field-inspector = Inspector
field-begun-at = Begun
field-ended-at = Finished
field-handed-at = Handed in
field-checklist = Checklist
field-door = Came by
field-door-form = the form on the page
field-door-api = the page for telephones or the API
field-door-openrosa = a program of the ODK family
field-reviewed-by = Looked at by
field-inspector-at = Inspector from the point
field-standard = Standard
field-question = Question
field-outcome = Outcome
field-share = Share
field-weight = Weight
field-good = Good
field-of = Of
field-why = Reason
field-path = Place in the checklist

collect-title = ODK Collect
collect-lead = Fill in your points with ODK Collect, a form program for Android, without a network too.
collect-needs-https = This site is not served over HTTPS yet, and ODK Collect sends no username and password without it. Please ask the system administrator.
collect-make = Make a code
    .lead = Once for each telephone. The code holds the server, your username and a new API key, which stands for the password and does your daily work only.
collect-make-do = Make key and code
collect-by-hand = Typing it
    .lead = Where the code cannot be scanned, type this in ODK Collect, Settings → Server:
collect-server = Server URL
collect-login = Username
collect-password = Password
collect-password-is = an API key made to "Work on cases as I do", not your password
collect-use = How to use it
collect-step-fetch = With a network, open ODK Collect and fetch the forms; do so again when your points have changed.
collect-step-fill = Fill in at the point: first which point it is, then the questions and pictures; then finalize.
collect-step-send = Send with a network. What is wrong is told by its question: mend it and send again. The same form sent several times is one record.
collect-note = Where a point has a record already, what comes later is kept beside it and the office chooses. Time and place of pictures serve as evidence.
collect-keys = My keys
collect-scan = Scan this with ODK Collect
    .lead = In ODK Collect: "Configure with QR code". If the telephone is lost, revoke this key in "My account".
collect-code = QR code: server settings for ODK Collect

field-record-state-draft = Draft
field-record-state-handed-in = Handed in
field-record-state-returned = Returned
field-record-state-accepted = Accepted
field-record-state-rival = To be chosen
field-record-state-aside = Set aside
field-record-move-hand-in = Hand in
field-record-move-return = Return
field-record-move-accept = Accept
field-record-move-choose = Choose
field-record-move-set-aside = Set aside

field-outcome-met = Met
field-outcome-part = Partly met
field-outcome-unmet = Not met
field-outcome-not-counted = Not counted

field-input-one = One of
field-input-many = Any of
field-input-whole = Whole number
field-input-number = Number
field-input-text = Text
field-input-date = Date
field-input-time = Time
field-input-places = Place
field-input-photo = Pictures
field-input-audio = Recording
field-input-shown = Worked out
field-must = must be answered
field-rows-free = “{ $title }”: as many as there are
field-add = Add: { $title }
field-remove = Remove: { $title }
field-drop = Remove { $name }
field-place-hint = Latitude longitude, as in 39.77 98.29; a semicolon between several points
field-form-hint = Where answers bring or take away questions, press “Update”. At most nine files at a time; send more afterwards. Whatever you send is kept as your own draft.
field-update = Update
field-save-draft = Keep as draft for later
field-hand-in = Hand in
field-kept = Everything is kept as your draft; nothing was handed in.
field-returned-because = Returned: { $reason }

field-records-lead = What inspectors found at points. Observations are worked out of the answers and can be worked out again.
field-records-words = Number or name of the point
field-records-none = No records yet
    .todo = They are listed here when inspectors hand them in.
field-records-count = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
filter-inspection = Inspection
filter-inspector = Inspector
filter-outcome = Outcome

field-facts = Facts
field-pictures = Pictures
field-gap-lead = How far from the point a picture was taken, and how many minutes outside of the time of filling in, as the camera says: to know, not to judge.
field-gap-metres = { $count } m
field-gap-minutes = { $count } min apart
field-gap-unknown = the picture has neither time nor place
field-checking = { $count ->
    [one] { $count } file is still examined
   *[other] { $count } files are still examined
}
field-file-missing = This file has not come yet: { $file }
field-findings = What was found
field-make-case = Make a case
field-answers = Answers
field-review = Review
field-accept = Accept
field-return = Return
field-choose = Use this one
field-set-aside = Do not use
label-field_reason = Reason
    .hint = The inspector reads it.
field-is-rival = The point has a record already; this one came besides. Choose which of the two counts.
field-others = Other records of the same visit
field-earlier = Handed in before
field-history = History
field-case-from = From an inspection
field-case-from-text = Found at { $point }.

field-observations-lead = What each answer says of each standard, of records that count.
field-observations-none = No observations yet
    .todo = They are worked out by the rules of the checklist when records are handed in.
field-observations-count = { $count ->
    [one] { $count } observation
   *[other] { $count } observations
}
field-observations-many = More than { $count } observations

field-agreement = How far two visits agree
    .lead = Outcomes of two visits of the same points beside each other. κ is 1 where they agree fully and 0 where chance alone would give as much; intervals are of 95 %.
field-agreement-few = { $points } points, { $pairs } pairs, { $same } the same; κ = { $kappa }, of too few pairs for an interval.
field-agreement-all = { $points } points, { $pairs } pairs, { $same } the same; κ = { $kappa } ({ $interval }).
field-agreement-none = Nothing to compare yet
    .todo = Both visits of a point must have been handed in.
field-pairs = Pairs
field-same = Same
field-interval = 95 % interval
field-drift = Inspectors
field-drift-lead = Nothing is said below { $count } pairs. The difference is the mean of their share less the other's, in percentage points.
field-differing = Differing
field-difference = Mean difference
field-too-few = too few
field-answered-differently = Answered differently
field-differing-more = { $count } more are not listed

checklists-lead = Which checklist each type of point is looked at by, and which version is in use. A published version is not changed; answers keep theirs.
checklists-none = No checklists yet
    .todo = Import an XLSForm workbook.
checklist-name = Name
checklist-in-use = In use
checklist-types = For
checklist-versions = Versions
checklist-version = Version
checklist-by = By
checklist-at = At
checklist-answers = Records
checklist-assign = Which checklist for a type of point
label-field_type = Type of point
label-field_sheet = Checklist
    .hint = None chosen: the type is looked at by none any more. From today on.
checklist-types-count = { $count } types of point
checklist-types-without = { $count ->
    [one] { $count } type of point has no checklist yet
   *[other] { $count } types of point have no checklist yet
}
checklist-automatic = Cases by itself
checklist-automatic-label = What is not met and names a kind of case becomes one when it is handed in
checklist-import = Import a checklist
checklist-import-lead = An XLSForm workbook. It is tried first, then taken as a draft, and in use once it is published.
checklist-file = Workbook
checklist-try = Try
checklist-import-do = Take as a draft
checklist-would-take = “{ $name }” ({ $code }) would be taken as version { $label }.
checklist-faults = { $count ->
    [one] { $count } fault: nothing was taken
   *[other] { $count } faults: nothing was taken
}
checklist-faults-title = Faults
checklist-notes-title = Passed over
checklist-sheet = Sheet
checklist-as-seen = As the inspector sees it
checklist-rules = How it is counted
checklist-item = Item
checklist-rule = Rule
checklist-finding = Kind of case
checklist-facts = Version
checklist-imported-by = Imported by
checklist-imported-at = Imported
checklist-published-by = Published by
checklist-published-at = Published
checklist-changes = Against version { $label }
checklist-changes-none = No difference
checklist-change-added = { $name } is new
checklist-change-removed = { $name } is gone
checklist-change-list = Choices of { $name } are different
checklist-change-order = Items stand in another order
checklist-change-changed = { $name }: { $parts } different
checklist-strangers = “{ $scheme }” has no such standards, and what is observed of them counts in no score: { $codes }
checklist-publish = Publish
    .lead = A published version is not changed any more; new records are made by it.
checklist-publish-do = Publish
checklist-retire = Retire
    .lead = No new record is made by it; answers stay as they are.
checklist-retire-do = Retire this version
checklist-state-draft = Draft
checklist-state-published = Published
checklist-state-retired = Retired
checklist-rule-conforms = 1 met, 0 not met
checklist-rule-graded = What the grade is worth
checklist-rule-ratio = Good ones of all ({ $counted })
checklist-rule-threshold = 1 from the wanted number on, else 0 ({ $counted })
checklist-rule-any-fails = 0 as soon as one is not met
checklist-rule-deduct = Marks off for each that is missing ({ $counted })
checklist-rule-spacing = Counted by their distance

flash-field-draft-saved = The draft of { $value } is kept.
flash-field-handed-in = { $value } is handed in.
flash-field-accepted = { $value } is accepted.
flash-field-returned = { $value } is returned.
flash-field-chosen = { $value } counts now.
flash-field-set-aside = { $value } is not used.
flash-field-case-made = Case { $value } is made.
flash-checklist-assigned = It is said.
flash-checklist-saved = { $value } is saved.
flash-checklist-imported = Version { $value } is imported; publish it to use it.
flash-checklist-published = Version { $value } is published.
flash-checklist-retired = Version { $value } is retired.

notice-field-record-returned = The record of { $point } was returned: { $reason }

field-checklist-faulty = The checklist has faults
field-answer-required = This question must be answered
field-answer-constraint = The answer does not meet the question's condition
field-answer-unknown-name = The checklist has no such question
field-answer-wrong-kind = The answer is of another kind
field-answer-unknown-choice = There is no choice “{ $what }”
field-answer-choice-twice = “{ $what }” was chosen twice
field-answer-out-of-range = The number “{ $what }” is too large
field-answer-bad-date = “{ $what }” is not a date
field-answer-bad-time = “{ $what }” is not a time of day
field-answer-bad-place = This is no place on the globe
field-answer-too-few-points = Too few points
field-answer-too-many-points = Too many points
field-answer-too-many-files = Too many files
field-answer-bad-file-name = The file name “{ $what }” cannot be used
field-answer-too-long = The text is too long
field-answer-rows = Another number of rows is wanted: { $what }
field-answer-too-many-rows = There are too many rows
field-answer-file-missing = The file “{ $what }” did not come along
field-too-many-files = Too many files
problem-fieldwork-not-running = Nothing can be filled in for this inspection now: { $state }
    .todo = Ask the office.
problem-fieldwork-no-checklist = There is no checklist for this type of point yet
    .todo = The office says which under “Checklists”.
problem-fieldwork-handed-in = Record { $number } is handed in and cannot be changed
    .todo = Ask the office to return it where something is wrong.
problem-fieldwork-second-reading = The point has record { $number } already
    .todo = What you wrote is kept, and the office chooses.
problem-fieldwork-instance-taken = Somebody else's sending has this name
    .todo = Send it under another.
problem-fieldwork-own-record = { $number } is your own record, which another person decides about
    .todo = Ask a colleague.
problem-fieldwork-counts = { $number } is the record that counts
    .todo = Return it where something is wrong.
problem-fieldwork-counts-not = { $number } does not count, so no case is made of it
    .todo = Use the record that counts.
problem-fieldwork-case-there = It is case { $number } already
    .todo = Go on there.
problem-checklist-version-taken = Version { $label } of { $code } is published and cannot be replaced
    .todo = Write another version into the sheet of settings.
problem-checklist-not-draft = Version { $label } is no draft
    .todo = Reload the page to see its state.
problem-checklist-retired = Version { $label } is retired already
    .todo = Import it again as a new version where it is needed.

event-checklist-imported = Imported checklist { $name } ({ $code }) version { $label }
event-checklist-published = Published checklist { $name } ({ $code }) version { $label }
event-checklist-retired = Retired checklist { $name } ({ $code }) version { $label }
event-checklist-assigned = Points of type “{ $type }” are looked at by checklist { $code }
event-checklist-automatic = Checklist { $name } ({ $code }): cases by itself set to { $on }
event-field-record-begun = Began { $number } { $point }
event-field-record-typed = Went on with { $number } { $point }
event-field-record-handed-in = Handed in { $number } { $point }{ $door ->
    [openrosa] {" "}by a program of the ODK family
    [api] {" "}by the page for telephones or the API
   *[form] {""}
 }, { $observations } observations
event-field-record-rival = { $number } { $point } came { $door ->
    [openrosa] by a program of the ODK family
   *[api] by the page for telephones or the API
 } beside { $there } of the same visit
event-field-record-files = { $count } files came for { $number } { $point }
event-field-record-accepted = Accepted { $number } { $point }
event-field-record-returned = Returned { $number } { $point }
event-field-record-chosen = Chose { $number } { $point }
event-field-record-set-aside = Set aside { $number } { $point }
event-field-record-case = What { $number } { $point } found is case { $case }
