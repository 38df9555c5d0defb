app-name = Chuangcheng
skip-to-content = Skip to main content
script-fault = Something broke. What is on this page is not lost; please try again in a moment.
script-offline = No network. What you typed is still here; try again when you are online.

menu-work = Work
menu-follow = Checks and reminders
menu-registers = Registers
menu-admin = Administration

shell-search = Search cases, sections, sites, units
shell-shortcuts = Keyboard shortcuts
shell-elder = Large type
shell-inbox = { $count ->
    [0] Messages
    [one] Messages, { $count } unread
   *[other] Messages, { $count } unread
 }
shell-me = Me
shell-account = My account
shell-theme-dark = Dark
shell-theme-light = Light
shell-theme-auto = As the device
shell-language = 语言 / Language
shell-this-language = English
shell-other-language = 中文
shell-other-language-code = zh-CN
shell-sign-in = Sign in
shell-sign-out = Sign out
shell-navigation = Main navigation
shell-quick = Quick navigation
shell-close = Close
shell-more = More
shell-read-aloud = Read this page aloud
key-search = Search
key-help = Show this table
key-new = New

public-name = Civilised { $city }
public-subtitle = Public site of the National Civilised City campaign
public-home = Home
public-report = Report
public-track = Track
public-cases = Open cases
public-streets = Adopted streets
foot-organiser = Organiser
foot-office = Office of the Commission for Guiding Cultural and Ethical Progress, { $city }
foot-address = Address
foot-phone = Telephone
foot-services = Services
foot-suggestions = Comments and suggestions
foot-about = About this site
foot-open-data = Open data
foot-developers = For developers
foot-privacy = Privacy
foot-accessibility = Accessibility
foot-staff = Staff sign-in
foot-icp = ICP filing number
foot-police = Public security filing number
foot-site-code = Government site code

form-problems = { $count ->
    [one] { $count } thing to correct
   *[other] { $count } things to correct
 }
form-kept = What you typed is still here. Photos have to be chosen again.
form-kept-photos = What you typed and the files you chose are still here.
form-draft = What you had typed but not sent was restored.
form-draft-discard = Discard
form-optional = (optional)
form-left = {"{n}"} characters left
form-choose = Please choose
form-narrow = Type a part of the name, or first letters in pinyin, to shorten the list below
form-narrow-found = Matches: {"{n}"}
form-save = Save
form-cancel = Cancel
upload-choose = Take or choose photos
upload-max = { $count ->
    [one] One at most
   *[other] At most { $count }
 }
upload-remove = Remove {"{name}"}
upload-too-many = At most {"{n}"}; the others were not added
filter-all = All
filter-state = State
filter-apply = Filter
filter-q = Words
pager = Pages
pager-first = First page
pager-next = Next page

ago-now = just now
ago-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
 }
ago-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
 }
ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
 }

problem-reference = Error { $status }. If you need help, tell an administrator this number: { $reference }.
problem-home = Back to the home page
problem-not-found = There is no such page
    .todo = The address may be mistyped, or the content has moved.
problem-sign-in-needed = Please sign in first
    .todo = You will come back to this page.
problem-forbidden = You may not do this
    .todo = If you need to, ask your unit's administrator or the civilisation office.
problem-stale = Somebody else has just changed this record
    .todo = Reload the page and look at it again. Your change was not saved.
problem-duplicate = There is such a record already
    .todo = Please check before sending it again.
problem-invalid = Some of it has to be corrected
    .todo = Please correct it as shown and send it again.
problem-busy = The system is busy; nothing was saved
    .todo = Please try again in a moment.
problem-files-away = Where photos are kept does not answer just now
    .todo = Nothing is lost. Please open it again in a moment; what you send is not affected.
problem-file-damaged = This file is not what it was when it was put away, and was not opened
    .todo = Please tell the administrator the number below.
problem-file-erased = This file was erased, because its time was over
    .todo = What is kept of the case still stands beside it.
problem-file-missing = This file cannot be found
    .todo = Please tell the administrator the number below.
problem-internal = Something broke; nothing was saved
    .todo = Please try again later. If it happens again, tell the administrator the number below.
problem-form-expired = This page has expired; nothing was saved
    .todo = Go back, reload the page and send it again.
problem-foreign-origin = The request came from another site and was refused
problem-move-not-allowed = Not possible now: { $move } while { $state }
    .todo = Reload the page to see where the case stands.
problem-too-large = Too large; at most { $limit }
    .todo = Please make it smaller and send it again.
