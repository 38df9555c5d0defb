//! ODK Collect and its like at the door `/openrosa/`.

use super::world::{World, features, picture, told};
use axum::body::Body;
use axum::http::Method;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fieldwork::commands;
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::time::MINUTE;
use testkit::{Client, Page, TestApp, whole_city};
use web::scope::Scope;

told!(
    a_form_is_fetched_and_sent_once,
    another_reading_is_kept,
    what_cannot_be_read_is_told,
    who_may_come,
    an_older_edition_is_still_taken,
    too_much_is_refused,
    a_key_is_made_with_a_code,
);

const EDGE: &str = "edge-of-a-part-4e0";

fn encoded(login: &str, key: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{login}:{key}")))
}

fn key(w: &World, n: usize, scope: Scope) -> String {
    let ctx: Ctx = w.ctx_of(n);
    let made =
        w.act_as(&ctx, move |ctx, tx, _| people::commands::make_api_key(tx, ctx, "Collect", scope, 30));
    made.unwrap().1
}

/// Basic authentication of an inspector.
fn basic(w: &World, n: usize) -> String {
    encoded(&format!("ins-{n}"), &key(w, n, Scope::Act))
}

fn get(client: &Client<'_>, who: &str, path: &str) -> Page {
    client.send(Method::GET, path, &[("authorization", who), ("x-openrosa-version", "1.0")], Body::empty())
}

fn part(name: &str, file: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

fn post_from(client: &Client<'_>, more: &[(&str, &str)], xml: &str, files: &[(&str, &[u8])]) -> Page {
    let mut body = part("xml_submission_file", "s.xml", xml.as_bytes());
    for (name, bytes) in files {
        body.extend(part(name, name, bytes));
    }
    // so Collect says that more will come
    body.extend_from_slice(
        format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"*isIncomplete*\"\r\n\r\nyes\r\n--{EDGE}--\r\n"
        )
        .as_bytes(),
    );
    let kind = format!("multipart/form-data; boundary={EDGE}");
    let headers = [&[("content-type", kind.as_str())], more].concat();
    client.send(Method::POST, "/openrosa/submission", &headers, Body::from(body))
}

fn post(client: &Client<'_>, who: &str, xml: &str, files: &[(&str, &[u8])]) -> Page {
    post_from(client, &[("authorization", who)], xml, files)
}

