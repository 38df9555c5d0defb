//! A small city: two streets with an office each, a cleaning unit, two kinds of problem.

use cases::catalogue::ItemKind;
use cases::catalogue::commands::{NewItem, publish, set_limit};
use cases::commands::{Dispatch, NewCase, accept, answer, close, merge, pass, rework, submit};
use cases::desk::Desk;
use cases::model::{Case, Source};
use cases::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::geometry::Area;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{Instant, MINUTE};
use places::commands::{DivisionDraft, edit_division};
use screen::figures::Known;
use store::Tx;
use testkit::{Client, Engine, TestApp, grant, whole_city};

/// Each story becomes a test on both engines.
macro_rules! told {
    ($($story:ident),+ $(,)?) => {
        $(
            mod $story {
                #[test]
                fn embedded() {
                    super::$story(&super::World::new(testkit::Engine::Embedded));
                }
                #[test]
                fn server() {
                    super::$story(&super::World::new(testkit::Engine::Server));
                }
            }
        )+
    };
}
pub(super) use told;

/// Where the two streets are.
pub(super) const WEST: (f64, f64) = (98.265, 39.765);
pub(super) const EAST: (f64, f64) = (98.285, 39.765);

pub(super) struct World {
    pub(super) t: TestApp,
    pub(super) cleaning: Id<Unit>,
    /// The office of the western street.
    pub(super) west: Id<Unit>,
}

pub(super) fn features() -> Vec<web::Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature(), screen::feature()]
}

