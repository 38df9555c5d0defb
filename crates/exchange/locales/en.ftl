# Menu and lists
menu-exchange = Partner systems
menu-differences = Disagreements
exchange-partners = Partner systems
    .lead = Two-way exchange of orders with the hotline 12345 and the urban management platform: their orders become cases, results go back, and where the two disagree a person decides.
exchange-none = No partner system yet
    .todo = The system administrator adds one, with its address and credential.
exchange-new = Add a partner system
    .lead = The protocol and the file layout are in docs/exchange.md. Addresses inside your own network must be opened by the operator first.
exchange-edit = Change the settings
exchange-back = Back
exchange-and = {", "}
exchange-never = never
exchange-not-said = (nothing)
exchange-health = How it does
exchange-about = About it
exchange-directions = Directions
exchange-direction-pulls = we fetch
exchange-direction-takes = they push
exchange-direction-sends = we send results
exchange-folder = Folder
exchange-token-none = none
exchange-token-held = kept, encrypted
exchange-token-kept = A credential is kept. Leave it empty to keep it; with another address it must be given anew.
exchange-last-success = Last success
exchange-last-failure = Last failure
exchange-last-error = Why it failed
exchange-next-pull = Next fetch
exchange-waiting-in = Changes waiting
exchange-waiting-out = Messages waiting
exchange-broken-in = Changes to repair
exchange-dead-out = Messages given up
exchange-unmapped = Words not mapped
exchange-compared = Last compared
exchange-compare-error = Why it could not be compared

exchange-kind-hotline = Hotline 12345
exchange-kind-urban = Urban management platform
exchange-carrier-http = Interface (HTTP)
exchange-carrier-folder = Folder of files
exchange-crs-cgcs2000 = CGCS2000
exchange-crs-wgs84 = WGS 84
exchange-crs-gcj02 = Amap, Tencent (GCJ-02)
exchange-crs-bd09 = Baidu (BD-09)
exchange-standing-well = Well
exchange-standing-untried = Not tried yet
exchange-standing-failing = Failing
exchange-standing-paused = Paused
exchange-standing-removed = Removed

# Fields
label-xp_name = Name
    .hint = For example: city hotline 12345.
label-xp_kind = Kind of system
label-xp_carrier = How it is reached
    .hint = Cannot be changed later.
label-xp_url = Address
    .hint = The beginning of their addresses, such as https://12345.example.gov.cn/exchange; empty for a folder.
label-xp_token = The credential they gave
    .hint = Kept encrypted, never shown again.
label-xp_pulls = Fetch their changes
label-xp_every = Minutes between two fetches
    .hint = 1 to 1440.
label-xp_takes = Let them push changes
    .hint = The key for it is shown once after saving.
label-xp_sends = Send results to them
label-xp_crs = Their coordinate system
    .hint = Used where an order does not name one.
label-xv_theirs = Their word
label-xv_ours = Ours
label-xd_reason = Reason
    .hint = Needed for a decision; it is kept.
field-exchange-url-wrong = Not a whole address
field-exchange-url-query = The address must have no query
field-exchange-url-with-password = The address must not hold a name and password
field-exchange-url-inside = An inside address that the operator has not opened
field-exchange-url-not-https = Only https; plain http only for numeric addresses in networks the operator has opened
field-exchange-token-wrong = A credential is letters, digits and signs, without spaces
field-exchange-every-wrong = A whole number from 1 to 1440
field-exchange-no-direction = Choose at least one direction
field-exchange-carrier-stays = This cannot be changed; add another partner instead
field-exchange-batch = 1 to { $most } changes at once
problem-exchange-too-many = There can be at most { $most } partner systems
    .todo = Remove one that is not used first.
problem-exchange-paused = This partner is paused
    .todo = The system administrator must resume it first.
problem-exchange-not-paused = This partner is not paused
    .todo = There is nothing to resume.
problem-exchange-cannot-compare = A folder cannot be compared with
    .todo = Ask the partner to deliver the missing changes as a file.
problem-exchange-not-broken = It is not on the repair list any more
    .todo = Load the list again.
problem-exchange-unreadable = This change cannot be read, and so not tried again
    .todo = Ask the partner to send it correctly, then put this one away.
problem-exchange-no-gap = Nothing is missing before this change
    .todo = Try it again or put it away.
problem-exchange-gap-first = Changes before it are not settled
    .todo = Settle those with lower revisions first.
problem-exchange-no-case = This order has not become a case
    .todo = Settle its first change.
problem-exchange-not-open = This disagreement is settled already
    .todo = See the list for what was decided.
problem-exchange-nothing-to-send = There is nothing to send
    .todo = This partner takes no results, or the order has not become a case.
problem-exchange-on-the-case = Case { $case } cannot take theirs over from where it stands
    .todo = Do it on the case's own page; when the two agree, this goes away by itself.
problem-exchange-key-wrong = The key is not this partner's
    .todo = Check the header X-Exchange-Key.
problem-exchange-no-push = This partner may not push
    .todo = The system administrator can allow it.
problem-exchange-unreachable = The partner did not answer as described ({ $why })
    .todo = Check the address and the credential, and try again later.

