//! A display from its registration to its end.

use super::world::{EAST, WEST, World, told};
use axum::http::Method;
use kernel::policy::Role;
use kernel::time::{DAY, MINUTE, SECOND};
use serde_json::json;
use testkit::{Page, whole_city};

told!(
    a_display_is_registered_shown_and_revoked,
    what_it_shows_is_a_choice,
    it_shows_its_part_of_the_city_only,
    its_address_is_renewed,
    it_ends_after_its_last_day,
    wrong_words_are_refused_and_then_not_heard,
    who_may_do_what,
    what_is_wrong_is_said_and_kept,
    programs_do_the_same,
    ended_displays_are_forgotten_in_time,
);

const LIST: &str = "/admin/screens";

fn fields<'a>(name: &'a str, until: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("display_name", name), ("display_place", "三楼指挥大厅"), ("display_until", until)]
}

/// The path of the address that a page shows once.
fn address(page: &Page) -> String {
    let text = page.text();
    let from = text.find("/screen/d/").expect("an address");
    text[from..].split('<').next().unwrap().to_owned()
}

fn until(w: &World, days: i64) -> String {
    w.now().plus(days * DAY).date().to_string()
}

/// Registers one; its path.
fn registered(w: &World, more: &[(&str, &str)]) -> String {
    let until = until(w, 30);
    let mut form = fields("指挥大厅主屏", &until);
    form.extend(more);
    address(&w.admin().submit(&format!("{LIST}/new"), LIST, &form).expect(200))
}

fn a_display_is_registered_shown_and_revoked(w: &World) {
    assert!(w.admin().get(LIST).expect(200).has("还没有显示端"));
    let path = registered(w, &[]);
    assert_eq!(path.len(), "/screen/d/".len() + 26);
    let case = w.report(0, WEST);
    w.dispatch(&case);
    // a wall has nobody who signs in, and no cookie of anybody's session is read
    let wall = w.t.public();
    let page = wall.get(&path).expect(200);
    assert!(page.has("今日上报") && page.has("data-bs-theme=\"dark\"") && page.has("http-equiv=\"refresh\""));
    assert!(!page.has("href=\"/cases") && !page.has("/today"), "nothing leads on from a wall");
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!((page.header("referrer-policy"), page.header("cache-control")), ("no-referrer", "no-store"));
    let signed_in = w.office().get(&path).expect(200);
    assert!(!signed_in.has("文明办</") && !signed_in.has("cc-person"), "who is signed in is not read");
    let dots = wall.get(&format!("{path}/map.json")).expect(200).json();
    assert_eq!(dots["features"].as_array().unwrap().len(), 1);
    assert!(wall.get_part(&format!("{path}/panels")).expect(200).has("data-part=\"moves\""));
    // it was seen
    w.t.advance(2 * MINUTE);
    let list = w.office().get(LIST).expect(200);
    assert!(list.has("指挥大厅主屏") && list.has("使用中") && list.has("2 分钟前"), "{}", list.text());
    // its word is nowhere but on that wall
    let word = path.rsplit('/').next().unwrap().to_owned();
    for page in [&list, &w.admin().get(&format!("{LIST}/SD-0001")).expect(200)] {
        assert!(!page.has(&word));
    }
    assert_eq!(w.t.test.plain_on_disk(&[word.as_str()]), Vec::<&str>::new());
    // revoked
    let revocation = format!("{LIST}/SD-0001/revocation");
    w.admin().submit(&revocation, &revocation, &[]).expect(303);
    let gone = wall.get(&path).expect(410);
    assert!(gone.has("已被撤销") && gone.missing_texts().is_empty());
    assert_eq!(gone.header("refresh"), "300", "it looks again");
    assert!(w.t.public().english().get(&path).expect(410).has("was revoked"));
    wall.get(&format!("{path}/panels")).expect(410);
    wall.get(&format!("{path}/map.json")).expect(410);
    assert!(w.office().get(LIST).expect(200).has("已撤销"));
    for action in ["", "/arrangement", "/address", "/revocation"] {
        let form = [
            ("version", "2"),
            ("display_name", "甲"),
            ("display_place", "乙"),
            ("display_until", &until(w, 3)),
        ];
        let admin = w.admin();
        let csrf = admin.get(LIST).csrf();
        let mut form = form.to_vec();
        form.push(("csrf", csrf.as_str()));
        admin.post(&format!("{LIST}/SD-0001{action}"), &form).expect(409);
    }
    let verbs = w.read(|_, tx| {
        let display = screen::queries::display(tx, "SD-0001")?;
        store::audit::history(tx, display.id)
    });
    let verbs: Vec<&str> = verbs.iter().map(|line| line.verb.as_str()).collect();
    assert_eq!(verbs, ["screen.added", "screen.revoked"]);
}