problem-too-many-files = Too many files; at most { $limit }
problem-not-utf8 = The text is not UTF-8
problem-upload-broken = The upload did not finish
    .todo = Please check the network and try again.
problem-not-json = The request is no JSON: { $what }
problem-api-key-unknown = The API key is not valid
problem-key-scope = This key was not made for that
    .todo = It may: { $scope }. Make a key with a wider scope at My account.
key-scope-report = Send reports and read what is public
key-scope-read = Read what I may read
key-scope-act = Work on cases as I do
key-scope-admin = Everything, accounts and settings too
problem-too-many-requests = Too many requests
    .todo = Please try again in { $seconds } seconds.

field-required = must be filled in
field-too-long = at most { $max } characters
field-not-a-number = must be a number
field-not-a-date = must be a date
field-not-a-time = must be a date and time
field-not-a-choice = must be one of the list
field-not-a-cursor = the page position is not valid; start from the first page
field-not-within = must be between { $least } and { $most }
field-not-as-described = not as described: { $what }

problem-method-not-allowed = This address does not take this kind of request
problem-too-many-saved = At most { $limit } filters can be kept for a list
    .todo = Remove one you do not need first.

form-colon = :{" "}
deadline-provisional = {" "}(provisional)
stepper = Stages
pair-before = Before
pair-after = After
pair-no-before = No photo from before
upload-drag = ; you can drag files here
pair-no-after = No photo from after yet
pair-none-after = No photo from after
list-pick-all = Select all
list-pick = Select
list-picked = {"{n}"} selected
list-unpick = Clear selection

saved-filters = Saved filters
saved-all = All
saved-keep = Save this filter
saved-name = Name
saved-remove = Remove this filter
flash-saved-kept = The filter “{ $value }” was saved.
flash-saved-forgotten = The filter was removed.
label-name = Name

inbox-title = Messages
inbox-unread = { $count ->
    [one] { $count } unread
   *[other] { $count } unread
 }
inbox-before = Read
inbox-read-all = Mark all as read
inbox-none = No messages
    .todo = When something is sent to you, or a case you follow changes, you will be told here.
flash-inbox-read = All marked as read.

tasks-title = Background tasks
tasks-lead = Imports, exports and recounts take a while; you can leave the page and come back.
tasks-none = No background tasks yet
    .todo = When you import or export a lot from a list, its progress appears here.
task-what = Task
task-state = State
task-started = Started
task-state-running = Running
task-state-done = Done
task-state-failed = Not finished
task-leave = You can leave this page and find it again under “Background tasks”.
task-result = See the result
task-refusals = Rows that were not imported
task-row = Row
task-field = Field
task-reason = Reason
task-more-refused = These are the first 200; the spreadsheet has them all.
task-trial-accepted = Could be imported
task-trial-created = Would be new
task-trial-updated = Would be updated
task-fact-read = Rows read
task-fact-accepted = Imported
task-fact-created = Created
task-fact-updated = Updated
task-fact-unchanged = Unchanged
reason-blank = a required value is missing
reason-not-a-number = not a number
reason-not-an-integer = not a whole number
reason-not-a-date = not a date
reason-year-1900 = the date is in 1900: the cell was probably empty
reason-position-0-0 = longitude and latitude are both nought
reason-position-outside = the position is outside the city
reason-position-half = longitude or latitude is missing
reason-closing-before-opening = the end is before the beginning
reason-duplicate-id = the number stood in an earlier row
reason-too-long = too long
reason-unknown-value = not one of the allowed values
reason-missing-column = the file has no such column
reason-too-many-cells = more cells than the header
reason-too-few-cells = fewer cells than the header
reason-undecodable = some characters could not be read
reason-not-an-object = no JSON object
reason-bad-geometry = no valid geometry
reason-refused = not accepted

guide-title = Components
guide-lead = What every block looks like. Look here after changing one.
guide-buttons = Buttons and tags
guide-deadlines = Deadlines
guide-record = A record's page
guide-numbers = Numbers
guide-facts = Facts
guide-lists = Lists
guide-forms = Forms
guide-callouts = Notes
sample-sentence = Rubble covers about 6 m of the tactile paving.
sample-unit = Street office A
sample-unit-other = Street office B
sample-late = Overdue
sample-small = Small button
sample-tag = City appearance
sample-photo = Sample photo
sample-count = { $count ->
    [one] { $count } case
   *[other] { $count } cases
 }
