//! Stories of what this crate serves itself, on both engines.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "all/push.rs"]
mod push;

use kernel::ctx::{Locale, Member, Person};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::{DAY, MINUTE};
use testkit::{Client, TestApp, whole_city};
use web::mail::{self, Letter};
use web::notices;

testkit::stories!(vec![feature()];
    a_person_is_told_and_reads_it, what_others_were_told_is_not_found, a_filter_is_kept_and_forgotten,
    long_work_is_watched_by_its_owner_alone, a_letter_is_sent_in_the_language_of_its_reader,
    an_upload_keeps_its_bytes_and_its_limits);

const TEXTS: &[(Locale, &str)] = &[
    (
        Locale::ZhCn,
        "notice-case-sent = { $number } 派给了{ $unit }\nunit-ours = 我们\nmail-hello = 您好，{ $name }：{ $link }（{ $city }）\n    .subject = 关于 { $name }\n",
    ),
    (
        Locale::En,
        "notice-case-sent = { $number } was sent to { $unit }\nunit-ours = us\nmail-hello = Hello { $name }: { $link } ({ $city })\n    .subject = About { $name }\n",
    ),
];

fn feature() -> web::Feature {
    web::Feature {
        texts: TEXTS,
        routes: || web::Routes::new().post("/echo", web::Access::Public, echo),
        ..web::Feature::new("told")
    }
}

/// Answers with what came in a form.
async fn echo(form: web::Form) -> String {
    let files: Vec<String> =
        form.files.iter().map(|f| format!("{}={}:{}", f.field, f.name, f.bytes.len())).collect();
    format!("{} {}", form.text("word"), files.join(" "))
}

fn person(t: &TestApp, id: i64) -> Client<'_> {
    t.member_as(Member {
        id: Id::new(id), name: "王晓梅".to_owned(), grants: vec![whole_city(Role::Office)]
    })
}

fn tell(t: &TestApp, people: &[i64], number: &str, href: &str) {
    let people: Vec<Id<Person>> = people.iter().copied().map(Id::new).collect();
    let args = [("number", number.to_owned()), ("unit", "unit-ours".to_owned())];
    let href = href.to_owned();
    let sent = t.test.db.write_now(&t.test.ctx_system(), move |tx| {
        tx.housekeeping();
        notices::send(tx, &people, "case-sent", &args, &href)
    });
    sent.unwrap();
}

fn first_link(page: &testkit::Page, start: &str) -> String {
    let rest = page.text().split(&format!("href=\"{start}")).nth(1).unwrap();
    format!("{start}{}", rest.split('"').next().unwrap())
}

fn a_person_is_told_and_reads_it(t: &TestApp) {
    let me = person(t, 5);
    assert!(me.get("/inbox").expect(200).has("没有消息"));
    tell(t, &[5, 5, 6], "CASE-2026-000001", "/cases/1");
    t.advance(MINUTE);
    tell(t, &[5], "CASE-2026-000002", "//evil.example");
    let inbox = me.get("/inbox").expect(200);
    assert!(inbox.has("CASE-2026-000001 派给了我们"), "an argument that is a key is translated");
    assert!(inbox.has("消息，2 条未读") && inbox.has("1 分钟前"));
    t.test
        .db
        .write_now(&t.test.ctx_system(), |tx| {
            tx.housekeeping();
            let long_ago = tx.now().plus(-3 * DAY);
            let args = [("number", "CASE-2026-000003".to_owned()), ("unit", "unit-ours".to_owned())];
            notices::send_of(tx, long_ago, &[Id::new(7)], "case-sent", &args, "/cases/3")
        })
        .unwrap();
    assert!(person(t, 7).get("/inbox").expect(200).has("3 天前"), "told late, it says when it happened");
    let newest = first_link(&inbox, "/inbox/");
    assert_eq!(me.get(&newest).expect(303).location().as_deref(), Some("/"), "it leads nowhere else");
    assert!(me.get("/about-nothing").has("消息，1 条未读") || me.get("/tasks").has("消息，1 条未读"));
    me.submit("/inbox", "/inbox/readings", &[]).expect(303);
    let read = me.get("/inbox");
    assert!(read.has("已读") && !read.has("条未读"));
    assert!(person(t, 6).english().get("/inbox").has("CASE-2026-000001 was sent to us"));
    assert!(t.public().get("/inbox").location().unwrap().starts_with("/sign-in"));
}

fn what_others_were_told_is_not_found(t: &TestApp) {
    tell(t, &[5], "CASE-2026-000001", "/cases/1");
    let link = first_link(&person(t, 5).get("/inbox"), "/inbox/");
    person(t, 6).get(&link).expect(404);
    assert!(person(t, 5).get("/inbox").has("1 条未读"), "and it is still unread");
}

