menu-ladder = Supervision
menu-letters = Letters
search-letters = Letters

## the three rungs
rung-reminder = Reminder
rung-letter = Supervision letter
rung-summons = Summons

letter-state-proposed = Proposed
letter-state-submitted = Awaiting signature
letter-state-issued = Issued
letter-state-acknowledged = Acknowledged
letter-state-answered = Answered
letter-state-held = Talk held
letter-state-closed = Closed
letter-state-carried = Carried on
letter-state-withdrawn = Withdrawn
letter-state-refused = Not issued
letter-state-lapsed = Lapsed

letter-move-submit = Send for signature
    .lead = Check the text, then a leader signs. Whoever sends it cannot sign it.
letter-move-send-back = Send back
    .lead = Say what has to change.
letter-move-sign = Sign and issue
letter-move-issue-itself = issue by itself
letter-move-refuse = Do not issue
    .lead = It does not go out this time. The reason is kept.
letter-move-lapse = lapse
letter-move-acknowledge = Acknowledge
letter-move-answer = Answer
    .lead = Say why, what has been done, and when it will be finished. Photos can be added.
letter-move-hold = Record the talk
    .lead = What was said, and what the unit undertakes.
letter-move-close = Close
    .lead = Without an answer, closing takes a reason.
letter-move-carry = Next rung
    .lead = A reminder becomes a supervision letter, a supervision letter a summons.
letter-move-withdraw = Withdraw
    .lead = For what should not have gone out. Its number is not used again.

flash-letter-submit = Sent for signature.
flash-letter-send-back = Sent back.
flash-letter-sign = Issued: { $value }.
flash-letter-refuse = Noted: it does not go out.
flash-letter-acknowledge = Acknowledged.
flash-letter-answer = Answered.
flash-letter-hold = The talk is recorded.
flash-letter-close = Closed.
flash-letter-carry = The next rung is proposed. Check it and send it for signature.
flash-letter-withdraw = Withdrawn.
flash-letter-kept = Marked as kept.
flash-ladder-saved = Saved.

## actions of the policy
ladder-view = see letters
ladder-propose = propose a letter
ladder-submit = send for signature
ladder-sign = sign
ladder-refuse = send back or refuse
ladder-withdraw = withdraw
ladder-answer = acknowledge and answer
ladder-close = close, carry on, record a talk
ladder-oversee = see the supervision desk
ladder-edit = edit the ladder

## the office's page
ladder-title = Supervision desk
ladder-lead = Reminders, letters, summonses: what is overdue, what waits for a signature, who has not answered.
ladder-settings = Ladder settings
ladder-is-off = { $count ->
    [one] The ladder is off. Switched on, it would do one thing at once.
   *[other] The ladder is off. Switched on, it would do { $count } things at once.
}
ladder-is-off-more = The ladder is off. Switched on, it would do a great many things at once.
ladder-due-now = { $count } due now
ladder-due-more = More than { $count } due now
ladder-nothing-due = No reminder, letter or summons is due now.
ladder-all-due = All that is due
ladder-by-itself = by itself
ladder-by-signature = for signature
ladder-how = How
ladder-promises = Open undertakings
ladder-dry-run = Due now
ladder-dry-run-lead = All that the present rules would issue or propose now. Looking changes nothing.
ladder-none-here = Nothing is due among the deadlines that were looked at here; there are more of them.
ladder-none-due = Nothing is due now
    .todo = The rules are checked every few minutes.
ladder-tile-due = Due now
ladder-tile-proposed = To be checked
ladder-tile-submitted = To be signed
ladder-tile-unread = Not acknowledged
ladder-tile-waiting = Answer awaited
ladder-tile-late = Answer overdue
ladder-tile-answered = Answered, to be closed
ladder-tile-talks = Talks to come
ladder-tile-held = Talks followed up
ladder-tile-open = Open
ladder-tile-ended = Ended

## settings
ladder-settings-lead = All of this is a suggestion to begin with; no standard prescribes it. Look at what is due, then switch it on.
label-ladder-on = Remind and supervise by itself
    .hint = Letters can be proposed by hand either way.
label-ladder-organ = Issued by
    .hint = Empty: the city's civilisation office.
ladder-steps = Steps and conditions
ladder-steps-hint = Each step is taken once for a thing and deadline, as soon as one condition holds.
ladder-step-soon = Due soon
ladder-step-deadline = Deadline
ladder-step-letter = Letter when overdue
ladder-step-summons = Summons
ladder-step-by-hand = by hand
ladder-step-on = In use
ladder-or = or
ladder-if-left = Of the limit, at most
ladder-if-late = Overdue by
ladder-if-reminders = After
ladder-if-letters = After
ladder-unit-left = % is left
ladder-unit-late = % of the limit
ladder-unit-reminders = reminders
ladder-unit-letters = letters
ladder-within = within
ladder-days = days
ladder-of = Counted for
ladder-of-subject = about the same thing
ladder-of-unit = to the same unit
ladder-forms = Letters
ladder-prefix = Prefix of the number
ladder-manner = How it goes out
ladder-manner-signed = one sends it, another signs
ladder-manner-itself = by itself
ladder-answer-days = Time to answer (working days; empty: no answer)
ladder-numbers = This year's numbers
ladder-numbers-hint = If numbers were given out elsewhere this year, enter the last one; counting goes on after it. Never back.
ladder-last = last { $count }
ladder-raise = Go on after it
label-last = Last number