sample-bar = Sections patrolled
sample-bignum = Shadow score (%)
sample-due-what = Time for handling
sample-none = No cases wait for you
    .todo = New cases sent to you will appear here.
sample-verdict-good = Satisfied
sample-verdict-fair = So-so
sample-verdict-bad = Not satisfied
sample-deadline-ok = 2 working days left
sample-deadline-soon = 3 working hours left
sample-deadline-overdue = 5 working hours over
sample-deadline-multi = twice the limit over
sample-deadline-paused = parked
sample-deadline-provisional = 30 working days left
sample-deadline-done = closed in time
sample-step-accepted = Accepted
sample-step-opened = Opened
sample-step-dispatched = Dispatched
sample-step-handled = Handling
sample-step-answered = Answered
sample-step-verified = Verified
sample-step-closed = Closed
sample-move-answer = Answer with proof
sample-move-extend = Ask for more time
sample-move-return = Send back
sample-move-dispute = Dispute
sample-move-park = Park
sample-move-void = Void…
sample-history-late = The time for handling is over; a reminder was sent to street office A.
sample-history-dispatched = Dispatched to street office A, 8 working hours.
sample-history-reported = Reported by a citizen with 1 photo.
sample-history-hidden = the reporter is not named to the unit
sample-tile-late = Overdue
    .unit = cases
    .note = 3 more than yesterday
sample-tile-soon = Due today
    .unit = cases
    .note = of 9 units
sample-tile-ok = Closed in time
    .unit = %
    .note = of 1,204 due this month
sample-fact-kind = Kind
    .value = City appearance › exposed rubbish
sample-fact-unit = Responsible unit
sample-fact-what = What it is
label-sample-text = Title
    .hint = For example: what, and where.
label-sample-phone = Mobile phone
label-sample-area = What happened
label-sample-select = Responsible unit
label-sample-choices = Are you satisfied with the result
label-sample-tick = I have read the notes
label-sample-photos = Photos
label-sample-file = Spreadsheet
filter-sample-unit = Responsible unit
filter-sample-from = From

problem-backup-too-new = The backup was made by a newer program
problem-data-keys-missing = Personal data here are sealed with key { $keys }, which is not in data-keys.json
    .todo = Put back the copy of data-keys.json that was kept apart from the backups; a restore takes it with --data-keys.
problem-data-keys-foreign = data-keys.json holds another key { $keys } than the one personal data here are sealed with
    .todo = Look for the copy of data-keys.json that belongs to this city and this time.
problem-backup-broken = The backup is incomplete or was altered
problem-audit-broken = The audit log is not whole
problem-restore-target-not-empty = The place to restore to is not empty
problem-backup-needs-bucket = Some photos lie in object storage, and this program was not told which
    .todo = Add --s3-bucket and what belongs to it; or leave them out with --without-bucket.
problem-backup-exists = There is such a file already: { $file }
problem-dry-run = A trial run; nothing was saved
problem-not-a-table = The file is no table: { $what }
    .todo = Please use a CSV, XLSX or GeoJSON file.
problem-text-unreadable = The text holds a character that cannot be stored
    .todo = Remove invisible control characters and try again.

tried-whole-row = the whole row
tried-choose = Choose a file
tried-try = Try it first
tried-report = What the trial found
tried-counts = { $file }: { $read-count } rows read, { $accepted-count } can be imported, { $refused-count } cannot.
tried-do = { $count ->
    [one] Import { $count } row
   *[other] Import { $count } rows
 }
tried-refused = Rows that cannot be imported
tried-repaired = Rows that were adjusted
tried-near = { $reason }. Is it one of these: { $names }?
tried-more = { $count ->
    [one] { $count } more is not listed.
   *[other] { $count } more are not listed.
 }
tried-row = Row
tried-column = Column
tried-reason = Reason
tried-noted = Rows taken by name although the code says otherwise
field-not-a-table = cannot be read as a table: { $what }
label-import_file = File
    .hint = CSV, XLSX, XLS, ODS or GeoJSON, at most 20 MB.