fn what_it_shows_is_a_choice(w: &World) {
    let path = registered(w, &[]);
    let whole = w.t.public().get(&path).expect(200);
    for panel in ["figures", "hours", "kinds", "letters", "areas", "moves"] {
        assert!(whole.has(&format!("data-part=\"{panel}\"")), "{panel}");
    }
    assert!(whole.has("data-map"));
    let arrangement = format!("{LIST}/SD-0001/arrangement");
    let form =
        [("display_title", "雄关在行动"), ("panel_1", "areas"), ("panel_2", ""), ("panel_3", "figures")];
    w.office().submit(&arrangement, &arrangement, &form).expect(303);
    w.t.advance(15 * SECOND);
    let page = w.t.public().get(&path).expect(200);
    assert!(page.has("雄关在行动") && !page.has("data-map ") && !page.has("data-part=\"hours\""));
    let at = |part: &str| page.text().find(&format!("data-part=\"{part}\"")).unwrap();
    assert!(at("areas") < at("figures"), "in the order that was chosen");
    // an open page sees that it has another shape
    let shape =
        |page: &Page| page.text().split("data-wall=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_ne!(shape(&page), shape(&whole));
    // the office looks at it as it is arranged
    assert!(w.office().get("/screen?display=SD-0001").expect(200).has("雄关在行动"));
    let page = w.office().get(&format!("{LIST}/SD-0001")).expect(200);
    assert!(page.has("雄关在行动") && page.has("在办案卷，按区划、今日数字"));
}

fn it_shows_its_part_of_the_city_only(w: &World) {
    for place in [WEST, WEST, EAST] {
        let case = w.report(0, place);
        w.dispatch(&case);
    }
    let path = registered(w, &[("display_area", "620201002")]);
    let page = w.t.public().get(&path).expect(200);
    assert!(page.has("wall-area\">钢城街道") && !page.has("雄关街道"));
    assert!(page.has("wall-tile-label\">今日上报</span><span class=\"wall-tile-value\">1<"));
    let dots = w.t.public().get(&format!("{path}/map.json")).expect(200).json();
    assert_eq!(dots["features"].as_array().unwrap().len(), 1);
    // walls of different parts do not share figures
    let whole =
        address(&w.admin().submit(&format!("{LIST}/new"), LIST, &fields("全市屏", &until(w, 3))).expect(200));
    let page = w.t.public().get(&whole).expect(200);
    assert!(page.has("wall-tile-label\">今日上报</span><span class=\"wall-tile-value\">3<"));
    // what comes in is there when the wall asks again
    w.report(0, EAST);
    w.t.advance(15 * SECOND);
    let part = w.t.public().get_part(&format!("{path}/panels")).expect(200);
    assert!(part.has("wall-tile-label\">今日上报</span><span class=\"wall-tile-value\">2<"));
}

fn its_address_is_renewed(w: &World) {
    let old = registered(w, &[]);
    let renewal = format!("{LIST}/SD-0001/address");
    let new = address(&w.admin().submit(&renewal, &renewal, &[]).expect(200));
    assert_ne!(old, new);
    assert!(w.t.public().get(&old).expect(404).has("没有这个显示端"));
    w.t.public().get(&new).expect(200);
}

fn it_ends_after_its_last_day(w: &World) {
    let path = registered(w, &[]);
    w.t.advance(31 * DAY);
    assert!(w.t.public().get(&path).expect(410).has("已到期"));
    assert!(w.office().get(LIST).expect(200).has("已到期"));
    // extended, it is there again under the same address
    let edit = format!("{LIST}/SD-0001/edit");
    let to = format!("{LIST}/SD-0001");
    w.admin().submit(&edit, &to, &fields("指挥大厅主屏", &until(w, 10))).expect(303);
    w.t.public().get(&path).expect(200);
}

fn wrong_words_are_refused_and_then_not_heard(w: &World) {
    let path = registered(w, &[]);
    let stranger = w.t.public();
    for n in 0..12 {
        let page = stranger.get(&format!("/screen/d/wrong{n}")).expect(404);
        assert!(page.has("没有这个显示端") && page.missing_texts().is_empty());
    }
    let refused = stranger.get("/screen/d/wrong12").expect(429);
    assert!(refused.header("retry-after").parse::<i64>().unwrap() <= 60);
    w.t.advance(MINUTE);
    stranger.get(&path).expect(200);
}

fn who_may_do_what(w: &World) {
    let path = registered(w, &[]);
    w.t.public().get(LIST).location().unwrap();
    let auditor = w.t.member("审计", vec![whole_city(Role::Auditor)]);
    assert!(auditor.get(LIST).expect(200).has("SD-0001"));
    auditor.get(&format!("{LIST}/SD-0001/arrangement")).expect(403);
    let office = w.office();
    for refused in ["/new", "/SD-0001/edit", "/SD-0001/address", "/SD-0001/revocation"] {
        office.get(&format!("{LIST}{refused}")).expect(403);
    }
    let csrf = office.get(LIST).csrf();
    for to in ["", "/SD-0001", "/SD-0001/address", "/SD-0001/revocation"] {
        let form = [("csrf", csrf.as_str()), ("version", "1"), ("display_name", "甲")];
        office.post(&format!("{LIST}{to}"), &form).expect(403);
    }
    office.get(&format!("{LIST}/SD-0001/arrangement")).expect(200);
    for role in [Role::Dispatcher, Role::Verifier, Role::UnitClerk, Role::SecurityAdmin] {
        w.t.member("甲", vec![whole_city(role)]).get(LIST).expect(403);
    }
    w.t.public().get(&path).expect(200);
    for client in [w.admin(), w.admin().english()] {
        for page in [
            "",
            "/new",
            "/SD-0001",
            "/SD-0001/edit",
            "/SD-0001/arrangement",
            "/SD-0001/address",
            "/SD-0001/revocation",
        ] {
            let page = client.get(&format!("{LIST}{page}")).expect(200);
            assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        }
    }
    // the list as a table
    let csv = w.office().get(&format!("{LIST}?format=csv")).expect(200);
    assert!(csv.has("SD-0001,指挥大厅主屏,三楼指挥大厅"), "{}", csv.text());
    assert_eq!(w.office().get(&format!("{LIST}?format=xlsx")).expect(200).bytes[..2], *b"PK");
}

fn what_is_wrong_is_said_and_kept(w: &World) {
    let new = format!("{LIST}/new");
    let far = until(w, 800);
    let form = [
        ("display_name", "大厅"),
        ("display_place", ""),
        ("display_until", far.as_str()),
        ("display_area", "999"),
        ("panel_1", "map"),
        ("panel_2", "map"),
        ("panel_3", "nonsense"),
    ];
    let page = w.admin().submit(&new, LIST, &form).expect(422);
    for words in ["必须填写", "731 天", "请从列表中选择", "前面已经选过", "value=\"大厅\""]
    {
        assert!(page.has(words), "{words}");
    }
    for day in ["", "nonsense", "2020-01-01"] {
        w.admin().submit(&new, LIST, &fields("大厅", day)).expect(422);
    }
    let long = "很".repeat(41);
    w.admin().submit(&new, LIST, &fields(&long, &until(w, 3))).expect(422);
    assert!(w.admin().get(LIST).expect(200).has("还没有显示端"), "nothing was made");
    // a form that is old
    registered(w, &[]);
    let admin = w.admin();
    let csrf = admin.get(LIST).csrf();
    let day = until(w, 3);
    let mut form = fields("大厅", &day);
    form.extend([("csrf", csrf.as_str()), ("version", "7")]);
    admin.post(&format!("{LIST}/SD-0001"), &form).expect(409);
    admin.get(&format!("{LIST}/SD-0009")).expect(404);
}

fn programs_do_the_same(w: &World) {
    let api = "/api/v1/admin/screens";
    let admin = w.t.member("系统管理员", vec![whole_city(Role::SystemAdmin)]).by_key();
    let draft = json!({"name": "大厅", "place": "一楼", "until": until(w, 9), "panels": ["map", "figures"], "area": "620201001"});
    let made = admin.json(&Method::POST, api, &draft).expect(201).json();
    assert_eq!(made["number"], "SD-0001");
    let path = made["address"].as_str().unwrap().strip_prefix("http://wm.example.cn").unwrap().to_owned();
    w.t.public().get(&path).expect(200);
    let one = admin.get(&format!("{api}/SD-0001")).expect(200).json();
    assert_eq!(
        (&one["state"], &one["area"], &one["panels"]),
        (&"used".into(), &"620201001".into(), &json!(["map", "figures"]))
    );
    assert!(one["seen_at"].is_string());
    let change = json!({"name": "前厅", "place": "一楼", "until": until(w, 9), "version": 1});
    admin.json(&Method::PUT, &format!("{api}/SD-0001"), &change).expect(200);
    admin.json(&Method::PUT, &format!("{api}/SD-0001"), &change).expect(409);
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]).by_key();
    let shows = json!({"title": "前厅大屏", "panels": [], "version": 2});
    let arranged =
        office.json(&Method::PUT, &format!("{api}/SD-0001/arrangement"), &shows).expect(200).json();
    assert_eq!((arranged["panels"].as_array().unwrap().len(), &arranged["area"]), (7, &json!(null)));
    office.json(&Method::PUT, &format!("{api}/SD-0001/arrangement"), &json!({"panels": []})).expect(422);
    office.json(&Method::POST, api, &draft).expect(403);
    let renewed =
        admin.json(&Method::POST, &format!("{api}/SD-0001/address"), &json!({"version": 3})).expect(200);
    assert_ne!(renewed.json()["address"], made["address"]);
    admin.json(&Method::POST, &format!("{api}/SD-0001/revocation"), &json!({"version": 4})).expect(200);
    let list = office.get(api).expect(200).json();
    assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["state"]), (1, &"revoked".into()));
    admin.json(&Method::POST, api, &json!({"name": "", "place": "", "until": "x"})).expect(422);
    admin.json(&Method::POST, api, &json!({"name": 7})).expect(422);
}

fn ended_displays_are_forgotten_in_time(w: &World) {
    registered(w, &[]);
    registered(w, &[]);
    let revocation = format!("{LIST}/SD-0002/revocation");
    w.admin().submit(&revocation, &revocation, &[]).expect(303);
    let keep = (screen::feature().keeps)[0];
    let store::keep::Way::Daily { count, erase } = keep.way else { panic!("a daily rule") };
    let due = |w: &World, days: i64| {
        w.read(move |ctx, tx| count(tx, &store::keep::Due::new(ctx.now, days, &store::keep::Held::default())))
    };
    assert_eq!(due(w, 400), 0);
    w.t.advance(401 * DAY);
    assert_eq!(due(w, 400), 1, "one was revoked so long ago, the other has expired since");
    w.t.advance(31 * DAY);
    assert_eq!(due(w, 400), 2);
    let erased = w.act(Role::Office, move |ctx, tx, _| {
        tx.housekeeping();
        let held = store::keep::Held::default();
        erase(ctx, tx, &store::keep::Due::new(ctx.now, 400, &held), 10)
    });
    assert_eq!(erased, 2);
    assert!(w.admin().get(LIST).expect(200).has("还没有显示端"));
}