fn filled(version: &str, visit: &str, instance: &str, more: &str) -> String {
    format!(
        "<data id=\"short\" version=\"{version}\" xmlns:orx=\"http://openrosa.org/xforms\"><visited_point>v{visit}</visited_point>{more}\
         <orx:meta><orx:timeStart>2026-03-05T08:10:00.000+08:00</orx:timeStart><orx:timeEnd>2026-03-05T08:25:00.000+08:00</orx:timeEnd>\
         <orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    )
}

const UNMET: &str = "<clean>unmet</clean><dirt>a.jpg</dirt><lamps>4</lamps>";
const MET: &str = "<clean>met</clean><lamps>6</lamps>";

/// Numbers of all records, the newest first.
fn numbers(w: &World, query: &str) -> Vec<String> {
    let found = w.office().by_key().get(&format!("/api/v1/fieldwork/records{query}")).expect(200).json();
    let items = found["items"].as_array().unwrap();
    items.iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect()
}

fn a_form_is_fetched_and_sent_once(w: &World) {
    let (public, who) = (w.t.public(), basic(w, 0));
    let stop = w.visits(0).remove(0);
    let list = get(&public, &who, "/openrosa/formList").expect(200);
    assert_eq!((list.header("x-openrosa-version"), list.header("content-language")), ("1.0", "zh"));
    assert_eq!(list.header("cache-control"), "private, no-store");
    assert!(
        list.has("<formID>short</formID>") && list.has("md5:") && list.has("市场短表"),
        "{}",
        list.text()
    );
    assert!(list.has("<downloadUrl>https://wm.example.cn/openrosa/forms/short/1</downloadUrl>"));
    let narrowed = |id: &str| get(&public, &who, &format!("/openrosa/formList?formID={id}")).expect(200);
    assert!(narrowed("short").has("<formID>") && !narrowed("moon").has("<formID>"));
    let form = get(&public, &who, "/openrosa/forms/short/1").expect(200);
    assert!(form.has(&format!("<value>v{}</value>", stop.visit.id)) && form.has(&stop.point.name));
    assert!(get(&public, &who, "/openrosa/forms/short/1/manifest").expect(200).has("<manifest"));
    let ready = public.send(Method::HEAD, "/openrosa/submission", &[("authorization", &who)], Body::empty());
    let ready = ready.expect(204);
    assert!(ready.header("x-openrosa-accept-content-length").parse::<usize>().unwrap() > 1 << 20);
    assert_eq!(ready.header("location"), "https://wm.example.cn/openrosa/submission");
    // two posts of one name: the picture comes with the second
    let xml = filled("1", &stop.visit.id.to_string(), "uuid:1", UNMET);
    let told = post(&public, &who, &xml, &[]).expect(201);
    assert!(told.has("submit_success") && told.has("已提交"), "{}", told.text());
    let number = numbers(w, "").remove(0);
    assert!(told.has(&number));
    let office = w.office();
    assert!(office.get(&format!("/fieldwork/records/{number}")).expect(200).has("文件还没有传来"));
    let bytes = picture();
    assert!(post(&public, &who, &xml, &[("a.jpg", &bytes)]).expect(201).has(&number));
    assert!(post(&public, &who, &xml, &[("a.jpg", &bytes)]).expect(201).has(&number));
    w.t.run_jobs();
    let page = office.get(&format!("/fieldwork/records/{number}")).expect(200);
    assert!(page.has("/fieldwork/photos/") && page.has("由 ODK 类程序提交"), "{}", page.text());
    // by the clock of the telephone
    assert!(page.has("08:10") && page.has("08:25"), "{}", page.text());
    let one = office.by_key().get(&format!("/api/v1/fieldwork/records/{number}")).expect(200).json();
    assert_eq!(one["files"].as_array().unwrap().len(), 1, "nothing twice");
    assert_eq!(numbers(w, "").len(), 1);
    // the visit is done, and the form asks for the others
    let form = get(&public, &who, "/openrosa/forms/short/1").expect(200);
    assert!(!form.has(&format!("<value>v{}</value>", stop.visit.id)));
    // what is returned is open again, and the next sending is its next turn
    let version = one["version"].as_i64().unwrap();
    let back = number.clone();
    w.act(move |ctx, tx, _| commands::send_back(ctx, tx, (&back, version), "灯数再数一遍")).unwrap();
    let form = get(&public, &who, "/openrosa/forms/short/1").expect(200);
    assert!(form.has(&format!("<value>v{}</value>", stop.visit.id)));
    let again = filled("1", &stop.visit.id.to_string(), "uuid:3", UNMET);
    assert!(post(&public, &who, &again, &[]).expect(201).has(&number));
    assert_eq!(numbers(w, "").len(), 1);
}

fn another_reading_is_kept(w: &World) {
    let (public, who) = (w.t.public(), basic(w, 0));
    let visit = w.visits(0).remove(0).visit.id.to_string();
    post(&public, &who, &filled("1", &visit, "uuid:1", MET), &[]).expect(201);
    let number = numbers(w, "").remove(0);
    let other = filled("1", &visit, "uuid:2", UNMET);
    let told = post(&public, &who, &other, &[]).expect(202);
    assert!(told.has("submit_success") && told.has(&number) && told.has("文明办取舍"), "{}", told.text());
    // its picture comes later, and it stays one reading
    post(&public, &who, &other, &[("a.jpg", &picture())]).expect(202);
    post(&public, &who, &other, &[("a.jpg", &picture())]).expect(202);
    let rivals = numbers(w, "?state=rival");
    assert_eq!(rivals.len(), 1);
    let page =
        w.office().by_key().get(&format!("/api/v1/fieldwork/records/{}", rivals[0])).expect(200).json();
    assert_eq!(page["files"].as_array().unwrap().len(), 1);
    w.t.run_jobs();
    // a name belongs to whoever used it first
    let theirs = w.visits(1).remove(0).visit.id.to_string();
    let taken = post(&public, &basic(w, 1), &filled("1", &theirs, "uuid:2", MET), &[]).expect(409);
    assert!(taken.has("submit_error"), "{}", taken.text());
}

fn what_cannot_be_read_is_told(w: &World) {
    let (public, english, who) = (w.t.public(), w.t.public().english(), basic(w, 0));
    let visit = w.visits(0).remove(0).visit.id.to_string();
    get(&public, &who, "/openrosa/forms/short/9").expect(404);
    assert!(get(&public, &who, "/openrosa/nothing").expect(404).has("OpenRosaResponse"));
    let bad = |client: &Client<'_>, xml: &str| {
        let told = post(client, &who, xml, &[("a.jpg", &picture())]).expect(400);
        assert!(told.has("submit_error"), "{}", told.text());
        assert!(told.missing_texts().is_empty(), "{}", told.text());
        told
    };
    assert!(bad(&public, "<data").has("XML"));
    let entity = "<!DOCTYPE data [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><data id=\"short\" version=\"1\">&a;</data>";
    assert!(bad(&public, entity).has("自定义实体"));
    let filled = |visit: &str, more: &str| filled("1", visit, "u", more);
    assert!(bad(&public, &filled(&visit, "<clean>perhaps</clean>")).has("clean：没有选项“perhaps”"));
    assert!(
        bad(&english, &filled(&visit, "<clean>perhaps</clean>")).has("clean: There is no choice “perhaps”")
    );
    assert!(bad(&public, &filled(&visit, "<clean>met</clean>")).has("lamps"));
    assert!(bad(&public, &filled(&visit, "<clean>met</clean><lamps>-1</lamps>")).has("不能是负数"));
    assert!(bad(&public, &filled(&visit, "<moon/>")).has("moon"));
    // another's visit is no choice
    let theirs = w.visits(1).remove(0).visit.id.to_string();
    assert!(bad(&public, &filled(&theirs, MET)).has("visited_point"));
    assert!(bad(&public, "<data id=\"short\" version=\"1\"><clean>met</clean><meta><instanceID>u</instanceID></meta></data>").has("visited_point"));
    assert!(bad(&public, "<data id=\"moon\" version=\"1\"/>").has("moon"));
    assert!(bad(&public, "<data id=\"short\" version=\"8\"/>").has("short 8"));
    assert!(bad(&english, &"<a>".repeat(60)).has("nested too deep"));
    let headers = |kind: &'static str| [("authorization", who.clone()), ("content-type", kind.to_owned())];
    for (kind, body) in [
        ("text/xml", "x"),
        ("multipart/form-data; boundary=e", "--e\r\n"),
        ("multipart/form-data; boundary=e", "--e--\r\n"),
    ] {
        let headers = headers(kind);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let told = public.send(Method::POST, "/openrosa/submission", &headers, Body::from(body)).expect(400);
        assert!(told.has("submit_error"), "{}", told.text());
    }
    assert!(numbers(w, "").is_empty(), "nothing was taken");
    // and what was refused is taken once it is mended, under the same name
    post(&public, &who, &filled(&visit, MET), &[]).expect(201);
    w.t.run_jobs();
}

