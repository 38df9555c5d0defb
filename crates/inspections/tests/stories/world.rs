//! A small city: two streets, each with markets, schools and toilets to look at.

use inspections::commands;
use inspections::model::{Draft, Inspection, Method};
use inspections::queries::{self, Whole};
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::geometry::Area;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{DAY, MINUTE};
use places::PlaceIndex;
use places::commands::{DivisionDraft, create_site, edit_division};
use places::model::{SiteDraft, SourceCrs};
use std::collections::BTreeMap;
use store::Tx;
use testkit::{Client, Engine, TestApp, whole_city};

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

/// Markets in the west and in the east, schools, toilets: how many of each.
pub(super) const SITES: [(&str, &str, f64, usize); 5] = [
    ("market", "市场", 98.262, 9),
    ("market", "集市", 98.282, 3),
    ("school", "小学", 98.264, 5),
    ("school", "中学", 98.284, 5),
    ("toilet", "公厕", 98.286, 4),
];

pub(super) struct World {
    pub(super) t: TestApp,
}

pub(super) fn features() -> Vec<web::Feature> {
    vec![people::feature(), places::feature(), inspections::feature()]
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        let t = TestApp::new(engine, features());
        t.test.leave_jobs();
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        t.test.db.write_now(&ctx, move |tx| found(&inner, tx)).unwrap();
        places::kept::refresh_now(&t.city).unwrap();
        Self { t }
    }

    pub(super) fn office(&self) -> Client<'_> {
        self.t.member("文明办", vec![whole_city(Role::Office)])
    }

    pub(super) fn auditor(&self) -> Client<'_> {
        self.t.member("审计", vec![whole_city(Role::Auditor)])
    }

    pub(super) fn ctx(&self) -> Ctx {
        self.t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)])
    }

    /// Runs a command as the office, a minute later.
    pub(super) fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &PlaceIndex) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.t.advance(MINUTE);
        let ctx = self.ctx();
        let index = places::kept::refresh_now(&self.t.city).unwrap();
        self.t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx, &index))
    }

    pub(super) fn whole(&self, number: &str) -> Whole {
        let (ctx, number) = (self.ctx(), number.to_owned());
        self.t.test.db.read_now(move |tx| queries::whole(&ctx, tx, &number)).unwrap()
    }

    pub(super) fn draft(&self) -> Draft {
        let today = self.t.test.db.now().date();
        let until = self.t.test.db.now().plus(4 * DAY).date();
        Draft {
            name: "第一季度实地考察".into(),
            from_date: today,
            until_date: until,
            method: Method::PerType,
            amounts: BTreeMap::from([("market".into(), 4), ("school".into(), 3), ("toilet".into(), 1)]),
            total: 0,
            by_division: true,
            exclude_months: 6,
            second_percent: 30,
            public_source: "当日福彩3D开奖号码".into(),
        }
    }

    pub(super) fn planned(&self, draft: Draft) -> Inspection {
        self.act(|ctx, tx, _| commands::plan(ctx, tx, draft)).unwrap()
    }

    pub(super) fn committed(&self, draft: Draft) -> Inspection {
        let planned = self.planned(draft);
        let which = (planned.number, planned.version);
        self.act(move |ctx, tx, index| commands::commit(ctx, tx, index, (&which.0, which.1), &[7; 32]))
            .unwrap()
    }

    pub(super) fn drawn(&self, draft: Draft) -> Inspection {
        let bound = self.committed(draft);
        let which = (bound.number, bound.version);
        let value = "2026180期 5 0 7";
        self.act(move |ctx, tx, _| commands::draw(ctx, tx, (&which.0, which.1), value, "纪检监察组 甲"))
            .unwrap()
    }

    pub(super) fn ended(&self, draft: Draft) -> Inspection {
        let drawn = self.drawn(draft);
        self.act(move |ctx, tx, _| {
            let begun = commands::start(ctx, tx, (&drawn.number, drawn.version))?;
            commands::end(ctx, tx, (&begun.number, begun.version))
        })
        .unwrap()
    }
}

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<()> {
    people::setup::root(tx, ctx, "嘉峪关市")?;
    let divisions = "code,name,level,parent\n620200,嘉峪关市,city,\n620201001,雄关街道,street,620200\n620201002,钢城街道,street,620200\n";
    let founding = places::setup::Founding { divisions, ..places::setup::Founding::default() };
    places::setup::city(ctx, tx, &founding)?;
    for (code, from) in [("620201001", 98.26), ("620201002", 98.28)] {
        let ring = [(0.0, 0.0), (0.02, 0.0), (0.02, 0.02), (0.0, 0.02)];
        let ring = ring.iter().map(|(lng, lat)| Point::new(from + lng, 39.76 + lat)).collect();
        let division = places::queries::division_by_code(tx, code)?;
        let draft = DivisionDraft {
            name: division.name.clone(),
            level: division.level.clone(),
            unit_id: None,
            area: Some(Area::new(vec![vec![ring]]).unwrap()),
        };
        edit_division(ctx, tx, code, division.version, draft)?;
    }
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    for (kind, name, lng, count) in SITES {
        for n in 0..count {
            let lat = 39.761 + f64::from(u32::try_from(n).unwrap()) * 0.002;
            let draft = SiteDraft {
                code: None,
                name: format!("{name}{}", n + 1),
                type_code: kind.to_owned(),
                point: Point::new(lng, lat),
                crs: SourceCrs::Cgcs2000,
                accuracy_m: None,
                address: None,
                unit_id: None,
            };
            create_site(ctx, tx, &index, draft)?;
        }
    }
    Ok(())
}
