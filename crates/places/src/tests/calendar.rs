use super::town::*;
use crate::commands::{self, Change, read_arrangements};
use crate::{MIGRATIONS, calendar, setup};
use kernel::calendar::DutyHours;
use kernel::policy::Role;
use testkit::{TestDb, whole_city};

testkit::both_engines!(MIGRATIONS; a_year_is_published, a_city_is_founded);

const YEAR: &str = "schedule_year,date,name,kind\n2027,2027-01-01,元旦,off\n2027,2027-01-02,元旦,off\n2027,2027-01-03,元旦,work\n";
const JSON: &str =
    r#"{"year":2027,"papers":[],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}"#;

fn a_year_is_published(t: &TestDb) {
    let ctx = office(t);
    let date = |text: &str| text.parse().unwrap();
    let now = || t.db.read_now(calendar::working).unwrap();
    assert_eq!(now().is_working_day(date("2027-01-04")), (true, true), "nobody knows yet");
    let clerk = t.ctx_member(3, "x", vec![whole_city(Role::UnitClerk)]);
    let publish = |ctx: &kernel::ctx::Ctx, text: &'static str| {
        run(t, ctx, move |c, tx, _| commands::publish(c, tx, &read_arrangements(text)?, "国办发明电"))
    };
    assert_eq!(publish(&clerk, YEAR).unwrap_err().status, 403);
    let preview = |text: &'static str| {
        t.db.read_now(move |tx| commands::preview(tx, &read_arrangements(text)?)).unwrap()
    };
    assert_eq!((preview(YEAR)[0].change, preview(YEAR)[0].differing), (Change::New, 3));
    assert_eq!(publish(&ctx, YEAR).unwrap(), [2027]);
    assert_eq!(publish(&ctx, YEAR).unwrap(), Vec::<i16>::new(), "what is known already changes nothing");
    assert_eq!(preview(YEAR)[0].change, Change::Same);
    assert_eq!((preview(JSON)[0].change, preview(JSON)[0].differing), (Change::Different, 2));
    assert_eq!(now().is_working_day(date("2027-01-03")), (true, false), "a Sunday worked to make up");
    assert_eq!(now().is_working_day(date("2027-01-04")), (true, false));

    run(t, &ctx, |c, tx, _| commands::close_day(c, tx, "2027-01-04".parse().unwrap(), "供暖检修")).unwrap();
    assert!(!now().is_working_day(date("2027-01-04")).0);
    run(t, &ctx, |c, tx, _| commands::open_day(c, tx, "2027-01-04".parse().unwrap())).unwrap();
    assert_eq!(
        run(t, &ctx, |c, tx, _| commands::open_day(c, tx, "2027-01-04".parse().unwrap())).unwrap_err().status,
        404
    );
    let duty = DutyHours::every_day(&[(540, 1020)]).unwrap();
    let wanted = duty.clone();
    run(t, &ctx, move |c, tx, _| commands::set_duty(c, tx, &wanted)).unwrap();
    assert_eq!(now().data().duty, duty);
    let due = t.db.read_now(store::jobs::backlog).unwrap().due;
    assert_eq!(due, 1, "however often it changed, deadlines are computed again once");
    for wrong in ["", "nonsense", "schedule_year,date,name,kind\n2027,2027-13-01,x,off\n"] {
        assert!(read_arrangements(wrong).is_err(), "{wrong}");
    }
    t.leave_jobs();
}

fn a_city_is_founded(t: &TestDb) {
    let found = |t: &TestDb| {
        let ctx = t.ctx_system();
        run(t, &ctx, |c, tx, _| {
            let founding = setup::Founding {
                divisions: "code,name\n620201,嘉峪关市\n620201001,雄关街道\n620200,嘉峪关市\n620201001001,建设社区\n620302,永昌县\n",
                areas: r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"嘉峪关市","gb":"156620200"},
                    "geometry":{"type":"Polygon","coordinates":[[[98.1,39.7],[98.5,39.7],[98.5,39.9],[98.1,39.9],[98.1,39.7]]]}}]}"#,
                arrangements: &[YEAR],
                source: "test",
            };
            setup::city(c, tx, &founding)
        })
        .unwrap()
    };
    let first = found(t);
    assert_eq!((first.divisions.read, first.divisions.accepted), (5, 4));
    assert_eq!(first.divisions.refused[0].reason, "place_other_city");
    assert_eq!((first.areas.accepted, first.years.len()), (1, 1));
    assert!(first.site_types >= 54, "{}", first.site_types);
    let tree = index(t);
    let names: Vec<String> =
        tree.divisions().iter().map(|n| format!("{} {} {}", n.depth(), n.name, n.level)).collect();
    assert_eq!(names, ["0 嘉峪关市 city", "1 嘉峪关市 county", "2 雄关街道 street", "3 建设社区 community"]);
    assert!(tree.inside_city(at(1.0, 1.0)));
    let second = found(t);
    assert_eq!((second.site_types, second.years.len()), (0, 0));
    assert_eq!(index(t).divisions().len(), 4, "founding twice changes nothing");
    t.leave_jobs();
}