fn who_may_come(w: &World) {
    let public = w.t.public();
    let list = "/openrosa/formList";
    for stranger in ["Basic eDp5", "Basic ?", "Bearer", "Digest x"] {
        let refused = get(&public, stranger, list).expect(401);
        assert!(refused.header("www-authenticate").starts_with("Basic realm="), "{stranger}");
        assert!(refused.has("OpenRosaResponse") && refused.missing_texts().is_empty());
    }
    let refused = public.get(list).expect(401);
    assert_eq!(refused.header("x-openrosa-version"), "1.0");
    let head = public.send(Method::HEAD, "/openrosa/submission", &[], Body::empty()).expect(401);
    assert!(head.header("www-authenticate").starts_with("Basic"));
    let visit = w.visits(0).remove(0).visit.id.to_string();
    let xml = filled("1", &visit, "u", MET);
    post(&public, "Basic eDp5", &xml, &[]).expect(401);
    // a session is no key
    w.inspector(0).get(list).expect(401);
    // a key is its owner's, in whatever capitals they write their login
    let own = key(w, 0, Scope::Act);
    get(&public, &encoded("ins-1", &own), list).expect(401);
    get(&public, &encoded("nobody", &own), list).expect(401);
    get(&public, &encoded(" INS-0 ", &own), list).expect(200);
    // a key is for what it was made for
    let reads = encoded("ins-0", &key(w, 0, Scope::Read));
    get(&public, &reads, list).expect(200);
    let refused = post(&public, &reads, &xml, &[]).expect(403);
    assert!(refused.has("submit_error") && refused.missing_texts().is_empty());
    get(&public, &encoded("ins-0", &key(w, 0, Scope::Report)), list).expect(403);
    // that it was used is written down
    let ctx = w.ctx_of(0);
    let person = kernel::id::Id::new(w.inspectors[0]);
    let keys = w.read(&ctx, move |_, tx| people::queries::api_keys(tx, person)).unwrap();
    assert!(keys.iter().any(|k| k.scope == Scope::Act && k.seen_at.is_some()));
    // somebody who may not fill in
    let ctx = w.ctx();
    let desk = w.read(&ctx, |_, tx| people::queries::person_by_login(tx, "desk")).unwrap().unwrap();
    let ctx = w.t.test.ctx_member(desk.id.raw(), "文明办", vec![whole_city(Role::Office)]);
    let made =
        w.act_as(&ctx, |ctx, tx, _| people::commands::make_api_key(tx, ctx, "Collect", Scope::Act, 30));
    let theirs = encoded("desk", &made.unwrap().1);
    for page in [get(&public, &theirs, list), post(&public, &theirs, &xml, &[])] {
        assert!(page.expect(403).has("OpenRosaResponse"));
    }
    // a browser that has the key does not send it for another site
    let own = encoded("ins-0", &own);
    let foreign = [("authorization", own.as_str()), ("sec-fetch-site", "cross-site")];
    post_from(&public, &foreign, &xml, &[]).expect(403);
    assert!(numbers(w, "").is_empty());
}

