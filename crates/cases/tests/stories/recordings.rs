//! 录音: somebody says what is wrong instead of writing it. Few hear it, one of them types it, and all others read that.

use super::world::{CLEANING, WATER, World, to_unit};
use axum::body::Body;
use axum::http::Method;
use cases::commands;
use cases::model::{Case, Recording};
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::policy::Role;
use kernel::time::{DAY, HOUR};
use serde_json::json;
use sound::samples::{self, NOTE};
use store::files::{FileState, Left, StoredFile};
use store::keep::Held;
use testkit::http::{Client, Page};
use testkit::{TestApp, grant, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
}

testkit::stories!(features();
    a_report_is_said_and_only_the_office_hears_it,
    whoever_handles_it_reads_what_was_typed,
    words_of_the_reporter_stay_theirs,
    a_form_loses_no_recording_and_takes_no_other_file,
    the_city_decides_how_long_and_whether,
    programs_send_fetch_and_type,
    a_voice_goes_with_whoever_spoke,
);

const WHERE: [(&str, &str); 1] = [("address", "新华北路12号")];

fn world(t: &TestApp) -> World<'_> {
    t.test.leave_jobs();
    World::new(&t.test)
}

fn office(t: &TestApp) -> Client<'_> {
    t.member("王晓梅", vec![whole_city(Role::Office)])
}

fn token(page: Page) -> String {
    let to = page.expect(303).location().unwrap();
    to.split("t=").nth(1).unwrap().to_owned()
}

fn case_of(t: &TestApp, token: &str) -> Case {
    let id = cases::open::opened(t.test.db.secrets(), token).unwrap();
    case(t, id)
}

fn case(t: &TestApp, id: Id<Case>) -> Case {
    t.test.db.read_now(move |tx| cases::store::case(tx, id)).unwrap().unwrap()
}

fn recordings(t: &TestApp, id: Id<Case>) -> Vec<Recording> {
    t.test.db.read_now(move |tx| cases::store::recordings(tx, id)).unwrap()
}

fn file(t: &TestApp, recording: &Recording) -> StoredFile {
    let id = recording.file_id;
    t.test.db.read_now(move |tx| store::files::get(tx, id)).unwrap()
}

/// Says it by the public form, with these fields beside where.
fn said(t: &TestApp, more: &[(&str, &str)], bytes: &[u8]) -> (Case, Recording, String) {
    let fields = [&WHERE[..], more].concat();
    let page = t.public().upload("/report", "/report", &fields, &[("recording", "张三的录音.wav", bytes)]);
    let token = token(page);
    t.run_jobs();
    let case = case_of(t, &token);
    let recording = recordings(t, case.id).remove(0);
    (case, recording, token)
}

fn address(case: &Case, recording: &Recording) -> String {
    format!("/cases/{}/recordings/{}", case.number, recording.id)
}

