//! A small city with a street, two kinds of problem, an office, and keys of each scope.

use cases::catalogue::commands::{NewItem, publish, set_limit};
use cases::catalogue::{self, ItemKind};
use cases::commands::{Dispatch, accept, answer, close, pass, receive};
use cases::desk::Desk;
use cases::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::coords::Point;
use kernel::ctx::{Actor, Ctx, Unit};
use kernel::geometry::{Area, Line};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use places::PlaceIndex;
use places::commands::{DivisionDraft, create_section, edit_division};
use places::model::{SectionClass, SectionDraft, SourceCrs};
use std::sync::Arc;
use store::Tx;
use testkit::{Page, TestApp, grant, whole_city};
use web::scope::Scope;

pub(super) const LAT: &str = "39.765";
pub(super) const LONG: &str = "98.265";

pub(super) struct World<'t> {
    pub(super) t: &'t TestApp,
    pub(super) street_office: Id<Unit>,
    keys: Vec<(Scope, String)>,
}

pub(super) fn features() -> Vec<web::Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature(), open311::feature()]
}

/// The features with the real keys of `people`.
pub(super) fn program(engine: testkit::Engine) -> TestApp {
    let settings =
        web::app::Settings { base_url: "http://wm.example.cn".to_owned(), ..web::app::Settings::default() };
    TestApp::with(engine, features(), Box::new(people::Recogniser::default()), settings)
}

/// What a founded city gives back: the office of the street, and the keys.
type Founded = (Id<Unit>, Vec<(Scope, String)>);

impl<'t> World<'t> {
    pub(super) fn new(t: &'t TestApp) -> Self {
        t.test.leave_jobs();
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        let (street_office, keys) = t.city.db().write_now(&ctx, move |tx| found(&inner, tx)).unwrap();
        Desk::forget(&t.city);
        places::kept::refresh_now(&t.city).unwrap();
        Self { t, street_office, keys }
    }

    pub(super) fn key(&self, scope: Scope) -> &str {
        &self.keys.iter().find(|(s, _)| *s == scope).unwrap().1
    }

    /// A report with the key for reports, in JSON; further fields come first.
    pub(super) fn send(&self, fields: &[(&str, &str)]) -> Page {
        let mut all = fields.to_vec();
        for (name, value) in [
            ("api_key", self.key(Scope::Report)),
            ("service_code", "event-0101"),
            ("description", "路边有一堆垃圾"),
            ("lat", LAT),
            ("long", LONG),
        ] {
            if fields.iter().all(|(n, _)| *n != name) {
                all.push((name, value));
            }
        }
        self.t.public().post("/open311/v2/requests.json", &all)
    }

    /// The number of a report that was taken.
    pub(super) fn number(page: &Page) -> String {
        page.json()[0]["service_request_id"].as_str().unwrap_or_else(|| panic!("{}", page.text())).to_owned()
    }