# Actions
exchange-pull = Fetch now
exchange-trial = Trial run
    .lead = This is what the next fetch would do. Nothing has been saved.
exchange-trial-none = They have no new changes
    .todo = Try again later.
exchange-trial-more = They have more; only the first page was tried.
exchange-compare = Compare now
exchange-pause = Pause
exchange-resume = Resume
exchange-renew = Renew the key
    .lead = The old key stops working at once; pushes are refused until the partner uses the new one.
    .button = Renew the key
exchange-remove = Remove
    .lead = Nothing is exchanged with it any more. Its cases stay; messages that wait are not sent.
    .button = Remove
exchange-added = The partner was added
    .lead = Give this key and address to the partner; with them it pushes changes.
exchange-key-renewed = The key was renewed
    .lead = The partner must use this one from now on.
exchange-push-to = Push to:
flash-exchange-saved = Saved.
flash-exchange-paused = Paused. Nothing that happens meanwhile is lost.
flash-exchange-resumed = Resumed.
flash-exchange-removed = { $value } was removed.
flash-exchange-pulled = Fetching has begun; look again in a few seconds.
flash-exchange-comparing = Comparing has begun; look at the disagreements when it is done.
flash-exchange-mapped = “{ $value }” is mapped; the orders are being looked at again.
flash-exchange-unmapped = “{ $value }” is not mapped any more.
flash-exchange-mended = { $value } is dealt with.
flash-exchange-resent = It is dealt with.
flash-exchange-settled = { $value } is settled.
flash-exchange-sent = It is sent to them again; this goes away when the two agree.

# Mapping and rules
exchange-mapping = Mapping
    .lead = What their kinds, states and units are here is said by a person; a word that is not mapped is never guessed.
exchange-mapping-edit = Edit the mapping
exchange-map = Map
exchange-forget = Remove
exchange-values-none = Nothing is mapped yet
    .todo = Add a word above, or wait for orders that bring some.
exchange-met = { $count ->
    [0] not met yet
    [one] met once, not mapped
   *[other] met { $count } times, not mapped
}
exchange-value-category = Kinds
exchange-value-state = States
exchange-value-unit = Units
exchange-rules = Whose word holds
    .lead = Who is right where the two disagree. Where ours holds, ours is sent to them once more by itself.
exchange-rules-edit = Change the rules
exchange-rule-state = If theirs: their withdrawal voids a case at work, and their closing verifies and closes an answered one. A case nobody has answered is never closed by itself.
exchange-rule-deadline = Our deadline follows the catalogue and is never overwritten; theirs is shown beside it, and a person says whether it holds.
exchange-rule-unit = Who handles it is dispatched by a person; the rule only advises.
exchange-rule-category = If theirs: the kind is corrected by itself until the case is dispatched.
exchange-rule-text = If theirs: words they change go into the case's history by themselves.
exchange-side-ours = Ours holds
exchange-side-theirs = Theirs holds
exchange-holds = holds by rule
exchange-aspect-state = State
exchange-aspect-deadline = Deadline
exchange-aspect-unit = Unit
exchange-aspect-category = Kind
exchange-aspect-text = Words
exchange-aspect-missing-there = They do not have the order
exchange-aspect-missing-here = We do not have the order
exchange-stage-received = Received
exchange-stage-accepted = Accepted
exchange-stage-dispatched = At work
exchange-stage-handled = Handled
exchange-stage-closed = Closed
exchange-stage-refused = Refused
exchange-stage-withdrawn = Withdrawn
exchange-stage-suspended = Suspended

# Differences
exchange-differences = Disagreements
    .lead = Orders of which the two systems say different things. The rule advises; a person decides and says why.
exchange-differences-none = Nothing to disagree on
    .todo = The two say the same. They are compared every night, and at once on the partner's page.
exchange-words = Number of a case or order
filter-aspect = What
filter-partner = Partner
exchange-difference-open = Open
exchange-difference-settled = Settled
exchange-difference-gone = Agreed again
exchange-how-theirs = Theirs was taken
exchange-how-ours = Ours was kept
exchange-how-sent = Sent again
exchange-sides = What the two say
exchange-decide = Decide
exchange-take-theirs = Take theirs
exchange-keep-ours = Keep ours
exchange-send-ours = Send ours again
exchange-sent-at = Sent again at
exchange-ended-at = Ended at
exchange-decision = Decision
exchange-decided-by = Decided by
exchange-column-number = Number
exchange-column-partner = Partner
exchange-column-order = Order
exchange-column-case = Case
exchange-column-aspect = What
exchange-column-ours = Ours
exchange-column-theirs = Theirs
exchange-column-since = Since
exchange-column-wins = By rule
exchange-column-state = State
exchange-column-kind = What it is
exchange-column-at = When
exchange-column-fault = What is wrong
exchange-column-detail = In detail
exchange-column-what = What to do

# Repair list
exchange-repairs = Repair list
    .lead = Changes that could not be carried out, messages that could not be delivered, words nobody has mapped. Nothing here is lost or goes away by itself.