fn verbs(t: &TestApp, id: Id<Case>, verb: &str) -> usize {
    let lines = t.test.db.read_now(move |tx| store::audit::history(tx, id)).unwrap();
    lines.iter().filter(|line| line.verb == verb).count()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn accept(w: &World<'_>, id: Id<Case>) {
    let to = to_unit(CLEANING);
    let item = Some(w.desk.catalogue.items()[0].id);
    w.act(&w.office(), move |ctx, tx, desk| commands::accept(ctx, tx, desk, id, item, "", &to)).unwrap();
}

fn a_report_is_said_and_only_the_office_hears_it(t: &TestApp) {
    let _w = world(t);
    let wav = samples::wav(2500);
    let (case, recording, token) = said(t, &[], &wav);
    assert_eq!((case.description.as_str(), case.title.as_str()), ("", "新华北路12号"));
    assert_eq!(
        (recording.seconds(), recording.media_type.as_str(), recording.is_typed()),
        (2, "audio/wav", false)
    );
    let kept = file(t, &recording);
    assert_eq!((kept.state, kept.media_type.as_deref()), (FileState::Ready, Some("audio/wav")));
    assert_eq!(
        t.test.plain_on_disk(&["张三的录音", NOTE]),
        Vec::<&str>::new(),
        "nothing tells who and where"
    );

    // the office hears it, whole and in parts
    let (desk, at) = (office(t), address(&case, &recording));
    let page = desk.get(&format!("/cases/{}", case.number)).expect(200);
    assert!(page.has(&format!("src=\"{at}\"")) && page.has("还没有录入文字"), "{}", page.text());
    assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    let whole = desk.get(&at).expect(200);
    assert_eq!(whole.header("content-type"), "audio/wav");
    assert_eq!(whole.header("cache-control"), "private, no-store");
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert!(!holds(&whole.bytes, NOTE.as_bytes()) && holds(&wav, NOTE.as_bytes()));
    let length = whole.bytes.len();
    let part = |range: &str| desk.send(Method::GET, &at, &[("range", range)], Body::empty());
    let tail = part("bytes=100-").expect(206);
    assert_eq!(tail.bytes, whole.bytes[100..]);
    assert_eq!(tail.header("content-range"), format!("bytes 100-{}/{length}", length - 1));
    assert_eq!(part("bytes=0-9").expect(206).bytes, whole.bytes[..10]);
    assert_eq!(
        part(&format!("bytes={length}-")).expect(416).header("content-range"),
        format!("bytes */{length}")
    );
    let saved = desk.get(&format!("{at}?save=1")).expect(200);
    let name = format!("attachment; filename=\"{}.wav\"", case.number);
    assert_eq!(saved.header("content-disposition"), name);
    // one hearing, however often a player asks; another after an hour, and one of somebody else
    assert_eq!(verbs(t, case.id, "case.recording-heard"), 1);
    t.advance(HOUR + 1);
    desk.get(&at).expect(200);
    t.member("核查员", vec![whole_city(Role::Verifier)]).get(&at).expect(200);
    assert_eq!(verbs(t, case.id, "case.recording-heard"), 3);
    let opened = t.test.db.read_now(move |tx| store::audit::history(tx, recording.file_id)).unwrap();
    assert_eq!(opened.iter().filter(|line| line.verb == "file.original-opened").count(), 3);

    // nobody else does, whatever they hold
    let stranger = t.public();
    for path in
        [at.clone(), format!("{at}?t={token}"), format!("/api/v1{at}"), format!("/api/v1{at}?t={token}")]
    {
        let page = stranger.get(&path);
        assert!(page.status == 401 || page.location().is_some_and(|to| to.starts_with("/sign-in")), "{path}");
    }
    let other = t.member("别的单位", vec![grant(Role::UnitClerk, &[WATER])]);
    assert_eq!(other.get(&at).status, 404);
    let types = other.submit("/cases", &format!("{at}/transcript"), &[("words", "x")]);
    assert!(matches!(types.status, 403 | 404), "{}", types.status);
    // the reporter is told that it came, and reads no way to it
    let status = stranger.get(&format!("/r/{token}")).expect(200);
    assert!(status.has("您的录音") && status.has("0:02") && !status.has("/recordings/"));
    assert!(stranger.english().get(&format!("/r/{token}")).expect(200).has("Only the office hears it."));
}

fn whoever_handles_it_reads_what_was_typed(t: &TestApp) {
    let w = world(t);
    let (case_, recording, _) = said(t, &[], &samples::webm(3000, false));
    let (desk, at) = (office(t), address(&case_, &recording));
    let page = format!("/cases/{}", case_.number);
    assert!(
        desk.get("/cases?only=spoken").expect(200).has(&case_.number),
        "it waits for somebody to type it"
    );
    // nothing typed is lost
    let long = "长".repeat(3001);
    let refused = desk.submit(&page, &format!("{at}/transcript"), &[("words", &long)]).expect(422);
    assert!(refused.has(&long) && refused.has("f-words-error"));
    assert!(
        desk.submit(&page, &format!("{at}/transcript"), &[("words", " ")]).expect(422).has("f-words-error")
    );
    desk.submit(&page, &format!("{at}/transcript"), &[("words", "井盖没了，电话 13812341234")]).expect(303);
    let now = case(t, case_.id);
    assert_eq!(now.description.as_str(), "井盖没了，电话 13812341234");
    assert!(now.title.starts_with("井盖没了") && !now.title.contains("13812341234"), "{}", now.title);
    assert_eq!(t.test.plain_on_disk(&["13812341234"]), Vec::<&str>::new());
    assert!(desk.get("/cases?q=井盖").expect(200).has(&case_.number), "it is found by its words");
    assert!(!desk.get("/cases?only=spoken").expect(200).has(&case_.number));
    // typed again, it is what it is now
    desk.submit(&page, &format!("{at}/transcript"), &[("words", "路口井盖没了，打 13812341234")]).expect(303);
    assert_eq!(case(t, case_.id).description.as_str(), "路口井盖没了，打 13812341234");
    assert_eq!(verbs(t, case_.id, "case.recording-typed"), 2);

    accept(&w, case_.id);
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    let read = clerk.get(&page).expect(200);
    assert!(read.has("路口井盖没了") && !read.has("13812341234") && !read.has("<audio"), "{}", read.text());
    assert!(read.has("处置单位不能听") && !read.has("王晓梅听"));
    assert_eq!(clerk.get(&at).status, 403, "a voice tells who speaks");
    // a second role does not lift it
    let both = vec![whole_city(Role::Verifier), grant(Role::UnitClerk, &[CLEANING])];
    let both = t.member("两头", both);
    assert_eq!(both.get(&at).status, 403);
    assert_eq!(both.submit(&page, &format!("{at}/transcript"), &[("words", "x")]).status, 403);
    assert!(!both.get(&page).expect(200).has("<audio"));
    // inspectors see cases and hear nobody, but for what they said themselves
    assert_eq!(t.member("督查员", vec![whole_city(Role::Inspector)]).get(&at).status, 403);
    desk.get(&at).expect(200);
}

fn words_of_the_reporter_stay_theirs(t: &TestApp) {
    let w = world(t);
    let (case_, recording, _) = said(t, &[("description", "井盖")], &samples::ogg(2000, false));
    let (desk, at) = (office(t), address(&case_, &recording));
    let page = format!("/cases/{}", case_.number);
    desk.submit(&page, &format!("{at}/transcript"), &[("words", "在十字路口东边，请打 13812341234")])
        .expect(303);
    assert_eq!(case(t, case_.id).description.as_str(), "井盖");
    assert!(desk.get(&page).expect(200).has("在十字路口东边"));
    accept(&w, case_.id);
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    let read = clerk.get(&page).expect(200);
    assert!(read.has("在十字路口东边") && !read.has("13812341234"));
    let number = &case_.number;
    let stranger = t.public().get(&format!("/public/cases/{number}")).expect(200);
    assert!(!stranger.has("十字路口") && !stranger.has("recordings"), "{}", stranger.text());
}

/// The boxes of a form that hold a recording.
fn kept(page: &Page) -> Option<String> {
    let rest = page.text().split("name=\"kept_recording\" value=\"").nth(1)?;
    rest.split('"').next().map(str::to_owned)
}

fn a_form_loses_no_recording_and_takes_no_other_file(t: &TestApp) {
    let _w = world(t);
    let citizen = t.public();
    let form = citizen.get("/report").expect(200);
    assert!(form.has("data-seconds=\"120\"") && form.has("2:00"));
    let send = |fields: &[(&str, &str)], bytes: &[u8]| {
        citizen.upload("/report", "/report", fields, &[("recording", "a.webm", bytes)])
    };
    // the place is missing: the recording waits for it
    let page = send(&[], &samples::webm(2000, false)).expect(422);
    let waits = kept(&page).unwrap();
    assert!(page.has("之前的录音：a.webm"), "{}", page.text());
    let fields = [&WHERE[..], &[("kept_recording", &*waits)]].concat();
    let case = case_of(t, &token(citizen.submit("/report", "/report", &fields)));
    assert_eq!(recordings(t, case.id)[0].seconds(), 2);
    // what is no recording is told at once, and does not wait
    for (bytes, words) in [
        (samples::webm(2000, true), "这个文件里有视频"),
        (b"hello".to_vec(), "这不是录音文件"),
        (samples::wav(130_000), "录音超过 2:00"),
        (samples::wav(100), "录音里没有内容"),
        (samples::wav(2000)[..40].to_vec(), "录音已损坏"),
    ] {
        let page = send(&WHERE, &bytes).expect(422);
        assert!(
            page.has(words) && page.has("f-recording-error") && kept(&page).is_none(),
            "{words}: {}",
            page.text()
        );
        assert!(page.missing_texts().is_empty());
    }
    // told without anything, and after a day
    assert!(citizen.submit("/report", "/report", &WHERE).expect(422).has("或者说明是什么问题"));
    let page = send(&[], &samples::webm(2000, false)).expect(422);
    let waits = kept(&page).unwrap();
    let jobs = t.jobs();
    jobs.ensure_periodic().unwrap();
    t.advance(DAY + 2 * HOUR);
    jobs.run_due().unwrap();
    let fields = [&WHERE[..], &[("kept_recording", &*waits)]].concat();
    assert!(citizen.submit("/report", "/report", &fields).expect(422).has("录音保留超过一天"));
    // the counter takes one too, and what came by telephone is its caller's
    let desk = office(t);
    let fields = [&WHERE[..], &[("source", "phone")]].concat();
    let page = desk.upload("/cases/new", "/cases", &fields, &[("recording", "a.mp3", &samples::mp3(60))]);
    let number = page.expect(303).location().unwrap().split('/').nth(2).unwrap().to_owned();
    let case = t.test.db.read_now(move |tx| cases::store::case_by_number(tx, &number)).unwrap().unwrap();
    assert_eq!(recordings(t, case.id)[0].media_type, "audio/mpeg");
}

fn the_city_decides_how_long_and_whether(t: &TestApp) {
    let w = world(t);
    w.rules(|rules| (rules.recording_seconds, rules.recording_mb) = (3, 1));
    let send =
        |bytes: &[u8]| t.public().upload("/report", "/report", &WHERE, &[("recording", "a.wav", bytes)]);
    assert!(send(&samples::wav(5000)).expect(422).has("录音超过 0:03"));
    assert!(send(&samples::wav(70_000)).expect(422).has("录音文件超过 1 MB"));
    send(&samples::wav(2900)).expect(303);
    let desk = office(t);
    assert!(desk.get("/cases/rules").expect(200).has("recording_seconds"));
    w.rules(|rules| rules.recording_seconds = 0);
    assert!(!t.public().get("/report").expect(200).has("data-recorder"));
    assert!(!desk.get("/cases/new").expect(200).has("data-recorder"));
    // whoever had the form open is told, and what they wrote is there
    let page = t.public().upload(
        "/report",
        "/report",
        &[&WHERE[..], &[("description", "井盖没了")]].concat(),
        &[("recording", "a.wav", &samples::wav(1000))],
    );
    assert!(page.expect(422).has("井盖没了"));
}

fn programs_send_fetch_and_type(t: &TestApp) {
    let w = world(t);
    let report = json!({"description": "", "address": "新华路"});
    let program = t.public();
    // by the API words come first
    assert_eq!(program.json(&Method::POST, "/api/v1/reports", &report).status, 422);
    let report = json!({"description": "见录音", "address": "新华路"});
    let receipt = program.json(&Method::POST, "/api/v1/reports", &report).expect(201).json();
    let token = receipt["token"].as_str().unwrap().to_owned();
    let door = format!("/api/v1/reports/{token}/recording");
    let send = |bytes: Vec<u8>| {
        program.send(Method::POST, &door, &[("content-type", "audio/mp4")], Body::from(bytes))
    };
    assert_eq!(send(b"hello".to_vec()).expect(422).json()["errors"][0]["code"], "not-a-sound");
    let taken = send(samples::fragments(2)).expect(201).json();
    assert_eq!(taken, json!({"seconds": 2, "media_type": "audio/mp4"}));
    assert_eq!(send(samples::fragments(2)).expect(201).json(), taken, "the same again is one");
    assert_eq!(send(samples::wav(1000)).expect(409).json()["code"], "recording-there");
    assert_eq!(
        program.send(Method::POST, "/api/v1/reports/nonsense/recording", &[], Body::empty()).status,
        404
    );
    t.run_jobs();
    let case_ = case_of(t, &token);
    let key = office(t).by_key();
    let record = key.get(&format!("/api/v1/cases/{}", case_.number)).expect(200).json();
    let one = &record["recordings"][0];
    assert_eq!((one["seconds"].as_i64(), one["words"].as_str()), (Some(2), None));
    let path = one["path"].as_str().unwrap().to_owned();
    assert_eq!(key.get(&path).expect(200).header("content-type"), "audio/mp4");
    let part = key.send(Method::GET, &path, &[("range", "bytes=4-7")], Body::empty()).expect(206);
    assert_eq!(part.bytes, *b"ftyp");
    let put = |body: serde_json::Value| key.json(&Method::PUT, &format!("{path}/transcript"), &body);
    assert_eq!(put(json!({"words": ""})).status, 422);
    assert_eq!(put(json!({"words": "门口积水"})).expect(200).json()["words"], "门口积水");
    assert_eq!(case(t, case_.id).description.as_str(), "见录音", "what the program wrote stays");
    // whoever handles it is told that there is one, and what was typed
    accept(&w, case_.id);
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]).by_key();
    let record = clerk.get(&format!("/api/v1/cases/{}", case_.number)).expect(200).json();
    assert_eq!(record["recordings"][0]["path"], serde_json::Value::Null);
    assert_eq!(record["recordings"][0]["words"], "门口积水");
    assert_eq!(clerk.get(&path).status, 403);
    assert_eq!(put_as(&clerk, &path).status, 403);
    // the case has gone on
    let late = program.json(&Method::POST, "/api/v1/reports", &report).expect(201).json();
    let late = late["token"].as_str().unwrap();
    accept(&w, case_of(t, late).id);
    let door = format!("/api/v1/reports/{late}/recording");
    let refused = program.send(Method::POST, &door, &[], Body::from(samples::wav(1000))).expect(409);
    assert_eq!(refused.json()["code"], "recording-too-late");
}