fn an_older_edition_is_still_taken(w: &World) {
    let (public, who) = (w.t.public(), basic(w, 0));
    let visit = w.visits(0).remove(0).visit.id.to_string();
    get(&public, &who, "/openrosa/forms/short/1").expect(200);
    w.t.advance(MINUTE);
    w.publish(super::world::short("2"));
    let old = w.edition();
    w.act(move |ctx, tx, _| commands::retire(ctx, tx, ("short", "1", old.version))).unwrap();
    // the form of today is the new one, and what was filled in by the old one is taken
    assert!(get(&public, &who, "/openrosa/formList").expect(200).has("/forms/short/2<"));
    get(&public, &who, "/openrosa/forms/short/1").expect(404);
    let told = post(&public, &who, &filled("1", &visit, "uuid:1", MET), &[]).expect(201);
    let number = numbers(w, "").remove(0);
    assert!(told.has(&number));
    let page = w.office().get(&format!("/fieldwork/records/{number}")).expect(200);
    assert!(page.has("/fieldwork/checklists/short/1\""), "{}", page.text());
    // what was never published is none
    let draft = super::world::short("3");
    w.act(move |ctx, tx, _| commands::import(ctx, tx, draft)).unwrap();
    let next = w.visits(0).remove(1).visit.id.to_string();
    post(&public, &who, &filled("3", &next, "uuid:2", MET), &[]).expect(400);
    w.t.run_jobs();
}