exchange-repairs-none = Nothing to repair
    .todo = Changes and messages that go wrong appear here.
exchange-list-changes = Changes
exchange-list-messages = Messages
exchange-list-values = Words not mapped
exchange-mend = Mend
exchange-mend-again = Try again
exchange-mend-pass = Go on without the missing ones
exchange-mend-dismiss = Put away
exchange-fault-unreadable = Cannot be read
exchange-fault-contradicts = The same id with other content
exchange-fault-gap = Changes before it are missing
exchange-fault-not-a-case = Cannot become a case
exchange-fault-not-now = The case does not allow it now
exchange-fault-no-order = The order is not a case
exchange-fault-refused = Refused
exchange-fault-file = The file cannot be read
exchange-change-created = New
exchange-change-changed = Changed
exchange-change-urged = Urged
exchange-change-supplemented = Supplemented
exchange-change-withdrawn = Withdrawn
exchange-change-closed = Closed
exchange-change-contested = Not satisfied
exchange-message-accepted = Accepted
exchange-message-returned = Given back
exchange-message-dispatched = Dispatched
exchange-message-handled = Handled
exchange-message-rework = Rework
exchange-message-closed = Closed
exchange-message-reopened = Reopened
exchange-message-suspended = Suspended
exchange-message-resumed = Resumed
exchange-message-withdrawn = Voided
exchange-message-merged = Merged
exchange-message-unmerged = Merger undone
exchange-message-status = As it stands
exchange-forecast-create = makes a case
exchange-forecast-note = goes into the history of
exchange-forecast-reply = is the reporter's answer in
exchange-forecast-compare = is compared with
exchange-forecast-void = voids
exchange-forecast-close = closes
exchange-forecast-contest = contests
exchange-forecast-rework = sends back for rework
exchange-forecast-differ = becomes a disagreement about
exchange-forecast-wait = waits for the change before it
exchange-forecast-known = is known already
exchange-forecast-after = follows the change before it
exchange-forecast-nothing = changes nothing in
exchange-forecast-repair = goes to the repair list
exchange-error-timeout = no answer in time
exchange-error-name = the name is not known
exchange-error-inside = leads to an inside network that is not opened
exchange-error-connection = no connection
exchange-error-tls = the certificate is not valid
exchange-error-protocol = the answer makes no sense
exchange-error-redirect = it redirects, which is not followed
exchange-error-credential = the credential is not accepted
exchange-error-status = it was not accepted
exchange-error-not-json = the answer is no JSON
exchange-error-not-as-described = the answer is not as the protocol describes
exchange-error-too-large = the answer is too large
exchange-error-folder = the folder cannot be read or written
exchange-error-file = the file cannot be read
exchange-error-cannot-compare = a folder cannot be compared with

# Beside a case
exchange-aside = Partner system
exchange-aside-order = { $name }, order { $order }.
exchange-aside-deadline = Their deadline: { $at }.
exchange-aside-agreed = Their deadline holds: { $at }.
exchange-aside-state = Their state: { $state }.
exchange-aside-urged = { $count ->
    [one] Urged once.
   *[other] Urged { $count } times.
}
exchange-aside-differences = { $count ->
    [one] The two disagree on one thing.
   *[other] The two disagree on { $count } things.
}

# Log
event-exchange-partner-added = Partner { $number } { $name } added
event-exchange-partner-changed = Partner { $number } { $name } changed
event-exchange-partner-removed = Partner { $number } { $name } removed
event-exchange-key-renewed = Key of partner { $number } { $name } renewed
event-exchange-paused = Partner { $number } { $name } paused
event-exchange-resumed = Partner { $number } { $name } resumed
event-exchange-pulled = Partner { $number } { $name } fetched at once
event-exchange-compared = Partner { $number } { $name } compared at once
event-exchange-mapped = Partner { $number }: { $theirs } is { $ours }
event-exchange-unmapped = Partner { $number }: { $theirs } is not mapped any more
event-exchange-ruled = Rules of partner { $number } { $name } changed
event-exchange-differed = Order { $order }: the two disagree ({ $number })
event-exchange-settled = Order { $order }, disagreement { $number }: { $how ->
    [theirs] theirs was taken
    [ours] ours was kept
   *[sent] ours was sent again
}
event-exchange-mended = Change { $number } of order { $order }: { $what ->
    [again] tried again
    [pass] gone on without the missing ones
   *[dismiss] put away
}
event-exchange-resent = Message { $number } of order { $order }: { $what ->
    [again] tried again
   *[skip] put away
}
actor-exchange-run = exchange with partner systems
actor-exchange-compare = comparison with partner systems
actor-exchange-fetch = fetching an order
actor-exchange-review = looking at orders again
actor-exchange-tend = tending partner systems
setting-name-exchange-days-kept = Days for which exchange records are kept
setting-name-exchange-compare-hour = Hour of the night from which partners are compared with
exchange-see = see partner systems
exchange-configure = set partner systems up
exchange-run = fetch, try and compare now
exchange-repair = mend the repair list
exchange-resolve = decide disagreements

exchange-today-differences = Differences with partner systems
