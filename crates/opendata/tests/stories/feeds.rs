//! Feed readers follow the city.

use super::world::{World, stories};
use axum::body::Body;
use axum::http::Method;
use testkit::{Page, TestApp};

stories!(
    feeds_tell_what_is_new_and_what_is_done,
    both_pictures_are_shown_once_they_were_examined,
    feeds_are_narrowed,
    nothing_new_costs_nothing,
);

fn feeds_tell_what_is_new_and_what_is_done(t: &TestApp) {
    let w = World::new(t);
    let old = w.reported(0, (98.265, 39.765), "垃圾 <script>alert(1)</script> & 灰尘");
    let new = w.reported(1, (98.266, 39.765), "棚子");
    w.dispatched(&old);
    w.dispatched(&new);
    w.closed(&old);
    for (path, has, lacks) in [
        ("/feeds/cases.atom", vec![&old, &new], vec![]),
        ("/feeds/cases.rss", vec![&old, &new], vec![]),
        ("/feeds/closed.atom", vec![&old], vec![&new]),
        ("/feeds/closed.rss", vec![&old], vec![&new]),
    ] {
        let page = t.public().get(path).expect(200);
        assert!(
            has.iter().all(|n| page.has(n)) && !lacks.iter().any(|n| page.has(n)),
            "{path}: {}",
            page.text()
        );
        // escaped for HTML, and once more for XML
        assert!(!page.has("<script>") && !page.has("&lt;script&gt;"), "{path}: {}", page.text());
    }
    let atom = t.public().get("/feeds/cases.atom");
    assert_eq!(atom.header("content-type"), "application/atom+xml; charset=utf-8");
    assert!(atom.text().find(&new) < atom.text().find(&old), "the newest first");
    assert!(t.public().english().get("/feeds/closed.rss").has("Put right"));
    t.public().get("/feeds/cases.json").expect(404);
}

fn both_pictures_are_shown_once_they_were_examined(t: &TestApp) {
    let w = World::new(t);
    let number = w.reported_with(0, (98.265, 39.765), "垃圾", w.picture(30));
    w.dispatched(&number);
    w.closed_with(&number, w.picture(200));
    let shown = || t.public().get("/feeds/closed.rss").text().matches("&lt;img").count();
    assert_eq!(shown(), 0, "nobody sees what was not examined");
    t.run_jobs();
    assert_eq!(shown(), 2);
    let item = t.public().get(&format!("/ogc/collections/cases/items/{number}")).json();
    for name in ["before", "after"] {
        let href = item["properties"][name].as_str().unwrap().trim_start_matches("http://wm.example.cn");
        assert_eq!(t.public().get(href).expect(200).header("content-type"), "image/jpeg", "{name}");
    }
    assert_ne!(item["properties"]["before"], item["properties"]["after"]);
}

fn feeds_are_narrowed(t: &TestApp) {
    let w = World::new(t);
    // on the adopted part of the street, and beyond it
    let (on, off) = (w.reported(0, (98.2630, 39.765), "甲"), w.reported(0, (98.2675, 39.765), "乙"));
    w.dispatched(&on);
    w.dispatched(&off);
    let feed = |query: &str| t.public().get(&format!("/feeds/cases.atom?{query}")).expect(200);
    let stretch = feed("stretch=BJ-0001");
    assert!(stretch.has(&on) && !stretch.has(&off), "{}", stretch.text());
    for query in ["unit=U-0002", "division=620200", "division=620201001"] {
        assert!(feed(query).has(&on) && feed(query).has(&off), "{query}: {}", feed(query).text());
    }
    assert!(!feed("unit=U-0003").has(&on), "the school handles none");
    for query in ["stretch=BJ-9999", "unit=U-9999", "division=1"] {
        t.public().get(&format!("/feeds/cases.atom?{query}")).expect(404);
    }
}

fn nothing_new_costs_nothing(t: &TestApp) {
    let w = World::new(t);
    let first = w.reported(0, (98.265, 39.765), "甲");
    w.dispatched(&first);
    let ask = |name: &str, value: &str| -> Page {
        t.public().send(Method::GET, "/feeds/cases.rss", &[(name, value)], Body::empty())
    };
    // a step that is saved late would not change the date: there is none before everything is sure to be saved
    let fresh = t.public().get("/feeds/cases.rss").expect(200);
    assert_eq!(fresh.header("last-modified"), "");
    t.advance(3 * kernel::time::MINUTE);
    let whole = t.public().get("/feeds/cases.rss").expect(200);
    assert_eq!(whole.header("etag"), fresh.header("etag"));
    let (tag, date) = (whole.header("etag").to_owned(), whole.header("last-modified").to_owned());
    for (name, value) in [("if-none-match", &tag), ("if-modified-since", &date)] {
        let page = ask(name, value).expect(304);
        assert!(page.bytes.is_empty());
        assert_eq!(page.header("etag"), tag);
    }
    w.closed(&first);
    assert_eq!(ask("if-none-match", &tag).status, 200);
    assert_eq!(ask("if-modified-since", &date).status, 200);
}
