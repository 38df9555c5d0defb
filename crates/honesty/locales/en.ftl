# menu and list
menu-honesty = Photo checks
honesty-title = Photo checks
honesty-lead = Photos of repairs that somebody should look at. A warning is a question, not a finding.
honesty-none = No warnings here
    .todo = Photos that units send are compared by themselves. Change the filters, or compare earlier photos under settings.
honesty-all = All warnings
honesty-count = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
honesty-words = Number of a warning or a case
filter-kind = Kind
filter-day_from = From
filter-day_until = Until

honesty-column-number = Number
honesty-column-kind = Kind
honesty-column-case = Case
honesty-column-unit = Responsible unit
honesty-column-seen = What was seen
honesty-column-state = Result
honesty-column-reason = Reason
honesty-column-at = Seen at
honesty-column-decided-at = Decided at
honesty-column-confirmed = Confirmed
honesty-column-cases = Cases

# kinds and results
honesty-kind-same-bytes = Same file
honesty-kind-alike = Same picture
honesty-kind-before-as-after = Before-photo as after-photo
honesty-kind-early = Taken before dispatch
honesty-kind-late = Taken after the answer
honesty-kind-far = Taken elsewhere
honesty-kind-edited = Traces of editing
honesty-kind-no-camera = No camera data
honesty-state-open = To be checked
honesty-state-confirmed = Confirmed
honesty-state-false-alarm = False alarm

# what was seen: no more than was measured
honesty-seen-same-bytes = This photo is the same file as an earlier one.
honesty-seen-alike = { $agreeing } % of this photo agree with an earlier one (cropping, mirroring, turning and recolouring left aside).
honesty-seen-before-as-after = { $agreeing } % of this after-photo agree with the before-photo of the same case.
honesty-seen-early = The photo's own time is { $span } before dispatch.
honesty-seen-late = The photo's own time is { $span } after the answer.
honesty-seen-far = The photo's own position is { $metres } m from the case.
honesty-seen-edited = An image editor has left its name in the photo: { $software }.
honesty-seen-no-camera = The photo has no camera data; of the same sender's last { $of-count } photos, { $with-count } have.

# innocent reasons
honesty-innocent-same-bytes = One repair may answer several cases, with one photo.
honesty-innocent-alike = One repair may answer several cases; photos taken in a row from one spot agree too.
honesty-innocent-before-as-after = Where the problem is small and the spot the same, both photos are alike by right. See whether the place of the problem has changed.
honesty-innocent-early = The camera's clock may be wrong; the unit that adopted the street may have acted before dispatch.
honesty-innocent-late = The camera's clock may be wrong.
honesty-innocent-far = The phone's position may be off, and so may the case's.
honesty-innocent-edited = Shrinking or stamping a photo may leave a program's name too.
honesty-innocent-no-camera = Photos taken with the page's own camera, or sent through a chat, have no camera data.

# figures
honesty-figures = Figures
honesty-figure-agreeing = Agreeing places
honesty-figure-telling = Places that show something
honesty-figure-distance = Difference of prints
honesty-figure-covered = Covered area
honesty-figure-mirrored = Mirrored
honesty-figure-degrees = Turned by
honesty-figure-metres = Distance
honesty-figure-minutes = Difference in time
honesty-figure-taken = The photo's own time
honesty-figure-software = Program
honesty-figure-usual = Photos with camera data
honesty-yes = yes
honesty-in-metres = { $metres } m
honesty-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
honesty-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
honesty-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}

# one warning
honesty-crumbs = Where you are
honesty-earlier = Earlier photo
honesty-this = This photo
honesty-hidden = The earlier photo belongs to a case that is not yours to see
honesty-other-case = Earlier case
honesty-facts = Facts
honesty-history = History
honesty-look = See figures and photos
honesty-look-and-decide = Look and decide
honesty-decide = Your finding
honesty-decide-do = Record
honesty-not-yours = Verifiers and the civilisation office decide; nobody decides about photos of their own or their unit's.
label-verdict-photo = What you see
label-reason-photo = Reason
    .hint = What it rests on: “the place has not changed, the shadows are the same”.
flash-honesty-decided = The finding about { $value } is recorded.
event-honesty-warned = Found a photo to be checked: { $kind-text } ({ $case })
event-honesty-confirmed = Confirmed { $number }: { $kind-text } ({ $case })
event-honesty-cleared = Called { $number } a false alarm: { $kind-text } ({ $case })
event-honesty-backfilled = Began to compare earlier photos
actor-honesty-follow = comparing photos
actor-honesty-backfill = comparing earlier photos

# by unit
honesty-units = Confirmed, by unit
honesty-units-lead = Only warnings that a person confirmed are counted, and by unit; people never.
honesty-units-none = Nothing was confirmed
    .todo = Choose other days.
honesty-no-unit = No responsible unit

# settings
honesty-settings = Photo check settings
honesty-settings-lead = The numbers were measured; see the document “Photo honesty”. Lower ones find more and raise more false alarms.
honesty-set-same = Comparing pictures
honesty-set-notes = What photos carry with them
label-honesty-on = Compare photos and warn
    .hint = Off: nobody is warned, but prints are still kept, so that nothing is missed when it is switched on again.
label-honesty-distance = Largest difference of prints (0–20)
    .hint = Only photos that differ by no more are compared place by place.
label-honesty-agreeing = Other cases: least agreement (%)
label-honesty-agreeing_same_case = Same case: least agreement (%)
    .hint = Before and after show the same place by right, so this is higher.
label-honesty-telling = Least places that show something (of 64)
    .hint = A sky or a white wall tells nothing.
label-honesty-minutes = How wrong a clock may be (minutes)
label-honesty-metres = How wrong a position may be (metres)
    .hint = Beside what the phone itself said when the case was reported.
label-honesty-editors = Image editors
    .hint = One a line; a photo that names one gives a warning.
label-honesty-camera_share = Least share of a sender's photos with camera data (%)
    .hint = 0 never warns of missing camera data.
label-honesty-camera_pictures = Least number of such photos
flash-honesty-saved = Settings saved.
setting-name-photo-honesty = Photo check settings
field-too-many-editors = Too many
honesty-go-back = Earlier photos
honesty-go-back-lead = New photos are compared by themselves. Earlier ones are gone through once, in the background; it can be interrupted, and each photo is compared once.
honesty-go-back-do = Compare earlier photos
honesty-backfill-runs = Comparing
flash-honesty-going-back = Comparing earlier photos has begun.
task-honesty-backfill = Comparing earlier photos
task-fact-pictures = Photos
task-fact-warnings = Warnings
