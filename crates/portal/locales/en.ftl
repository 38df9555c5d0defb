menu-suggestions = Suggestions
menu-self-check = Burden self-check

home-title = See a problem? Snap it
home-lead = One minute, no account. See who handles it, by when, and how it turned out.
home-report = Report a problem
home-track = Track a report
home-latest = Just put right
home-latest-all = All of them
door-report = Report
    .note = rubbish, roads, blocked pavements, lights
door-track = Track
    .note = by number or link
door-streets = Adopted streets
    .note = which unit answers for which street
door-suggestions = Suggestions
    .note = about the campaign or this site

suggest-title = Comments and suggestions
suggest-lead = Anything about the campaign or about this site; no account needed.
suggest-report-instead = For a problem in the street, please use the report form.
suggest-send = Send
suggestion-kind = Kind
suggestion-kind-suggestion = Suggestion
suggestion-kind-complaint = Complaint
suggestion-kind-mistake = Mistake on the site
suggestion-kind-burden = Needless burden
suggestion-body = What you have to say
    .hint = What it is about, and where you met it. Please leave out the private affairs of others.
suggestion-contact = How to reach you
    .hint = Telephone or mail; seen only by the staff who answer, used only for this.
suggestion-received = Received; its number is { $number }
suggestion-keep-link = Keep the address of this page: the answer will appear here, usually within 30 days.
suggestion-number = Number
suggestion-copy = Copy number
suggestion-copied = Number copied
suggestion-crumbs = Position
suggestion-facts = Letter
suggestion-sent = Sent
suggestion-answer = Answer
suggestion-answered-at = Answered
suggestion-waits = Not answered yet
suggestion-late = over 30 days
suggestion-no-contact = not given
suggestion-send-answer = Publish the answer
suggestions-lead = What the public wrote, oldest first.
suggestions-waiting = Waiting
suggestions-answered = Answered
suggestions-none = Nothing waits
    .todo = What people send from “Comments and suggestions” in the footer appears here.
flash-suggestion-answered = { $value } was answered.
event-suggestion-received = A suggestion was received
event-suggestion-answered = A suggestion was answered
event-suggestion-answer-corrected = An answer was corrected

self-check-lead = How this program keeps to the State Council's rules for government applications (国办函〔2026〕12号), and which switches are on.
self-check-print = Print
self-check-duties = Point by point
self-check-duty = The rule
self-check-how = This program
self-check-source = Source
self-check-status = Result
self-check-evidence = Figures
self-check-todo = What to do
self-check-switches = Switches that need a legal reason
self-check-status-pass = In order
self-check-status-attention = Needs attention
self-check-status-absent = Not in this program
self-check-keep = Keep this self-check
self-check-kept = Earlier self-checks
self-check-kept-none = None has been kept yet. “Keep this self-check” files the present results and figures; they can be downloaded as PDF and DOCX.
self-check-kept-number = Self-check
self-check-kept-at = When
self-check-kept-by = Kept by
self-check-number = Self-check { $number }
self-check-kept-lead = Kept by { $by } on { $at }, program version { $program }. It is not changed any more.
self-check-paper = Self-check on the management of government applications
self-check-organ = Office of the Civilisation Commission of { $city }
self-check-counts = { $pass } points in order, { $attention } need attention, { $absent } not in this program.
duty-forms = No repeated or arbitrary demands for forms and figures from the grass roots
    .how = What is known is not asked again: place, responsible unit and deadline come from the registers; every list exports, and what was exported imports.
    .source = 国办函〔2026〕12号, one of the five must-nots
    .todo = Please see who asks for the same thing again and again; join such demands, and take from the program what it knows.
duty-points = No check-ins, point rankings or online-time counts
    .how = This program has no points, check-ins or online time of staff and keeps no such data; units are not put in a ranking unless somebody turns it on.
    .source = 国办函〔2026〕12号, one of the five must-nots
    .todo = A switch is on: please check its reason and last day, and turn off what is no longer needed.
duty-forced = No forced downloads or sign-ins, no installation rates
    .how = It is a web site; the public needs no account; there are no installation or sign-in targets.
    .source = 国办函〔2026〕12号, one of the five must-nots
    .todo = Please make it work without signing in again.
duty-votes = Likes, shares, votes and learning hours are no basis for appraisal
    .how = This program has no likes, shares, votes or learning hours, and no appraisal scores; reporters’ ratings serve only to verify and close cases.
    .source = 国办函〔2026〕12号, one of the five must-nots
    .todo = Please stop using such figures for appraisal.
duty-commerce = No commercial activity
    .how = No advertisements, payments or third-party tracking; pages load nothing from elsewhere.
    .source = 国办函〔2026〕12号, one of the five must-nots
    .todo = Please remove commercial content.
duty-photos = No arbitrary demands for photos, videos or tracks of work
    .how = Photos are asked for only to show a problem or its repair; tracks of staff are not collected.
    .source = 国办函〔2026〕12号: no demands that lower bodies upload photos, videos or tracks that the work does not need
    .todo = Please see which communities are asked for photos again and again, and whether they are needed.
duty-filing = Filed with the cyberspace office before going live, and again upon change
    .how = Number, day and version are entered here; after an upgrade the program reminds you to file again.
    .source = 国办函〔2026〕12号: file before going live, again upon change, and give notice on closing
    .todo = Please file (again) with the cyberspace office, and enter number and day below.