/// A city in which nothing has been entered yet.
pub(super) fn empty(engine: Engine) -> TestApp {
    let t = TestApp::new(engine, features());
    t.test.leave_jobs();
    t
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        let t = empty(engine);
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        let (cleaning, west) = t.test.db.write_now(&ctx, move |tx| found(&inner, tx)).unwrap();
        Desk::forget(&t.city);
        places::kept::refresh_now(&t.city).unwrap();
        Self { t, cleaning, west }
    }

    pub(super) fn now(&self) -> Instant {
        self.t.test.db.now()
    }

    pub(super) fn office(&self) -> Client<'_> {
        self.t.member("文明办", vec![whole_city(Role::Office)])
    }

    pub(super) fn admin(&self) -> Client<'_> {
        self.t.member("系统管理员", vec![whole_city(Role::SystemAdmin)])
    }

    pub(super) fn known(&self) -> Known {
        Known {
            desk: Desk::of_now(&self.t.city).unwrap(),
            index: places::kept::refresh_now(&self.t.city).unwrap(),
        }
    }

    /// Runs a command as somebody with this role would, a minute later.
    pub(super) fn act<T: Send + 'static>(
        &self,
        role: Role,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> T {
        self.t.advance(MINUTE);
        let (id, grants) = match role {
            Role::UnitClerk => (700, vec![grant(role, &[self.cleaning.raw()])]),
            role => (701 + role as i64, vec![whole_city(role)]),
        };
        let ctx = self.t.test.ctx_member(id, "工作人员", grants);
        let desk = Desk::of_now(&self.t.city).unwrap();
        self.t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx, &desk)).unwrap()
    }

    /// Reads as the office.
    pub(super) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        let ctx = self.t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)]);
        self.t.test.db.read_now(move |tx| read(&ctx, tx)).unwrap()
    }

    /// A citizen's report, of one of the two kinds.
    pub(super) fn report(&self, kind: usize, place: (f64, f64)) -> Case {
        self.report_again(kind, place, None)
    }

    pub(super) fn report_again(&self, kind: usize, (lng, lat): (f64, f64), again: Option<Id<Case>>) -> Case {
        self.t.advance(MINUTE);
        let ctx = self.t.test.ctx_public();
        let known = self.known();
        let written = self.t.test.db.write_now(&ctx.clone(), move |tx| {
            let mut new = NewCase::new(Source::Citizen, "王大妈家楼下的垃圾堆了三天");
            new.item = Some(known.desk.catalogue.items()[kind].id);
            new.place = Some(Point::new(lng, lat));
            new.address = "福民街 7 号李四家门口".into();
            new.again = again;
            submit(&ctx, tx, &known.desk, &known.index, "", new)
        });
        written.unwrap()
    }

    /// Confirms, registers and dispatches it: now everybody sees it.
    pub(super) fn dispatch(&self, case: &Case) {
        let (id, item, lead) = (case.id, case.item_id, self.cleaning);
        self.act(Role::Office, move |ctx, tx, desk| {
            let to = Dispatch { lead, assisting: Vec::new(), note: String::new() };
            accept(ctx, tx, desk, id, item, "", &to).map(drop)
        });
    }

    pub(super) fn answer(&self, case: &Case) {
        let id = case.id;
        self.act(Role::UnitClerk, move |ctx, tx, desk| {
            let given = cases::commands::Answer {
                text: "已清理".into(),
                no_photo: "当时没有手机".into(),
                photos: Vec::new(),
            };
            answer(ctx, tx, desk, id, &given).map(drop)
        });
    }

    pub(super) fn rework(&self, case: &Case) {
        let id = case.id;
        self.act(Role::Verifier, move |ctx, tx, desk| rework(ctx, tx, desk, id, "还在", &[]).map(drop));
    }

    pub(super) fn close(&self, case: &Case) {
        let id = case.id;
        self.act(Role::Verifier, move |ctx, tx, desk| pass(ctx, tx, desk, id, "", &[]).map(drop));
        self.act(Role::Office, move |ctx, tx, desk| close(ctx, tx, desk, id, "").map(drop));
    }

    pub(super) fn merge(&self, case: &Case, into: &Case) {
        let (id, into) = (case.id, into.id);
        self.act(Role::Office, move |ctx, tx, desk| merge(ctx, tx, desk, id, into).map(drop));
    }
}

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Id<Unit>, Id<Unit>)> {
    let root = people::setup::root(tx, ctx, "嘉峪关市")?;
    let cleaning = people::setup::unit(tx, ctx, &root, "环卫所", "", "bureau")?;
    let west = people::setup::unit(tx, ctx, &root, "雄关街道办事处", "", "bureau")?;
    let east = people::setup::unit(tx, ctx, &root, "钢城街道办事处", "", "bureau")?;
    let divisions = "code,name,level,parent\n620200,嘉峪关市,city,\n620201001,雄关街道,street,620200\n620201002,钢城街道,street,620200\n";
    let founding = places::setup::Founding {
        divisions,
        arrangements: &[places::setup::HOLIDAYS],
        source: places::setup::HOLIDAYS_SOURCE,
        ..places::setup::Founding::default()
    };
    places::setup::city(ctx, tx, &founding)?;
    for (code, unit, from) in [("620201001", west.id, 98.26), ("620201002", east.id, 98.28)] {
        let ring = [(0.0, 0.0), (0.02, 0.0), (0.02, 0.02), (0.0, 0.02)];
        let ring = ring.iter().map(|(lng, lat)| Point::new(from + lng, 39.76 + lat)).collect();
        let division = places::queries::division_by_code(tx, code)?;
        let draft = DivisionDraft {
            name: division.name.clone(),
            level: division.level.clone(),
            unit_id: Some(unit),
            area: Some(Area::new(vec![vec![ring]]).unwrap()),
        };
        edit_division(ctx, tx, code, division.version, draft)?;
    }
    let items = [("0101", "暴露垃圾"), ("0102", "违章搭建")].map(|(code, name)| NewItem {
        kind: ItemKind::Event,
        code: code.into(),
        major_code: "01".into(),
        major_name: "市容环境".into(),
        name: name.into(),
    });
    publish(ctx, tx, "2026", "test", &items)?;
    for item in cases::catalogue::load(tx)?.items() {
        let limit = Some(Limit::new(4, TimeUnit::WorkingHour));
        set_limit(ctx, tx, Some(item.id), ("", ""), Stage::Handle, limit)?;
    }
    Ok((cleaning.id, west.id))
}
