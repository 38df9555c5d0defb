# Menu
menu-screen = Wall
menu-brief = Daily brief
menu-screens = Displays

# The wall
screen-title = Wall
screen-city = { $city }: how the city's cases stand
screen-leave = Back
screen-full = Full screen
screen-stale = Figures stand still since { $time }, connecting again
screen-pause = Stop the ticker
screen-go-on = Let the ticker run
screen-made = Figures of { $time }
screen-none = Not classified
screen-no-kind = No kind yet
screen-no-place = Place not known
screen-and = {", "}
screen-day = { $weekday }, { $date }

screen-panel-figures = Today's figures
screen-panel-hours = Reports today, by hour
screen-panel-map = Open cases on the map
screen-panel-kinds = Open cases by kind
screen-panel-letters = Reminders, supervision letters, summonses
screen-panel-areas = Open cases by place
screen-panel-moves = Latest moves

screen-tile-reported = Reported today
screen-tile-answered = Answered today
screen-tile-closed = Closed today
screen-tile-open = Open
screen-tile-soon = Due within 24 hours
screen-tile-overdue = Overdue
screen-tile-on-time = On time this month
screen-tile-rework = Rework this month

screen-hour = Hour
screen-today = Today
screen-usual = Usual (mean of this weekday, four weeks)
screen-hours-says = { $count } reported today; usually some { $usual } by this hour (weeks compared: { $weeks })
screen-hours-says-new = { $count } reported today; no earlier weeks to compare with yet
screen-of-late = ({ $count } late)
screen-more-kinds = { $lines } more kinds with { $count } cases
screen-more-areas = { $lines } more places with { $count } cases
screen-no-open = No open cases
screen-no-areas = No divisions have been entered yet
screen-no-moves = Nothing has moved lately
screen-no-letters = No letter waits
screen-letters-late = { $count ->
    [one] 1 answer is late
   *[other] { $count } answers are late
 }
screen-map-fallback = The map cannot be drawn here; the figures stand beside it.
screen-map-legend = Key of the map
screen-map-late = Overdue
screen-map-soon = Due within 24 hours
screen-map-in-time = In time

# Displays
displays-lead = Screens in command rooms and halls that show the wall without anybody signing in. Each has an address of its own that can be revoked at any time.
displays-none = No displays yet
    .todo = Register one and open the address you get in the browser of that screen.
display-one = Display
display-new = Register a display
    .lead = Its address is shown when you save, this once.
display-edit = Change the entry
    .lead = Name, place or last day; the address stays the same.
display-arrange = Arrange what it shows
    .lead = Which panels, in which order, of which division. The screen follows within half a minute.
display-renew = Renew the address
    .lead = You get a new address; the old one ends at once.
    .button = Renew the address
display-revoke = Revoke
    .lead = The address shows the wall no more, and the screen says that it was revoked. This cannot be undone: register it anew if needed.
    .button = Revoke
display-added = The display is registered
    .lead = Open this address in the browser of that screen. Whoever knows it sees the wall: do not pass it on.
display-renewed = The address is renewed
    .lead = The old one has ended. Open this new address in the browser of that screen.
display-look = Preview
display-about = Entry
display-panels = Panels
    .hint = From top to bottom, from left to right. Places left empty are passed over; all left empty shows all panels.
display-no-panel = Nothing
display-whole-city = Whole city
display-never = Never
display-by = Registered by
display-registered = Registered
display-revoked-at = Revoked
display-column-number = Number
display-column-state = State
display-column-seen = Last connected
display-standing-used = In use
display-standing-expired = Expired
display-standing-revoked = Revoked
label-display_name = Name
    .hint = For example: main screen of the command hall.
label-display_place = Where it hangs
    .hint = For example: command hall, third floor.
label-display_title = Title of the wall
    .hint = Without one, the city's own.
label-display_area = Division
    .hint = Shows only this division and those below it.
label-display_until = Last day
    .hint = After it nothing is shown; it can be extended.
label-panel_1 = Panel 1
label-panel_2 = Panel 2
label-panel_3 = Panel 3
label-panel_4 = Panel 4
label-panel_5 = Panel 5
label-panel_6 = Panel 6
label-panel_7 = Panel 7
field-panel-twice = this panel was chosen before
field-display-until = choose a day from today on, at most { $days } days ahead
flash-display-saved = Saved.
flash-display-revoked-now = { $value } is revoked.
problem-display-unknown = There is no such display
    .todo = Check the address; it may have been renewed. The system administrator can renew it under Displays.
problem-display-revoked = This display was revoked
    .todo = If it is still needed, ask the system administrator to register it anew.
problem-display-expired = This display has expired
    .todo = Ask the system administrator to extend it under Displays; then it comes back by itself.
problem-display-over = { $number } was revoked and cannot be changed
    .todo = Register it anew if needed.
problem-display-too-many = At most { $most } displays can be in use
    .todo = Revoke those that are not needed.

# The daily brief
brief-lead = { $city }, { $day }
brief-on = Which day
brief-show = Show
brief-print = Print
brief-numbers = Five numbers
brief-number = Number
brief-changed = Change
brief-that-day = That day,
brief-day-before = Day before,
brief-week-before = Week before,
brief-number-reported = Reported
brief-number-answered = Answered
brief-number-closed = Closed
brief-number-overdue = Overdue at the end of the day
brief-number-on-time = On-time rate (due that day)
brief-change = { $day } on the day before, { $week } on the week before
brief-problems = Three problems
brief-no-problems = No open case is late, reported by many, or back again.
brief-why-overdue = Late longest: due { $since } ({ $ago })
brief-why-reported = Reported most: { $count ->
    [one] 1 other has reported or follows it
   *[other] { $count } others have reported or follow it
 }
brief-why-again = Back again after it was closed, reported { $at }
brief-place = Place
brief-unit = Responsible unit
brief-no-unit = not dispatched yet
brief-point = { $why }. { $title } ({ $number }). Place: { $place }. Responsible unit: { $unit }.
brief-better = One thing that got better
brief-better-overdue = Cases overdue at the end of the day fell from { $before } to { $now } within a week.
brief-better-on-time = Of cases due in the last seven days { $now } were closed in time; in the seven days before, { $before }.
brief-better-rework = Of cases due in the last seven days { $now } were done again; in the seven days before, { $before }.
brief-list-before = cases of before
brief-list-now = cases of now
brief-incomplete = Days of the past are still being worked out; figures of the ends of days are final when that is done.
brief-made = Made { $time }. Numbers are of the whole day; the three problems are open cases of now. An answer counts once a case, by its latest.
brief-organ = Civilisation office of { $city }
brief-paper = Daily brief ({ $day })
field-day-not-over = this day is not over, choose yesterday or an earlier one

# Retention
keep-screen-displays = Displays that have ended
    .starts = From when they were revoked or expired. Only names and places of screens

# Log
event-screen-added = Registered display { $number } { $name } ({ $place }) until { $until }
event-screen-changed = Changed display { $number } { $name } ({ $place }) until { $until }
event-screen-arranged = Arranged what display { $number } { $name } shows
event-screen-renewed = Renewed the address of display { $number } { $name }
event-screen-revoked = Revoked display { $number } { $name } ({ $place })
actor-screen = display

# Rights
screen-look = look at the wall
screen-brief = read the daily brief
screen-see = see displays
screen-keep = register and revoke displays
screen-arrange = arrange what displays show