fn put_as(client: &Client<'_>, path: &str) -> Page {
    client.json(&Method::PUT, &format!("{path}/transcript"), &json!({"words": "x"}))
}

fn a_voice_goes_with_whoever_spoke(t: &TestApp) {
    let w = world(t);
    let (case_, recording, token) =
        said(t, &[("phone", "13812341234"), ("kind", "event-01000")], &samples::amr(100));
    let (desk, at) = (office(t), address(&case_, &recording));
    let page = format!("/cases/{}", case_.number);
    desk.submit(&page, &format!("{at}/transcript"), &[("words", "井盖没了")]).expect(303);
    // what is held of them is told
    let trace = cases::feature().traces.iter().find(|trace| trace.key == "reported").copied().unwrap();
    let phone = Phone::parse("13812341234").unwrap();
    let asked = phone.clone();
    let found = t.test.db.read_now(move |tx| (trace.find)(tx, &asked, &Held::default())).unwrap();
    let fact = |name: &str| found[0].facts.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone());
    assert_eq!(fact("recording").as_deref(), Some("2 s, audio/amr"));
    assert_eq!((fact("words").as_deref(), fact("recording-words")), (Some("井盖没了"), None));
    // and goes when they ask for it, once the case is over
    w.close(case_.id, CLEANING);
    let erase = trace.erase.unwrap();
    let erased = w.act(&w.office(), move |ctx, tx, _| erase(ctx, tx, &phone, &Held::default())).unwrap();
    assert_eq!(erased, 1);
    let gone = recordings(t, case_.id).remove(0);
    assert!(gone.erased && !gone.is_typed());
    let row = file(t, &gone);
    assert_eq!((row.kept, row.erasing), (Left::Nothing, true));
    let ctx = t.test.ctx_system();
    assert_eq!(store::files::erase::remove_marked(&t.test.db, &ctx).unwrap(), 1);
    assert_eq!(desk.get(&at).expect(410).status, 410);
    assert!(desk.get(&page).expect(200).has("录音保存期已满"));
    let put = put_as(&office(t).by_key(), &format!("/api/v1{at}"));
    assert_eq!(put.expect(410).json()["code"], "words-forgotten");
    let door = format!("/api/v1/reports/{token}/recording");
    let late = t.public().send(Method::POST, &door, &[], Body::from(samples::wav(1000)));
    assert_eq!(late.status, 410);
    let sealed = store::files::verify::files(&t.test.db).unwrap();
    assert_eq!((sealed.faults.len(), sealed.pieces), (0, 0));
}
