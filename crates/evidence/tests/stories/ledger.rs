//! What is there of a period, and what units were burdened with.

use super::world::{
    MARKET, SCHOOL, act, ask, city, clerk_of, features, handed_in, leader, office, page_of, today,
};
use evidence::commands;
use evidence::model::Kind;
use evidence::queries::{LedgerFilter, Level, coverage, ledger, weeks};
use evidence::window::{monday, month};
use kernel::policy::Role;
use kernel::time::DAY;
use testkit::{TestApp, whole_city};

testkit::stories!(features(); gaps_are_shown_first, the_ledger_counts_what_happened);

fn gaps_are_shown_first(t: &TestApp) {
    let c = city(t);
    ask(t, &c, &c.trade, Kind::Rule, &[MARKET]);
    let now = handed_in(t, &c, &c.school, SCHOOL);
    let (ctx, number) = (office(t), c.period.number.clone());
    let of = t.test.db.read_now(move |tx| coverage(&ctx, tx, &number)).unwrap();
    let told: Vec<(String, Vec<(Kind, Level)>)> = of
        .lines
        .iter()
        .filter(|line| !line.standard.divided)
        .map(|line| (line.standard.code.clone(), line.kinds.iter().map(|k| (k.kind, k.level)).collect()))
        .collect();
    assert_eq!(told[0].1, [(Kind::Statement, Level::Review), (Kind::Picture, Level::Missing)]);
    assert_eq!(told[1].1, [(Kind::Rule, Level::Asked), (Kind::Table, Level::Missing)]);
    assert_eq!((told[2].1.len(), of.counts), (0, [2, 1, 1, 0]));
    // filed
    let number = now.number.clone();
    for who in [office(t), leader(t)] {
        let number = number.clone();
        act(t, &who, move |ctx, tx| {
            let version = commands::load_item(ctx, tx, evidence::policy::Act::See, &number)?.0.version;
            commands::pass(ctx, tx, (&number, version))
        })
        .unwrap();
    }
    act(t, &leader(t), move |ctx, tx| commands::file(ctx, tx, (&number, 4))).unwrap();
    let desk = t.member("文明办", vec![whole_city(Role::Office)]);
    let at = format!("/evidence/periods/{}", c.period.number);
    let page = desk.get(&at).expect(200);
    assert!(page.has("已入册") && page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    let first = page.text().find(MARKET).unwrap();
    assert!(page.text().find("Ⅲ-9-1)").unwrap() > first, "what has no gap stands last");
    assert!(desk.get(&format!("{at}?show=tree")).expect(200).has("城市环境"));
    assert!(!desk.get(&format!("{at}?level=filed")).expect(200).has(MARKET));
    let csv = desk.get(&format!("{at}?format=csv")).expect(200);
    assert!(csv.has("缺") && csv.has(&now.number));
    // a unit sees what is its own
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.school);
    let own = clerk.get(&at).expect(200);
    assert!(own.has(SCHOOL) && !own.has(MARKET));
    // days and limits are changed by the office, and by nobody else
    let fields =
        [("version", "1"), ("period_name", "年度"), ("opens", "2030-01-02"), ("closes", "2030-01-01")];
    desk.submit(&at, &at, &fields).expect(422);
    let day = today(t).to_string();
    let fields = [
        ("version", "1"),
        ("period_name", "改名"),
        ("opens", &day),
        ("closes", &day),
        ("picture-edge", "1200"),
    ];
    desk.submit(&at, &at, &fields).expect(303);
    assert!(desk.get(&at).expect(200).has("改名"));
    desk.submit(&at, &format!("{at}/state"), &[]).expect(303);
    assert!(desk.get(&at).expect(200).has("已关闭"));
    desk.get("/evidence/periods/EP-9999").expect(404);
    assert!(desk.get("/evidence/periods").expect(200).missing_texts().is_empty());
}

fn the_ledger_counts_what_happened(t: &TestApp) {
    let c = city(t);
    ask(t, &c, &c.community, Kind::Statement, &[SCHOOL, MARKET]);
    ask(t, &c, &c.community, Kind::Statement, &[SCHOOL]);
    t.advance(2 * DAY);
    let now = handed_in(t, &c, &c.community, "Ⅲ-9-1)");
    let number = now.number.clone();
    act(t, &office(t), move |ctx, tx| commands::send_back(ctx, tx, (&number, now.version), "缺数据"))
        .unwrap();
    handed_in(t, &c, &c.trade, MARKET);
    let read = |who: kernel::ctx::Ctx, filter: LedgerFilter| {
        t.test.db.read_now(move |tx| ledger(&who, tx, &filter)).unwrap()
    };
    let lines = read(office(t), LedgerFilter::default());
    let sum = |of: fn(&evidence::queries::LedgerLine) -> i64| lines.iter().map(of).sum::<i64>();
    assert_eq!((sum(|l| l.requests), sum(|l| l.standards), sum(|l| l.stopped)), (1, 2, 1));
    assert_eq!((sum(|l| l.items), sum(|l| l.returns)), (2, 1));
    assert!(read(office(t), LedgerFilter { from: "2099-01".into(), ..LedgerFilter::default() }).is_empty());
    let this = month(today(t));
    let now = LedgerFilter { from: this.clone(), until: this, unit: c.trade.1.clone() };
    assert!(read(office(t), now).iter().all(|line| line.unit == "市商务局"));
    // a unit sees its own, and only street-level units are counted by week
    let own = read(clerk_of(t, &c.community), LedgerFilter::default());
    assert!(!own.is_empty() && own.iter().all(|line| line.unit == "朝阳社区"));
    let (ctx, since) = (office(t), monday(t.test.db.now().plus(-30 * DAY).date()));
    let by_week = t.test.db.read_now(move |tx| weeks(&ctx, tx, &LedgerFilter::default(), since)).unwrap();
    assert!(!by_week.is_empty() && by_week.iter().all(|line| line.unit == "朝阳社区"));
    let desk = t.member("文明办", vec![whole_city(Role::Office)]);
    let page = desk.get("/evidence/ledger").expect(200);
    assert!(page.has("朝阳社区") && page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    assert!(desk.get("/evidence/ledger?format=csv").expect(200).has("市商务局"));
    assert!(!desk.get("/evidence/ledger?by=week&format=csv").expect(200).has("市商务局"));
    desk.submit("/evidence/ledger", "/evidence/ledger/quota", &[("quota", "x")]).expect(422);
    desk.submit("/evidence/ledger", "/evidence/ledger/quota", &[("quota", "3")]).expect(303);
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.community);
    assert!(clerk.get("/evidence/ledger").expect(200).has("最多收到 3 次"));
}