    /// Runs commands as staff would.
    pub(super) fn act<T: Send + 'static>(
        &self,
        role: Role,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> T {
        self.t.test.clock.advance(kernel::time::MINUTE);
        let unit = self.street_office.raw();
        let (id, grants) = match role {
            Role::UnitClerk => (700, vec![grant(role, &[unit])]),
            role => (701 + role as i64, vec![whole_city(role)]),
        };
        let ctx = self.t.test.ctx_member(id, "工作人员", grants);
        let ctx = Ctx { now: self.t.test.db.now(), ..ctx };
        let desk = Desk::of_now(&self.t.city).unwrap();
        self.t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx, &desk)).unwrap()
    }

    /// Confirms, registers and dispatches a report: now everybody sees it.
    pub(super) fn dispatched(&self, number: &str) {
        let (number, lead) = (number.to_owned(), self.street_office);
        self.act(Role::Office, move |ctx, tx, desk| {
            let case = cases::store::case_by_number(tx, &number)?.unwrap();
            let to = Dispatch { lead, assisting: Vec::new(), note: String::new() };
            accept(ctx, tx, desk, case.id, case.item_id, &case.condition, &to).map(drop)
        });
    }

    /// Takes a dispatched case to its end.
    pub(super) fn closed(&self, number: &str) {
        let id = {
            let number = number.to_owned();
            self.t.test.db.read_now(move |tx| Ok(cases::store::case_by_number(tx, &number)?.unwrap().id))
        }
        .unwrap();
        self.act(Role::UnitClerk, move |ctx, tx, desk| {
            receive(ctx, tx, desk, id)?;
            let given = cases::commands::Answer {
                text: "已清理，联系电话13812341234".into(),
                photos: Vec::new(),
                no_photo: "当时没有手机".into(),
            };
            answer(ctx, tx, desk, id, &given).map(drop)
        });
        self.act(Role::Verifier, move |ctx, tx, desk| pass(ctx, tx, desk, id, "", &[]).map(drop));
        self.act(Role::Office, move |ctx, tx, desk| close(ctx, tx, desk, id, "").map(drop));
    }
}

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Founded> {
    let root = people::setup::root(tx, ctx, "嘉峪关市")?;
    let office = people::setup::unit(tx, ctx, &root, "雄关街道办事处", "", "bureau")?;
    let hash = "no password".to_owned();
    let head = people::setup::person(tx, ctx, &root, "app", "小程序", hash, false, &[(Role::Office, &root)])?;
    let divisions = "code,name\n620200,嘉峪关市\n620201001,雄关街道\n";
    let founding = places::setup::Founding { divisions, ..places::setup::Founding::default() };
    places::setup::city(ctx, tx, &founding)?;
    let corner = |lng: f64, lat: f64| Point::new(98.26 + lng / 100.0, 39.76 + lat / 100.0);
    let ring = vec![corner(0.0, 0.0), corner(2.0, 0.0), corner(2.0, 2.0), corner(0.0, 2.0)];
    let division = places::queries::division_by_code(tx, "620201001")?;
    let draft = DivisionDraft {
        name: division.name.clone(),
        level: division.level.clone(),
        unit_id: Some(office.id),
        area: Some(Area::new(vec![vec![ring]]).unwrap()),
    };
    edit_division(ctx, tx, "620201001", division.version, draft)?;
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let draft = SectionDraft {
        code: None,
        street: "新华路".into(),
        from_crossing: "雄关大道".into(),
        to_crossing: "胜利路".into(),
        class: SectionClass::Trunk,
        line: Line::new([corner(0.2, 0.5), corner(0.8, 0.5)]).unwrap(),
        crs: SourceCrs::Cgcs2000,
        accuracy_m: None,
        valid_from: kernel::time::parse_date("2025-01-01"),
    };
    create_section(ctx, tx, &index, draft)?;
    let items = [("0101", "暴露垃圾"), ("0102", "违章搭建")].map(|(code, name)| NewItem {
        kind: ItemKind::Event,
        code: code.into(),
        major_code: "01".into(),
        major_name: "市容环境".into(),
        name: name.into(),
    });
    publish(ctx, tx, "2026", "test", &items)?;
    let second = catalogue::load(tx)?.items()[1].id;
    let limit = Some(Limit::new(4, TimeUnit::WorkingHour));
    set_limit(ctx, tx, Some(second), ("demolish", "需拆除的"), Stage::Handle, limit)?;
    let member = kernel::ctx::Member { id: head.id, name: head.name.clone(), grants: Vec::new() };
    let own = Ctx { actor: Actor::Member(Arc::new(member)), ..ctx.clone() };
    let mut keys = Vec::new();
    for scope in [Scope::Report, Scope::Read, Scope::Act, Scope::Admin] {
        keys.push((scope, people::commands::make_api_key(tx, &own, "app", scope, 30)?.1));
    }
    Ok((office.id, keys))
}

/// Another program at the same city.
pub(super) fn second(t: &TestApp) -> store::Db {
    let migrations: Vec<_> = features().iter().flat_map(|f| f.migrations.iter().copied()).collect();
    let (location, options) = (t.test.location.clone(), store::Options::default());
    store::Db::open(location, t.test.folder(), t.test.db.clock(), &migrations, options).unwrap()
}

/// Stories on both engines.
macro_rules! stories {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            fn embedded() {
                super::$story(&crate::stories::world::program(testkit::Engine::Embedded));
            }
            #[test]
            fn server() {
                super::$story(&crate::stories::world::program(testkit::Engine::Server));
            }
        }
    )+};
}
pub(super) use stories;