# ── the log: who did it, and what the program does itself ──
actor-public = A visitor
actor-program = The program
actor-system = The program ({ $purpose })
actor-demo = demonstration data
actor-audit-hash = choice of the log’s hash
actor-keys = data keys
actor-keys-reseal = sealing personal data with a new key
actor-keys-tend = tending data keys
actor-city-describe = describing the city
actor-city-create = founding the city
actor-import = import by command
actor-jobs = arranging timed work
actor-recognition = recognising visitors
actor-health = self-check
actor-streets = figures of streets
actor-file-examine = examining files
actor-file-examine-paper = examining papers
actor-file-sweep = sweeping files
actor-idempotency-expire = forgetting repeated requests
actor-task-sweep = sweeping tasks
actor-people-sweep = ending old sessions
actor-mail-send = sending mail
actor-notice-sweep = sweeping notices
actor-case-tell = telling those concerned
actor-case-gather = gathering split cases
actor-case-wake-parked = waking parked cases
actor-case-unanswered = ending questions that nobody answered
actor-case-draw-looks = drawing cases for a second look
actor-street-follow = following the register
actor-street-remind = reminders of the register
event-file-received = received a file ({ $bytes } bytes)
event-file-examined = examined a file and made the picture that may be shown
event-file-refused = refused a file: { $fault-text }
event-file-original-opened = opened a sealed original
setting-name-audit-hash = Hash of the audit log
event-audit-hash-changed = the log is hashed with { $after } from here on, before with { $before }
event-keys-rotated = made data key { $number } ({ $algorithm })
event-keys-removed = removed data keys that nothing was sealed with: { $numbers }
event-setting-changed = changed the setting “{ $name-text }” to { $after }
setting-name-session-idle-hours = hours until an idle session ends
setting-name-session-days = days a session lasts
setting-name-password-days = days a password lasts
setting-name-administrators-need-second-factor = administrators need a second factor
setting-name-api-key-days = days an API key lasts
setting-name-section-max-distance-m = farthest distance to a section (m)
setting-name-duty-hours = duty hours
setting-name-streets-hotline = hotline on the signs
setting-name-streets-leader-shown = how the person in charge is shown
setting-name-city-name = name of the city
setting-name-city-card = what the city says of itself
event-city-founded = founded the city “{ $name }”
event-job-retried = set to run again: { $kind-text }
event-job-discarded = gave up: { $kind-text }
event-audit-text-erased = erased the words of a record, as the law allows
event-audit-texts-erased = erased what people had written: { $count } texts
audit-fault-its-lane-has-no-head = its lane has no head
audit-fault-the-link-is-missing = a record is missing
audit-fault-what-it-says-does-not-match-its-hash = what it says does not match its hash
audit-fault-the-head-does-not-match-the-last-link = the head does not match the last record
audit-fault-a-text-without-its-event = a text has no record
audit-fault-a-text-was-put-beside-it = a text was put beside it
audit-fault-its-text-was-changed = its text was changed
audit-fault-its-text-is-missing-and-was-not-erased-by-the-program = its text is missing and was not erased by the program

# push
push-title = Civilised City · { $city }
push-notices = { $count ->
    [one] You have one new notice
   *[other] You have { $count } new notices
 }
push-report = There is news of what you reported
push-page = Push notices
push-lead = Be told without having the site open: a line appears on your phone or computer and leads here.
push-browsers = Browsers that are told
push-consent = When you turn this on, your browser's push service (Google, Apple, Mozilla …) learns an address at which this browser can be told. Messages are encrypted for your browser alone and only say that there is news: no names, nothing of a case. You can stop it at any time.
push-at-night = At night too (22:00 to 7:00)
push-at-night-short = at night too
push-unable = This browser cannot be told, or scripts are off. On an iPhone, first add this site to the Home Screen.
push-denied = Your browser does not let this site notify you. Allow it in the browser's site settings and try again.
push-failed = Your browser's push service does not answer. Please try again later.
push-do = Tell me in this browser
push-stop = Stop
push-since = since { $time }
push-failing = not reached lately
field-push-wrong = the address that the browser gave cannot be used
field-push-inside = nothing may be sent to this address
field-push-too-many = too many browsers are told; stop one first
flash-push-on = Turned on: you will be told when there is news.
flash-push-off = Stopped.
event-push-subscribed = turned push notices on ({ $consent })
event-push-ended = turned push notices off

# without a signal
offline-kept = No signal: this is a copy kept on this device on {"{time}"}.
offline-kept-page = No signal: this page is a copy kept on this device.
offline-waiting = Waiting to be sent: {"{n}"}.
offline-waiting-open = Show
offline-cannot-keep = There is no signal, and this browser cannot keep it for you. Leave this page open and send it when there is a signal.
offline-no-room = There is not enough room on this device for the photos. Take some out, or send it when there is a signal.
offline-leave = Something on this device has not been sent. Signing out deletes what you wrote. Sign out all the same?