## letters
letters-title = Letters
letters-words = Number, title
letters-none = No letters match
    .todo = Change the filter, or see all.
letters-all = All letters
letters-count = { $count ->
    [one] One letter
   *[other] { $count } letters
}
filter-show = Show
filter-rung = Rung
letter-column-number = Number
letter-column-code = Draft number
letter-column-rung = Rung
letter-column-subject = About
letter-column-title = Matter
letter-column-unit = Responsible unit
letter-column-state = State
letter-column-proposed = Proposed
letter-column-issued = Issued
letter-column-acknowledged = Acknowledged
letter-column-answer-by = Answer by
letter-column-answered = Answered
letter-column-ended = Ended
letter-answer-by = answer by { $time }
letter-answer-soon = soon due: answer by { $time }
letter-answer-late = overdue: answer was due { $time }
letter-crumbs = You are here
letter-print = Print
letter-preview = This is a preview. It has not been issued and has no number.
letter-no-number = (no number yet)
letter-text = Text of the letter
letter-answer = The unit's answer
letter-photo = Photo sent with the answer
letter-checking = { $count ->
    [one] One photo is still being checked
   *[other] { $count } photos are still being checked
}
letter-minutes = Minutes of the talk
letter-undertakings = Undertakings
letter-undertakings-hint = What will be done, and by when. Up to six; empty lines are ignored.
letter-undertaking-due = Done by
letter-undertaken-by = by { $date }
letter-undertaking-late = Overdue
letter-undertaking-kept = Kept
letter-undertaking-open = Open
letter-keep = Mark as kept
letter-facts = Facts
letter-fact-step = Why
letter-fact-due = Deadline
letter-fact-reason = Reason
letter-others = Other letters about the same
letter-history = History
letter-no-input = Nothing to fill in. Confirm to go on.
label-letter-text = What is demanded
label-letter-answer = Answer
label-letter-photos = Photos of the repair
    .hint = Not required.
label-meet_at = Time of the talk
label-meet_place = Place of the talk
label-meet_whom = Who is summoned
    .hint = A post, e.g. the head of the unit.
label-held_at = When it took place
label-minutes = Minutes
label-rung = Rung

## history
event-ladder-proposed = Proposed: { $rung-text }.
event-ladder-submitted = Sent for signature.
event-ladder-sent-back = Sent back.
event-ladder-issued = Issued as { $letter }.
event-ladder-acknowledged = Acknowledged by the unit.
event-ladder-answered = Answered by the unit.
event-ladder-held = The talk took place; { $count ->
    [one] one undertaking
   *[other] { $count } undertakings
}.
event-ladder-kept = An undertaking has been kept.
event-ladder-closed = Closed.
event-ladder-carried = Carried to the next rung, see { $next }.
event-ladder-withdrawn = Withdrawn.
event-ladder-refused = Not issued.
event-ladder-lapsed = Lapsed: the unit has acted, or the matter has gone elsewhere.
event-ladder-paper-made = Made as { $format }.
event-ladder-passed-over = Step { $step-text } of { $subject } was overtaken by a later one.
event-ladder-series-raised = Numbers of { $series } go on after { $last }.

## notices
notice-ladder-proposed = { $rung } to be checked: { $title }
notice-ladder-submitted = { $rung } to be signed: { $title }
notice-ladder-sent-back = { $rung } sent back: { $title }
notice-ladder-issued = { $rung } { $letter }: { $title }
notice-ladder-answered = The unit has answered { $letter }: { $title }
notice-ladder-withdrawn = { $letter } was withdrawn: { $title }

## problems
problem-not-for-this-rung = This step is not for this kind of letter.
    .todo = Go back to the letter and use its buttons.
problem-own-draft = Whoever sent it for signature cannot sign it.
    .todo = Ask another leader to sign.
problem-letter-waits = Letter { $letter } of the same kind about the same matter is waiting.
    .todo = Deal with that one first.
problem-ground-lost = The matter is finished or has gone to another unit.
    .todo = It need not go out. It will lapse by itself.
problem-meeting-past = The time of the talk has passed.
    .todo = Send it back and agree on another time.
problem-no-font = This server has no Chinese font, so it cannot make a PDF.
    .todo = Have a font installed (such as fonts-noto-cjk); looked in: { $places }. The DOCX can be downloaded.
field-not-a-prefix = must not be empty or contain 〔, 〕 or 号
field-same-prefix = must differ between the rungs
field-used-already = counting has gone further already
field-not-in-time = must lie between issue and now
field-too-many = too many
field-too-long-200 = at most 200 characters
field-too-long-60 = at most 60 characters

actor-ladder-climb = climbing the ladder
actor-ladder-tell = telling of letters
actor-ladder-render = making papers
setting-name-ladder = the ladder
