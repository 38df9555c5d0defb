menu-map = City map
menu-sections = Sections
menu-sites = Sites
menu-divisions = Divisions
menu-places-import = Import places
menu-calendar = Working calendar

places-facts = Facts
places-history = History
places-edit = Edit
places-clear-filters = Clear filters
places-metres = { $metres } m
places-km2 = { $area } km²
places-grid = Unit grid

road-class-trunk = Trunk road
road-class-secondary = Secondary road
road-class-branch = Branch road
road-class-back_street = Back street
crs-cgcs2000 = CGCS2000 (national system, Tianditu)
crs-wgs84 = WGS-84 (phones, GPS)
crs-gcj02 = GCJ-02 (AMap, Tencent, WeChat)
crs-bd09 = BD-09 (Baidu)
standing-in-use = In use
standing-retired = Retired
standing-all = All
division-level-city = City
division-level-county = County or district
division-level-street = Sub-district
division-level-town = Town
division-level-township = Township
division-level-community = Community
division-level-village = Village

label-place_number = Number
label-place_code = Own code
    .hint = The number or code it has in the city's older registers.
label-place_name = Name
label-place_level = Level
label-place_parent = Code of the parent
label-place_type = Type of site
label-place_lng = Longitude
label-place_lat = Latitude
label-place_crs = Coordinate system
    .hint = Of the coordinates you type or send. What is stored is always CGCS2000.
label-place_accuracy = Accuracy (m)
label-place_address = Address
label-place_section = Section
label-place_division = Division
label-place_unit = Responsible unit
label-street = Street
label-from_crossing = From crossing
    .hint = The street it meets there, or a landmark.
label-to_crossing = To crossing
label-road_class = Class of road
label-section_length = Length (m)
label-valid_from = In use from
    .hint = Today, if left empty.
label-valid_until = Retired on
label-geometry = Coordinates
    .hint = GeoJSON, WKT, or a pair “longitude,latitude” on each line.
label-geometry_file = File of coordinates
    .hint = CSV, TXT or GeoJSON. A file, if chosen, wins.
label-split_at = Metres from its beginning
label-split_crossing = Crossing at the cut
label-join_other = Section to join it with
label-retire_reason = Reason for retiring it
label-register = What the file holds
label-default_type = Type where it cannot be told
    .hint = Without one, rows of unknown type are not imported.
label-arrangement = Content of the arrangement
    .hint = Paste CSV (schedule_year,date,name,kind) or holiday-cn JSON.
label-arrangement_file = File with the arrangement
    .hint = CSV, or the JSON of holiday-cn.
label-arrangement_source = Source
    .hint = For example the number of the notice.
label-closure_date = Date
label-closure_reason = Reason
label-duty_0 = Monday
label-duty_1 = Tuesday
label-duty_2 = Wednesday
label-duty_3 = Thursday
label-duty_4 = Friday
label-duty_5 = Saturday (when worked to make up)
label-duty_6 = Sunday (when worked to make up)
label-type_name_zh = Name in Chinese
label-type_name_en = Name in English

filter-street = Street
filter-class = Class of road
filter-division = Division
filter-standing = State
filter-type = Type of site

sections-title = Street sections
sections-lead = From crossing to crossing: adoptions, reports and inspections all stand on sections.
sections-words = Street, crossing, number
sections-none = There is no such section
    .todo = Try other filters, or import a register of sections.
sections-count = { $count ->
    [one] { $count } section
   *[other] { $count } sections
 }
section-name = Section
section-new = New section
section-new-lead = Draw it along the middle of the street, or type its coordinates.
section-edit = Edit section { $number }
section-create = Create section
section-line = Course
section-draw = Draw the section: click to add points
section-coordinates = Type or send coordinates
section-sites = Sites on this section
section-no-sites = There are no sites on this section.
section-made-of = Made of
section-became = Became
section-split = Cut in two
section-split-do = Cut here
section-join = Join
section-join-do = Join into one
section-retire = Retire
section-retire-do = Retire this section

sites-title = Sites
sites-lead = Markets, housing estates, bus stops: the places that are looked at and inspected.
sites-words = Name, address, number
sites-none = There is no such site
    .todo = Try other filters, or import a list of sites.
sites-count = { $count ->
    [one] { $count } site
   *[other] { $count } sites
 }
