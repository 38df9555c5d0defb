open-heading = Open data
open-title = Open data of { $city }
open-lead = What everybody may know of this city's campaign, for maps, apps and research. Words are masked: no names, no telephone numbers, no house numbers.
open-licence = Free to use, also commercially; please name the city as the source. No warranty.
open-sets = Collections
open-collection = Collection
open-what = What it is
open-take = Take it
open-items = Items
open-whole = All of it as GeoJSON
open-feeds = Feeds
open-feeds-lead = For feed readers. Add ?division=, ?unit= or ?stretch= with a code or number to follow one division, unit or adopted stretch.
open-maps = In map programs
open-maps-lead = QGIS and others read the collections through OGC API Features. In QGIS: Layer, Add WFS / OGC API Features layer, New, and this address:
open-report = Reports from other programs
open-report-lead = Apps and other cities' systems send and follow reports through Open311 GeoReport v2.
open-crumbs = Where you are
open-fact = Name
open-kind = Kind
open-value = Value
open-count = { $count ->
    [one] { $count } item
   *[other] { $count } items
 }

collection-cases = Public cases
    .lead = Problems that were confirmed, where they are, who handles them and how far they have come.
collection-sections = Street sections
    .lead = Streets from crossing to crossing, with their class and length.
collection-sites = Sites
    .lead = Places that are inspected: markets, bus stops, school gates.
collection-stretches = Adopted stretches
    .lead = Which unit answers for which stretch of street today.
collection-divisions = Divisions
    .lead = Sub-districts, towns, communities and villages, with their outlines.

open-fact-number = Number
open-fact-title = Title
open-fact-description = Description
open-fact-state = State
open-fact-service_code = Code of the kind of problem
open-fact-kind = Kind of problem
open-fact-unit = Responsible unit
open-fact-unit_code = Code of the unit
open-fact-division = Code of the division
open-fact-address = Address
open-fact-reported_at = Reported
open-fact-updated_at = Last step
open-fact-due_at = To be handled by
open-fact-closed_at = Closed
open-fact-on_time = Handled in time
open-fact-followers = Others who have seen it
open-fact-before = Picture before
open-fact-after = Picture after
open-fact-url = Page
open-fact-name = Name
open-fact-street = Street
open-fact-class = Class
open-fact-length_m = Length in metres
open-fact-type = Type
open-fact-section = Number of the section
open-fact-from_m = From, metres along the section
open-fact-to_m = To, metres along the section
open-fact-since = Since
open-fact-code = Code
open-fact-level = Level
open-fact-parent = Code of the division above

feed-cases = New cases in { $city }
    .lead = The newest confirmed problems.
feed-closed = Put right in { $city }
    .lead = What was closed last, with pictures before and after.

ogc-heading = OGC API Features
ogc-lead = Public registers and cases for map programs.
ogc-collections = Collections
ogc-conformance = Conformance
ogc-api = Description of this interface
ogc-this = This document
ogc-page = This document as a page
ogc-next = Next

field-not-a-parameter = is not a parameter here
field-not-a-crs = must be the URI of CRS84 or EPSG:4490
field-not-an-extent = must be four numbers: the lower corner, then the upper one
field-not-a-span = must be a moment, a day, or from/until

developers-title = For developers
developers-lead = Everything this program does through pages it also does for programs. Here is how.
developers-contents = Contents
developers-schemas = Schemas
developers-scope = Scope
developers-parameters = Parameters (* must be given)
developers-place = In
developers-body = Body:
developers-responses = Answers
developers-status = Status
developers-public = Open to everybody
developers-signed-in = With a key
developers-action = With the key of somebody who may { $action }
developers-key = Keys
    .p1 = Reading what is public needs no key. For the rest, sign in, open My account, and make a key: choose what it may do and how long it lasts. It is shown once. A city's partners ask its civilisation office for an account.
    .p2 = Send it as a header: Authorization: Bearer cc_… A key acts for its owner, as far as its scope goes, and ends by itself.
developers-problems = Problems
    .p1 = Problems are RFC 9457 (application/problem+json): code is stable, title and detail are in the language of Accept-Language, errors names the fields, request_id finds the line in the log.
    .p2 = 401 who are you, 403 not allowed, 404 not there (or not yours to know), 409 not possible now, 422 what was sent is wrong, 429 too often and 503 busy (both with Retry-After).
developers-paging = Lists
    .p1 = Lists page by key: give next of one answer as after of the next. Nothing is skipped or told twice while the list grows.
developers-times = Times and places
    .p1 = Times are RFC 3339 with +08:00. Positions are longitude before latitude in CGCS2000 (EPSG:4490), which at this scale is WGS 84; where positions are sent, GCJ-02 and BD-09 can be named and are converted.
developers-idempotency = Sending twice
    .p1 = With the header Idempotency-Key a repeated POST gets the first answer again for a day. Send one with every report, and repeat after a timeout without fear.
developers-webhooks = Webhooks
    .p1 = What happens is sent to your address, signed by the Standard Webhooks specification, whose libraries check the signature. The civilisation office sets endpoints up, or POST /api/v1/webhooks with a key of scope admin; the secret is told once.
    .p2 = Answer 2xx within 20 seconds. A message may come more than once, always with the same webhook-id; messages about one record come in order.
developers-open311 = Open311
    .p1 = GeoReport v2 is at { $base }/open311/v2, discovery at { $base }/open311/discovery.json. Send reports to requests.json or requests.xml with a key of scope report as api_key; pictures as multipart parts named media.
    .p2 = Answers to the questions that the specification leaves open stand in docs/api.md, which comes with the program.
developers-ogc = Maps
    .p1 = OGC API Features is at { $base }/ogc/: GeoJSON, in CRS84 or, with crs=http://www.opengis.net/def/crs/EPSG/0/4490, in CGCS2000 with latitude first.
developers-feeds = Feeds
    .p1 = { $base }/feeds/cases.atom and closed.atom, also as .rss, with ETag and Last-Modified.

setting-name-open-data-licence = licence of the open data