fn too_much_is_refused(w: &World) {
    let (public, who) = (w.t.public(), basic(w, 0));
    let visit = w.visits(0).remove(0).visit.id.to_string();
    let long = filled("1", &visit, "u", &format!("{MET}{}", " ".repeat(4 << 20)));
    assert!(post(&public, &who, &long, &[]).expect(413).has("submit_error"));
    let xml = filled("1", &visit, "u", UNMET);
    let huge = vec![7_u8; (20 << 20) + 1];
    post(&public, &who, &xml, &[("a.jpg", &huge)]).expect(413);
    assert!(numbers(w, "").is_empty());
    // nor bit by bit
    let some: Vec<String> = (0..100).map(|n| format!("{n}.jpg")).collect();
    let files: Vec<(&str, &[u8])> = some.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    post(&public, &who, &xml, &files).expect(201);
    post(&public, &who, &xml, &files).expect(201);
    let more: Vec<String> = (0..21).map(|n| format!("more-{n}.jpg")).collect();
    let more: Vec<(&str, &[u8])> = more.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert!(post(&public, &who, &xml, &more).expect(413).has("submit_error"));
    post(&public, &who, &xml, &more[..20]).expect(201);
}

fn a_key_is_made_with_a_code(w: &World) {
    let (public, inspector) = (w.t.public(), w.inspector(0));
    let page = inspector.get("/fieldwork/collect").expect(200);
    assert!(page.has("https://wm.example.cn/openrosa") && page.has("ins-0"), "{}", page.text());
    for days in ["", "0", "many", "100000"] {
        let again =
            inspector.submit("/fieldwork/collect", "/fieldwork/collect", &[("key_days", days)]).expect(422);
        assert!(!again.has("<code>") && again.has("problems"), "{}", again.text());
    }
    let shown =
        inspector.submit("/fieldwork/collect", "/fieldwork/collect", &[("key_days", "30")]).expect(200);
    assert!(shown.has("<svg") && shown.has("ins-0") && shown.header("cache-control").contains("no-store"));
    let key = shown.text().split("id=\"once\">").nth(1).and_then(|t| t.split('<').next()).unwrap();
    get(&public, &encoded("ins-0", key), "/openrosa/formList").expect(200);
    // it acts, and makes no further keys
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    public.send(Method::POST, "/fieldwork/collect", &headers, Body::from("key_days=30")).expect(403);
    assert!(public.get("/fieldwork/collect").location().unwrap().starts_with("/sign-in"));
    w.office().get("/fieldwork/collect").expect(403);
    for client in [w.inspector(0), w.inspector(0).english()] {
        assert!(client.get("/fieldwork/collect").expect(200).missing_texts().is_empty());
        let shown =
            client.submit("/fieldwork/collect", "/fieldwork/collect", &[("key_days", "1")]).expect(200);
        assert!(shown.missing_texts().is_empty(), "{:?}", shown.missing_texts());
    }
}

/// As at every door: twenty times the limit of who shows no key at all.
#[test]
fn who_posts_too_often_is_told_to_wait() {
    for engine in testkit::engines() {
        let settings = web::app::Settings {
            requests_per_minute: 1,
            behind_proxy: true,
            ..web::app::Settings::default()
        };
        let t = TestApp::with(engine, features(), Box::new(people::Recogniser::default()), settings);
        let flood = t.public().from_address("198.51.100.1");
        for _ in 0..20 {
            post(&flood, "Basic eDp5", "<data/>", &[]).expect(401);
        }
        let refused = post(&flood, "Basic eDp5", "<data/>", &[]).expect(429);
        assert!(refused.header("retry-after").parse::<u64>().unwrap() <= 60);
        assert!(refused.has("submit_error") && refused.missing_texts().is_empty(), "{}", refused.text());
        post(&t.public().from_address("198.51.100.2"), "Basic eDp5", "<data/>", &[]).expect(401);
    }
}