site-new = New site
site-new-lead = Click on the map, or type longitude and latitude.
site-edit = Edit site { $number }
site-create = Create site
site-position = Position
site-on-section = { $section }, { $along } from its beginning
site-move = Put it where it is
site-move-open = Choose the new place on the map
site-move-do = Move it here
site-retire = Retire
site-retire-do = Retire this site
site-restore-do = Take into use again

divisions-title = Divisions
divisions-lead = Any number of levels; a sub-district or town office keeps the sections and sites on its ground.
divisions-none = There are no divisions yet
    .todo = Import the list of codes first, then the boundaries.
divisions-no-areas = There are no boundaries yet, so nothing can tell which sub-district or community a place is in. Please import them as GeoJSON.
divisions-count = { $count ->
    [one] { $count } division
   *[other] { $count } divisions
 }
grid-count = { $count ->
    [one] { $count } grid cell
   *[other] { $count } grid cells
 }
division-code = Statistical code
division-unit = Governing unit
division-path = Full name
division-governed = Governed by
division-area = Area
division-map = Boundary
division-has-area = known
division-no-area = none
division-below = Divisions below
division-show = Show
division-area-file = File of a new boundary
    .hint = GeoJSON or WKT, an area. Nothing changes without one.

map-lead = The city's own map; it needs no outside network.
map-of = Map of { $city }
map-nothing = There is nothing on the map yet. Import boundaries and sections first.
map-fallback = The map did not open; please use the lists below.
map-legend = Legend
layer-sections = Sections
layer-sites = Sites
layer-divisions = Divisions
layer-grid = Unit grid
map-open = Open
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-close = Close
map-m = m
map-km = km
map-gesture-desk = Hold Ctrl and scroll to zoom the map
map-gesture-touch = Use two fingers to move the map
map-pick = Choose a place: move the map, then press Enter to drop the pin
map-pin = Pin
map-picked = Chosen: {"{lng}"}, {"{lat}"}
map-locating = Locating…
map-accuracy = Located to about {"{m}"} m
map-denied = No position; please click on the map
map-locate = Locate me
map-vertex = Point {"{n}"}
map-insert = Add a point here
map-drawn = {"{n}"} points, {"{m}"} m
map-undo = Undo
map-delete = Delete this point
map-clear = Clear

search-roads = Streets
search-divisions = Divisions
search-sections = Street sections
search-sites = Sites

places-import-lead = Try the file first, see what becomes of each row, then import it.
register-divisions = Divisions
register-sections = Street sections
register-sites = Sites
register-grids = Unit grid

calendar-lead = Deadlines follow the working calendar: holidays, make-up days, hours of duty.
calendar-years = Years
calendar-published = Published
calendar-unpublished = Not published
calendar-unpublished-note = The State Council has not published this year's holidays yet. Deadlines that fall in it are provisional and are computed again once the arrangement is imported.
calendar-days-count = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
 }
calendar-off = Off
calendar-work = Make-up working day
calendar-day-off = off { $name }
calendar-day-work = make-up working day { $name }
calendar-list = List the days off and the make-up days
calendar-import = Import an arrangement
calendar-preview = What the import would change
calendar-paste = No file? Paste the content
calendar-preview-do = Look first
calendar-publish-do = Import and put into force
calendar-year = Year
calendar-change = Change
calendar-change-new = { $count ->
    [one] new, { $count } day
   *[other] new, { $count } days
 }
calendar-change-different = { $count ->
    [one] { $count } difference
   *[other] { $count } differences
 }
calendar-change-same = as it is now
calendar-working-days = Working days of the year
calendar-duty = Hours of duty
calendar-duty-hint = For example 08:30-12:00 14:30-18:00. Working hours count only within them.
calendar-duty-do = Save hours of duty
calendar-closures = The city's own closures
calendar-no-closures = None.
calendar-close-do = Add
calendar-open-do = Take back
day-kind-off = off
day-kind-work = worked
weekday-0 = Monday
    .short = Mo
weekday-1 = Tuesday
    .short = Tu
weekday-2 = Wednesday
    .short = We
weekday-3 = Thursday
    .short = Th
weekday-4 = Friday
    .short = Fr
weekday-5 = Saturday
    .short = Sa
weekday-6 = Sunday
    .short = Su
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