fn a_filter_is_kept_and_forgotten(t: &TestApp) {
    let me = person(t, 5);
    let guide = "/styleguide?state=soon";
    let kept = me.submit(guide, "/saved-filters", &[("name", "我的超时")]).expect(303);
    assert_eq!(kept.location().as_deref(), Some("/styleguide?state=soon"));
    me.submit(guide, "/saved-filters", &[("name", ""), ("list", "/cases"), ("query", "a=b")]).expect(422);
    let elsewhere =
        me.submit(guide, "/saved-filters", &[("name", "x"), ("list", "//evil.example"), ("query", "a=b")]);
    assert_eq!(elsewhere.location().as_deref(), Some("/?a=b"));
    let params = web::list::Params::parse("state=soon");
    let views = |id: i64| {
        let (ctx, params) = (t.test.ctx_member(id, "甲", Vec::new()), params.clone());
        t.test.db.read_now(move |tx| web::saved::views(tx, &ctx, "/styleguide", &params)).unwrap()
    };
    let mine = views(5);
    let here = mine.here().unwrap();
    assert_eq!(here.name, "我的超时");
    assert!(views(6).views.is_empty());
    let removal = format!("/saved-filters/{}/removal", here.id);
    person(t, 6).submit(guide, &removal, &[]).expect(404);
    assert_eq!(me.submit(guide, &removal, &[]).location().as_deref(), Some("/styleguide"));
    assert!(views(5).views.is_empty());
}

fn long_work_is_watched_by_its_owner_alone(t: &TestApp) {
    let ctx = t.test.ctx_member(5, "王晓梅", Vec::new());
    let starting = ctx.clone();
    let id = t
        .test
        .db
        .write_now(&ctx, move |tx| {
            tx.housekeeping();
            store::tasks::start(tx, &starting, "import", 400)
        })
        .unwrap();
    let me = person(t, 5);
    let path = format!("/tasks/{id}");
    let running = me.get(&path).expect(200);
    assert!(running.has("hx-trigger=\"every 1s\"") && running.has("进行中"));
    assert!(!me.get_part(&path).has("<html"), "htmx gets the part alone");
    let mut reporter = store::tasks::Reporter::new(&t.test.db, &ctx, id);
    let refused = serde_json::json!([{ "row": 7, "field": "name", "reason": "blank" }]);
    reporter
        .finish(&serde_json::json!({ "read": 400, "accepted": 399, "refused": refused, "href": "/sites" }))
        .unwrap();
    let done = me.get(&path).expect(200);
    assert!(!done.has("hx-trigger=\"every") && done.has("必填项是空的") && done.has("href=\"/sites\""));
    assert_eq!(&me.get(&format!("{path}/refusals")).expect(200).bytes[..2], b"PK", "a spreadsheet");
    assert!(me.get("/tasks").has(&path));
    person(t, 6).get(&path).expect(404);
    assert!(!person(t, 6).get("/tasks").has(&path));
}

fn a_letter_is_sent_in_the_language_of_its_reader(t: &TestApp) {
    let letter = Letter {
        to: "reader@example.cn".to_owned(),
        locale: Locale::En,
        kind: "hello".to_owned(),
        args: vec![("name".to_owned(), "Wang".to_owned())],
        href: "/cases/1".to_owned(),
    };
    let sent = t.test.db.write_now(&t.test.ctx_system(), move |tx| {
        tx.housekeeping();
        mail::send(tx, &letter)
    });
    sent.unwrap();
    assert_eq!(t.run_jobs(), 1);
    let letters = t.letters();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("Subject: About Wang") && letters[0].contains("To: reader@example.cn"));
    assert!(letters[0].contains("Message-ID: <620200."), "{}", letters[0]);
}

fn an_upload_keeps_its_bytes_and_its_limits(t: &TestApp) {
    let sender = t.public();
    let big = vec![7_u8; 3 << 20];
    let files: [testkit::http::File<'_>; 2] = [("photo", "a.jpg", &big), ("photo", "b.jpg", b"x")];
    let echoed = sender.upload("/styleguide", "/echo", &[("word", "路灯")], &files).expect(200);
    assert_eq!(echoed.text(), "路灯 photo=a.jpg:3145728 photo=b.jpg:1");
    let ten: Vec<testkit::http::File<'_>> = vec![("photo", "a.jpg", b"x"); 10];
    sender.upload("/styleguide", "/echo", &[], &ten).expect(413);
    let huge = vec![0_u8; (20 << 20) + 1];
    sender.upload("/styleguide", "/echo", &[], &[("photo", "a.jpg", &huge)]).expect(413);
    sender.post("/echo", &[("word", "x"), ("csrf", "wrong")]).expect(403);
}
