//! A small city: two streets, a site, three units, and a case on each street.

use cases::catalogue::commands::{NewItem, publish};
use cases::catalogue::{self, ItemKind};
use cases::commands::{Dispatch, NewCase, accept, submit};
use cases::desk::Desk;
use cases::model::Source;
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::geometry::{Area, Line};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use places::PlaceIndex;
use places::commands::{DivisionDraft, create_section, create_site, edit_division};
use places::model::{SectionClass, SectionDraft, SiteDraft, SourceCrs};
use store::Tx;
use testkit::{TestApp, whole_city};

pub(super) fn features() -> Vec<web::Feature> {
    vec![
        people::feature(),
        places::feature(),
        ladder::feature(),
        cases::feature(),
        streets::feature(),
        search::feature(),
    ]
}

pub(super) struct World<'t> {
    pub(super) t: &'t TestApp,
    pub(super) school: Id<Unit>,
    pub(super) bureau: Id<Unit>,
    /// On 新华北路, dispatched to the school; on 胜利路, dispatched to the bureau.
    pub(super) numbers: [String; 2],
}

/// The telephone of whoever reported the first case; nobody's.
pub(super) const PHONE: &str = "13912345678";

fn corner(lng: f64, lat: f64) -> Point {
    Point::new(98.26 + lng / 100.0, 39.76 + lat / 100.0)
}

impl<'t> World<'t> {
    pub(super) fn new(t: &'t TestApp) -> Self {
        t.test.leave_jobs();
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        let (school, bureau) = t.city.db().write_now(&ctx, move |tx| found(&inner, tx)).unwrap();
        Desk::forget(&t.city);
        places::kept::refresh_now(&t.city).unwrap();
        let first = reported(t, "井盖破损", (0.5, 0.5), PHONE);
        let second = reported(t, "路灯不亮", (0.5, 1.5), "");
        let world = Self { t, school, bureau, numbers: [first, second] };
        world.dispatched(0, school);
        world.dispatched(1, bureau);
        world
    }

    fn dispatched(&self, nth: usize, lead: Id<Unit>) {
        self.t.test.clock.advance(kernel::time::MINUTE);
        let ctx = self.t.test.ctx_member(701, "王晓梅", vec![whole_city(Role::Office)]);
        let desk = Desk::of_now(&self.t.city).unwrap();
        let number = self.numbers[nth].clone();
        self.t
            .test
            .db
            .write_now(&ctx.clone(), move |tx| {
                let case = cases::store::case_by_number(tx, &number)?.unwrap();
                let to = Dispatch { lead, assisting: Vec::new(), note: String::new() };
                accept(&ctx, tx, &desk, case.id, case.item_id, &case.condition, &to).map(drop)
            })
            .unwrap();
    }
}

fn reported(t: &TestApp, words: &str, (lng, lat): (f64, f64), phone: &str) -> String {
    t.test.clock.advance(kernel::time::MINUTE);
    let ctx = Ctx { now: t.test.db.now(), ..t.test.ctx_public() };
    let (desk, index) = (Desk::of_now(&t.city).unwrap(), places::kept::refresh_now(&t.city).unwrap());
    let (words, phone) = (words.to_owned(), phone.to_owned());
    let case = t.test.db.write_now(&ctx.clone(), move |tx| {
        let mut new = NewCase::new(Source::Citizen, &words);
        new.item = Some(desk.catalogue.items()[0].id);
        new.place = Some(corner(lng, lat));
        new.reporter.phone = phone.into();
        let tokens = store::words::index_tokens(&words);
        submit(&ctx, tx, &desk, &index, &tokens, new)
    });
    case.unwrap().number
}

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Id<Unit>, Id<Unit>)> {
    let root = people::setup::root(tx, ctx, "嘉峪关市")?;
    let office = people::setup::unit(tx, ctx, &root, "雄关街道办事处", "", "bureau")?;
    let school = people::setup::unit(tx, ctx, &root, "第一中学", "一中", "school")?;
    let bureau = people::setup::unit(tx, ctx, &root, "市政管理所", "", "bureau")?;
    let divisions = "code,name,level,parent\n620200,嘉峪关市,city,\n620201001,雄关街道,street,620200\n";
    let founding = places::setup::Founding { divisions, ..places::setup::Founding::default() };
    places::setup::city(ctx, tx, &founding)?;
    let ring = vec![corner(0.0, 0.0), corner(2.0, 0.0), corner(2.0, 2.0), corner(0.0, 2.0)];
    let division = places::queries::division_by_code(tx, "620201001")?;
    let draft = DivisionDraft {
        name: division.name.clone(),
        level: division.level.clone(),
        unit_id: Some(office.id),
        area: Some(Area::new(vec![vec![ring]]).unwrap()),
    };
    edit_division(ctx, tx, "620201001", division.version, draft)?;
    for (street, lat) in [("新华北路", 0.5), ("胜利路", 1.5)] {
        let index = PlaceIndex::load(tx, ctx.now.date())?;
        let draft = SectionDraft {
            code: None,
            street: street.into(),
            from_crossing: "雄关大道".into(),
            to_crossing: "迎宾路".into(),
            class: SectionClass::Trunk,
            line: Line::new([corner(0.2, lat), corner(0.8, lat)]).unwrap(),
            crs: SourceCrs::Cgcs2000,
            accuracy_m: None,
            valid_from: kernel::time::parse_date("2025-01-01"),
        };
        create_section(ctx, tx, &index, draft)?;
    }
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let site = SiteDraft {
        code: None,
        name: "雄关广场".into(),
        type_code: places::queries::site_types(tx)?[0].code.clone(),
        point: corner(0.4, 0.5),
        crs: SourceCrs::Cgcs2000,
        accuracy_m: None,
        address: None,
        unit_id: None,
    };
    create_site(ctx, tx, &index, site)?;
    let item = NewItem {
        kind: ItemKind::Event,
        code: "0101".into(),
        major_code: "01".into(),
        major_name: "市容环境".into(),
        name: "设施".into(),
    };
    publish(ctx, tx, "2026", "test", &[item])?;
    catalogue::load(tx)?;
    Ok((school.id, bureau.id))
}