flash-section-created = Section { $value } was created.
flash-section-changed = Section { $value } was saved.
flash-section-retired = Section { $value } was retired.
flash-section-split = It was cut into { $value }.
flash-section-joined = They were joined into { $value }.
flash-site-created = Site { $value } was created.
flash-site-changed = Site { $value } was saved.
flash-site-moved = Site { $value } was moved.
flash-site-retired = Site { $value } was retired.
flash-site-restored = Site { $value } is in use again.
flash-division-changed = { $value } was saved.
flash-places-imported = Rows imported: { $value }.
flash-calendar-published = Arrangement in force: { $value }.
flash-calendar-duty = Hours of duty were saved; deadlines will be computed again.
flash-calendar-closed = Closed on { $value }; deadlines will be computed again.
flash-calendar-opened = Open on { $value }; deadlines will be computed again.

event-section-created = created section { $number } { $section }
event-section-changed = changed section { $number } { $section }
event-section-retired = retired section { $number }
event-section-split = section { $number } was cut into { $into }
event-section-joined = section { $number } was joined into { $into }
event-section-made-of = section { $number } was made of { $from }
event-site-created = created site { $number } { $site }
event-site-changed = changed site { $number } { $site }
event-site-moved = site { $number } was moved by { $metres } m
event-site-retired = retired site { $number }
event-site-restored = took site { $number } into use again
event-site-type-saved = saved the type of site { $name } ({ $code })
event-division-changed = changed division { $name } ({ $code })
event-places-imported = imported places ({ $register-text }): { $accepted-count } rows accepted, { $refused-count } refused
event-places-relocated = found anew where { $count } sections and sites lie
event-places-founded = founded the city's places: { $count } divisions
event-calendar-published = the arrangement of { $year } is in force { $source }
event-calendar-closed = closed on { $date }
event-calendar-opened = took back the closure on { $date }
event-calendar-duty-changed = changed the hours of duty

problem-section-retired = Section { $number } has been retired
    .todo = A retired section cannot be changed. See what became of it.

field-geometry-unreadable = coordinates cannot be read: use GeoJSON, WKT, or a pair “longitude,latitude” on each line
field-geometry-no-fix = a point is at 0,0: there was no fix
field-geometry-off-globe = these are no degrees; are longitude and latitude exchanged?
field-geometry-too-few-points = at least two different points
field-geometry-too-many-points = too many points; at most 5,000
field-geometry-too-short = too short; at least 5 m
field-geometry-crosses-itself = the line crosses itself
field-place-outside-city = outside the city; please check the coordinate system
field-place-no-position = there is no position
field-place-accuracy-range = between 0 and 10,000 m
field-place-code-form = small letters, digits and underscores only
field-section-exists = this section is there already: { $number }
    .short = this section is there already
field-site-exists = this site is there already: { $number }
    .short = this site is there already
field-section-cut-at = must be on the section, at least 5 m from its ends ({ $length } m long)
field-section-not-joinable = cannot be joined: one street, and ends that meet
field-arrangement-wrong = cannot be read: { $what }
field-duty-spans = like 08:30-12:00 14:30-18:00, in order and not overlapping
reason-place-off-globe = no degrees; exchanged, perhaps
reason-place-too-few-points = too few points
reason-place-too-many-points = too many points
reason-place-too-short = shorter than 5 m
reason-place-crosses-itself = the line crosses itself
reason-place-grid-code = a grid code has 15 digits
reason-place-division-code = a division's code has 6, 9 or 12 digits
reason-place-other-city = a division of another city
reason-place-unknown-parent = there is no such parent
reason-place-unknown-unit = no such unit; left empty
reason-place-updated = was there; brought up to date
reason-place-taken-as-branch = no class; taken as a branch road
reason-place-retired = retired sections are not imported
reason-place-type-by-words = type told by words in the name
reason-place-type-by-default = type not known; the chosen one was taken

site-types = Types of site
    .lead = Inspections, rules and imports use these types. A type that was used is never deleted, only retired.
site-type-new = New type
site-type-edit = Change type { $code }
site-type-code = Code
    .hint = Small letters, digits and underscores, for example bus_stop. It never changes afterwards.
site-type-order = Order
site-type-standing = State
site-type-up = Move { $name } up
site-type-down = Move { $name } down
label-type_words = Other names
    .hint = What other people's lists call it, separated by spaces; imports know the type by these words.
label-type_active = In use
    .hint = A retired type is offered no more; sites that have it keep it.
flash-site-type-saved = Type { $value } is saved.
field-site-type-exists = There is a type with this code already
event-site-type-moved = Type of site { $name } ({ $code }) has another place in the order