duty-suggestions = A channel for complaints and suggestions
    .how = “Comments and suggestions” is in the footer of every public page, without an account, with a number and an answer.
    .source = 国办函〔2026〕12号: a complaints and suggestions function is mandatory
    .todo = Please answer what has waited for more than a month.
switch-on = On
switch-off = Off
switch-by = { $by }, { $at }
switch-until = until { $date }
switch-turn-on = Turn on
switch-turn-off = Turn off
switch-reason = Legal reason
switch-last-day = Last day
flash-switch-turned = Saved, and recorded in the audit log.

legal-version = Version { $version }, in force from { $date }.
privacy-title = Privacy
privacy-lead = What this site collects, what for, how long it is kept, and your rights.
privacy-1 = With a report we keep what you write, photos, a recording, place and time; a telephone number is optional. Only the office and who checks results hear a recording; it is never public, and is erased when its time is over.
    Time and place inside photos serve only to confirm the problem; the photos shown here no longer hold them.
    .title = What we collect
privacy-2 = Only to handle what you reported and to publish results as the law requires.
    Who reported is hidden from the unit that handles it; each look at an original photo or a contact is recorded.
    If you left only a mobile number and want an answer, the city's text message gateway sends it: it is given the number, the report's number and an address.
    .title = What for
privacy-3 = Kept after closing as the archive rules say; contacts are deleted once they are not needed.
    .title = How long
privacy-4 = Only necessary cookies: signing in, language, type size and colours, and a mark against forged forms. No statistics, no advertising.
    .title = Cookies
privacy-5 = You may see, copy, correct and delete your personal data, and withdraw consent.
    Ask by “Comments and suggestions”; the Office of the Commission for Guiding Cultural and Ethical Progress, { $city }, answers.
    .title = Your rights
accessibility-title = Accessibility
accessibility-lead = This site is built to level 2 of GB/T 37668-2019 (WCAG 2.2 AA).
accessibility-1 = Everything can be done with the keyboard; each picture has a text, each chart a table, each map a list that says the same.
    Colour is never the only sign; contrast is sufficient; pages can be enlarged to 200 %.
    .title = What is done
accessibility-2 = “Large type” at the top makes letters larger and contrast stronger; pages with a speaker button can be read aloud.
    There are no pop-up advertisements and no picture puzzles.
    .title = Large type
accessibility-3 = Photos sent by citizens carry the sender's own words and may lack a full description.
    .title = What is not done yet
accessibility-4 = If something is hard to use, tell us by “Comments and suggestions”; we will mend it and answer.
    .title = Tell us
about-title = About this site
about-lead = Progress of the National Civilised City campaign, and a place to report problems.
about-1 = Run by the Office of the Commission for Guiding Cultural and Ethical Progress, { $city }.
    .title = Who runs it
about-2 = Each report has a number, a responsible unit and a deadline, and can be followed to its end.
    Each number on these pages comes from the records and opens to the facts behind it.
    .title = Where the numbers come from
about-3 = This site runs the open-source program Chuangcheng 创城 (Apache-2.0).
    .title = Software
flash-filing-entered = Filing saved, and recorded in the audit log.
flash-self-check-kept = This self-check is on file.
filing-enter = Enter the filing
label-filing_number = Filing number
    .hint = Empty: not filed yet.
label-filing_day = Day of filing
label-filing_office = Filed with
    .hint = For example: provincial cyberspace office
field-filing-in-future = Not later than today
setting-name-app-filing = Filing with the cyberspace office
evidence-not-filed = No filing number has been entered yet
evidence-filed = Filing number { $number }, { $day }, { $office }
evidence-filed-version = The version that was filed is the one that runs ({ $now })
evidence-file-again = Version { $filed } was filed, { $now } runs: file again
evidence-suggestions = Since { $from }: { $received } comments received, { $burden } of them about burdens; { $answered } answered, { $in-time } within a month
evidence-suggestions-late = { $count } have waited for more than a month
evidence-outside = { $map ->
    [on] Maps use Tianditu tiles; pages load nothing else from elsewhere
   *[off] Pages load nothing from elsewhere
 }
event-self-check-kept = Kept self-check { $number }; { $attention } points need attention
actor-self-check = the self-check

menu-storage = File storage
storage-lead = Where photos and videos are kept, and how many have not reached their place yet.
storage-places = Places
storage-wanted = They belong to
storage-folder = The data folder
storage-s3 = Object storage (S3)
storage-in-folder = Files in the data folder
storage-in-s3 = Files in object storage
storage-waits = Waiting to be moved
storage-since = the oldest was sent { $time }
storage-faults = Cannot be moved
storage-faults-todo = These files are damaged or missing; what lies there was not touched. Run “chuangcheng files verify” to see which.
storage-error = What the storage said:
storage-well = Every file is where it belongs.
storage-waiting = { $count ->
    [one] One file waits to be moved. It is safe where it is and can be seen as usual; the program goes on by itself.
   *[other] { $count } files wait to be moved. They are safe where they are and can be seen as usual; the program goes on by itself.
 }
storage-trouble = The storage has not answered since { $time }; tried { $tries } times. New files are kept in the data folder meanwhile and are not lost; the program tries again by itself.
storage-lost = { $count ->
    [one] One file lies
   *[other] { $count } files lie
 } in object storage, but the program was started without being told which. Start it again with --s3-bucket and what belongs to it, or these photos cannot be seen.
event-files-move-ordered = Files were ordered to be moved
actor-file-move = moving files
actor-file-tend = counting files
actor-files-move = moving files, by command
actor-push-sweep = clearing push subscriptions
setting-name-files-kept-in = where files are kept
