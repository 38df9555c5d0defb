//! A small city whose markets are inspected: two inspectors, an inspection under way, a checklist.

use checklist::{Answers, Checklist};
use fieldwork::commands::{self, NewFile, Outcome, Sending};
use fieldwork::model::{Door, Edition, Record};
use inspections::commands as acts;
use inspections::model::{Draft, Inspection, Method};
use inspections::queries::Stop;
use kernel::coords::Point;
use kernel::ctx::{Ctx, Member};
use kernel::geometry::Area;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{DAY, MINUTE};
use places::PlaceIndex;
use places::commands::{DivisionDraft, create_site, edit_division};
use places::model::{SiteDraft, SourceCrs};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
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

pub(super) struct World {
    pub(super) t: TestApp,
    /// Ids of the inspectors.
    pub(super) inspectors: Vec<i64>,
    /// Number of the inspection.
    pub(super) inspection: String,
}

pub(super) fn features() -> Vec<web::Feature> {
    vec![
        people::feature(),
        places::feature(),
        sms::feature(),
        ladder::feature(),
        cases::feature(),
        assessment::feature(),
        inspections::feature(),
        fieldwork::feature(),
    ]
}

/// Five questions: two standards, a repeat with pictures, a condition, a finding.
pub(super) fn short(label: &str) -> Checklist {
    serde_json::from_value(json!({
        "code": "short", "version": label,
        "title": {"zh": "市场短表", "en": "Short market list"},
        "items": [
            {"item": "question", "name": "clean", "kind": "conforms", "not_applicable": true,
             "label": {"zh": "地面整洁", "en": "The floor is clean"}, "required": true,
             "observes": {"standard": "S-1", "rule": {"rule": "conforms"}},
             "finding": {"kind": "event-06010", "severity": "一般"}},
            {"item": "question", "name": "dirt", "kind": "photo", "most": 3,
             "label": {"zh": "问题照片", "en": "Pictures of it"}, "relevant": "${clean} = 'unmet'"},
            {"item": "question", "name": "lamps", "kind": "count", "label": {"zh": "灯数", "en": "Lamps"},
             "required": true, "constraint": ". >= 0", "constraint_message": {"zh": "不能是负数。", "en": "Not below nought."},
             "observes": {"standard": "S-2", "rule": {"rule": "threshold", "at_least": 5}}},
            {"item": "repeat", "name": "stalls", "label": {"zh": "摊位", "en": "Stall"}, "items": [
                {"item": "question", "name": "sign", "kind": "conforms", "label": {"zh": "亮证经营", "en": "Licence shown"},
                 "required": true, "observes": {"standard": "S-3", "rule": {"rule": "conforms"}}},
                {"item": "question", "name": "words", "kind": "text", "label": {"zh": "说明", "en": "Words"}}
            ]}
        ]
    }))
    .unwrap()
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        // keys are those that people make
        let settings = web::app::Settings {
            base_url: "https://wm.example.cn".to_owned(),
            ..web::app::Settings::default()
        };
        let t = TestApp::with(engine, features(), Box::new(people::Recogniser::default()), settings);
        t.test.leave_jobs();
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        let inspectors = t.test.db.write_now(&ctx, move |tx| found(&inner, tx)).unwrap();
        places::kept::refresh_now(&t.city).unwrap();
        let mut world = Self { t, inspectors, inspection: String::new() };
        let draft = world.draft();
        let people = world.inspectors.clone();
        let begun = world
            .act(move |ctx, tx, index| {
                let planned = acts::plan(ctx, tx, draft)?;
                let bound = acts::commit(ctx, tx, index, (&planned.number, planned.version), &[7; 32])?;
                let drawn = acts::draw(ctx, tx, (&bound.number, bound.version), "5 0 7", "甲")?;
                let wanted: Vec<acts::Wanted> =
                    people.iter().map(|p| acts::Wanted { person: Id::new(*p), division: None }).collect();
                let sent = acts::send(ctx, tx, index, (&drawn.number, drawn.version), &wanted)?;
                acts::start(ctx, tx, (&sent.number, sent.version))
            })
            .unwrap();
        world.inspection = begun.number;
        world.publish(short("1"));
        world.act(|ctx, tx, _| commands::assign(ctx, tx, "market", Some("short"))).unwrap();
        world
    }

    fn draft(&self) -> Draft {
        let now = self.t.test.db.now();
        Draft {
            name: "第一季度实地考察".into(),
            from_date: now.date(),
            until_date: now.plus(4 * DAY).date(),
            method: Method::PerType,
            amounts: BTreeMap::from([("market".into(), 6)]),
            total: 0,
            by_division: true,
            exclude_months: 6,
            second_percent: 50,
            public_source: "当日福彩3D开奖号码".into(),
        }
    }

    pub(super) fn publish(&self, list: Checklist) -> Edition {
        let code = list.code.clone();
        self.act(move |ctx, tx, _| {
            let draft = commands::import(ctx, tx, list)?;
            commands::publish(ctx, tx, (&code, &draft.label, draft.version))
        })
        .unwrap()
    }

    pub(super) fn office(&self) -> Client<'_> {
        self.t.member("文明办", vec![whole_city(Role::Office)])
    }

    /// An inspector in a browser.
    pub(super) fn inspector(&self, n: usize) -> Client<'_> {
        let id = Id::new(self.inspectors[n]);
        self.t.member_as(Member {
            id, name: format!("督查员{n}"), grants: vec![whole_city(Role::Inspector)]
        })
    }

    pub(super) fn ctx(&self) -> Ctx {
        self.t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)])
    }

    pub(super) fn ctx_of(&self, n: usize) -> Ctx {
        self.t.test.ctx_member(self.inspectors[n], "督查员", vec![whole_city(Role::Inspector)])
    }

    /// Runs a command as the office, a minute later.
    pub(super) fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Arc<PlaceIndex>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.t.advance(MINUTE);
        let ctx = self.ctx();
        self.act_as(&ctx, act)
    }

    pub(super) fn act_as<T: Send + 'static>(
        &self,
        ctx: &Ctx,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Arc<PlaceIndex>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let index = places::kept::refresh_now(&self.t.city).unwrap();
        let inner = ctx.clone();
        self.t.test.db.write_now(ctx, move |tx| act(&inner, tx, &index))
    }

    pub(super) fn read<T: Send + 'static>(
        &self,
        ctx: &Ctx,
        read: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let inner = ctx.clone();
        self.t.test.db.read_now(move |tx| read(&inner, tx))
    }

    /// Visits of an inspector, and whether each is the second of its point.
    pub(super) fn visits(&self, n: usize) -> Vec<Stop> {
        let ctx = self.ctx();
        let (number, person) = (self.inspection.clone(), Id::new(self.inspectors[n]));
        let (_, visits) =
            self.read(&ctx, move |ctx, tx| inspections::queries::visits_of(ctx, tx, &number)).unwrap();
        visits.stops.into_iter().filter(|s| s.visit.person_id == person).collect()
    }

    pub(super) fn edition(&self) -> Edition {
        let ctx = self.ctx();
        self.read(&ctx, |ctx, tx| fieldwork::queries::one(ctx, tx, "short", "1")).unwrap().1
    }

    pub(super) fn file(&self, name: &str, bytes: &[u8]) -> NewFile {
        let files = store::files::Files::of(&self.t.test.db);
        NewFile { received: files.receive_now(bytes, 1 << 20).unwrap(), name: name.to_owned(), sound: None }
    }

    /// What an inspector sends for a visit.
    pub(super) fn sending(&self, stop: &Stop, instance: &str, answers: serde_json::Value) -> Sending {
        let now = self.t.test.db.now();
        let answers: Answers = serde_json::from_value(answers).unwrap();
        Sending {
            visit: stop.visit.id,
            edition: self.edition().id,
            instance: instance.to_owned(),
            started_at: now.plus(-10 * MINUTE),
            ended_at: now,
            at: Some((stop.point.lng, stop.point.lat, Some(8.0))),
            answers,
            files: Vec::new(),
            door: Door::Api,
        }
    }

    pub(super) fn send(&self, n: usize, sending: Sending) -> Result<Outcome> {
        self.act_as(&self.ctx_of(n), move |ctx, tx, index| commands::receive(ctx, tx, index, &sending))
    }

    /// A record that was taken.
    pub(super) fn sent(&self, n: usize, stop: &Stop, instance: &str, answers: serde_json::Value) -> Record {
        match self.send(n, self.sending(stop, instance, answers)).unwrap() {
            Outcome::New(record) => record,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn end(&self) -> Inspection {
        let number = self.inspection.clone();
        self.act(move |ctx, tx, _| {
            let whole = inspections::queries::whole(ctx, tx, &number)?;
            acts::end(ctx, tx, (&number, whole.inspection.version))
        })
        .unwrap()
    }
}

pub(super) fn met() -> serde_json::Value {
    json!({"given": {"clean": "met", "lamps": 6}, "rows": {"stalls": [{"given": {"sign": "met"}}, {"given": {"sign": "unmet"}}]}})
}

pub(super) fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_fn(640, 480, |x, y| {
        image::Rgb([u8::try_from(x % 251).unwrap(), u8::try_from(y % 241).unwrap(), 90])
    });
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<i64>> {
    let root = people::setup::root(tx, ctx, "嘉峪关市")?;
    let divisions = "code,name,level,parent\n620200,嘉峪关市,city,\n620201001,雄关街道,street,620200\n";
    let founding = places::setup::Founding { divisions, ..places::setup::Founding::default() };
    places::setup::city(ctx, tx, &founding)?;
    let ring = [(0.0, 0.0), (0.04, 0.0), (0.04, 0.04), (0.0, 0.04)];
    let ring = ring.iter().map(|(lng, lat)| Point::new(98.26 + lng, 39.76 + lat)).collect();
    let division = places::queries::division_by_code(tx, "620201001")?;
    let draft = DivisionDraft {
        name: division.name.clone(),
        level: division.level.clone(),
        unit_id: None,
        area: Some(Area::new(vec![vec![ring]]).unwrap()),
    };
    edit_division(ctx, tx, "620201001", division.version, draft)?;
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    for n in 0..9_u32 {
        let draft = SiteDraft {
            code: None,
            name: format!("市场{}", n + 1),
            type_code: "market".to_owned(),
            point: Point::new(98.262, 39.761 + f64::from(n) * 0.002),
            crs: SourceCrs::Cgcs2000,
            accuracy_m: None,
            address: None,
            unit_id: None,
        };
        create_site(ctx, tx, &index, draft)?;
    }
    let mut inspectors = Vec::new();
    for name in ["甲", "乙"] {
        let unit = people::setup::unit(tx, ctx, &root, &format!("{name}局"), "", "bureau")?;
        let (login, hash) = (format!("ins-{}", inspectors.len()), "nobody signs in with it".to_owned());
        let roles = [(Role::Inspector, &root)];
        let made = people::setup::person(tx, ctx, &unit, &login, name, hash, false, &roles)?;
        inspectors.push(made.id.raw());
    }
    let hash = "nobody signs in with it".to_owned();
    people::setup::person(tx, ctx, &root, "desk", "文明办", hash, false, &[(Role::Office, &root)])?;
    Ok(inspectors)
}
