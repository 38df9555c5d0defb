//! A city with a cleaning unit, a verifier, and photographs.

use cases::catalogue::ItemKind;
use cases::catalogue::commands::{NewItem, publish};
use cases::commands::{self, Answer, Dispatch, NewCase};
use cases::desk::Desk;
use cases::model::{Case, Source};
use demo::pictures::{Problem, Shot, Stage, draw};
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::SECOND;
use store::Tx;
use store::files::{Files, Quarantined};
use testkit::{Client, Engine, TestApp, grant, whole_city};
use web::Feature;

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

pub(super) const CLEANING: i64 = 20;
pub(super) const PLACE: Point = Point { lng: 98.29, lat: 39.77 };

pub(super) struct World {
    pub(super) t: TestApp,
}

pub(super) fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature(), honesty::feature()]
}

/// A photograph of a street, the same for the same seed.
pub(super) fn street(seed: u64) -> Vec<u8> {
    draw(&Shot { problem: Problem::Rubbish, seed, stage: Stage::After, hour: 10, month: 5 })
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        let w = Self { t: TestApp::new(engine, features()) };
        let item = NewItem {
            kind: ItemKind::Event,
            code: "01000".into(),
            major_code: "01".into(),
            major_name: "市容环境".into(),
            name: "暴露垃圾".into(),
        };
        w.act(&w.office(), move |ctx, tx| {
            tx.insert(&people::UnitRow {
                id: Id::new(CLEANING),
                number: CLEANING,
                code: "U-20".into(),
                name: "环卫所".into(),
                short_name: String::new(),
                kind: "bureau".into(),
                parent_id: None,
                path: people::model::Path::root(CLEANING),
                state: people::model::UnitState::Active,
                merged_into: None,
                credit_code: None,
                contact_name: "".into(),
                contact_phone: "".into(),
                created_at: ctx.now,
                version: 1,
            })?;
            publish(ctx, tx, "2026", "test", &[item]).map(drop)
        })
        .unwrap();
        Desk::forget(&w.t.city);
        // the first time the log is looked at, it is followed from there on
        w.look();
        w
    }

    pub(super) fn office(&self) -> Ctx {
        self.t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)])
    }

    pub(super) fn clerk(&self) -> Ctx {
        self.t.test.ctx_member(2, "经办人", vec![grant(Role::UnitClerk, &[CLEANING])])
    }

    pub(super) fn verifier(&self) -> Client<'_> {
        self.t.member("核查员", vec![whole_city(Role::Verifier)])
    }

    pub(super) fn act<T: Send + 'static>(
        &self,
        who: &Ctx,
        act: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.t.advance(SECOND);
        let ctx = Ctx { now: self.t.test.db.now(), ..who.clone() };
        self.t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx))
    }

    pub(super) fn deed<T: Send + 'static>(
        &self,
        who: &Ctx,
        deed: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> T {
        let desk = Desk::of_now(&self.t.city).unwrap();
        self.act(who, move |ctx, tx| deed(ctx, tx, &desk)).unwrap()
    }

    pub(super) fn upload(&self, bytes: &[u8]) -> (Quarantined, String) {
        let files = Files::of(&self.t.test.db);
        (files.receive_now(bytes, 8 << 20).unwrap(), "IMG_0001.jpg".to_owned())
    }

    /// A case that the cleaning unit has been told of.
    pub(super) fn dispatched(&self, before: Option<&[u8]>) -> Case {
        let mut new = NewCase::new(Source::Staff, "垃圾成堆");
        new.place = Some(PLACE);
        new.accuracy_m = Some(10.0);
        new.address = "新华北路 12 号".into();
        new.photos = before.map(|bytes| self.upload(bytes)).into_iter().collect();
        let index = places::kept::refresh_now(&self.t.city).unwrap();
        let case =
            self.deed(&self.office(), move |ctx, tx, desk| commands::submit(ctx, tx, desk, &index, "", new));
        let to = Dispatch { lead: Id::<Unit>::new(CLEANING), assisting: Vec::new(), note: String::new() };
        let item = Desk::of_now(&self.t.city).unwrap().catalogue.items()[0].id;
        self.deed(&self.office(), move |ctx, tx, desk| {
            commands::accept(ctx, tx, desk, case.id, Some(item), "", &to)
        })
    }

    pub(super) fn answer(&self, case: &Case, pictures: &[&[u8]]) {
        let photos = pictures.iter().map(|bytes| self.upload(bytes)).collect();
        let answer = Answer { text: "已清理".into(), photos, no_photo: String::new() };
        let id = case.id;
        self.deed(&self.clerk(), move |ctx, tx, desk| commands::answer(ctx, tx, desk, id, &answer));
    }

    /// A case answered with these pictures, and examined.
    pub(super) fn answered(&self, before: Option<&[u8]>, pictures: &[&[u8]]) -> Case {
        let case = self.dispatched(before);
        self.answer(&case, pictures);
        self.look();
        case
    }

    /// Lets the program do what is due, and look at the log again.
    pub(super) fn look(&self) {
        self.t.run_jobs();
        self.t.advance(20 * SECOND);
        self.t.jobs().ensure_periodic().unwrap();
        self.t.run_jobs();
    }

    /// Kind and case of every warning, as the API tells them, oldest first.
    pub(super) fn warnings(&self) -> Vec<(String, String)> {
        let found = self.verifier().get("/api/v1/photo-checks").expect(200).json();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let mut all: Vec<_> = found["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (text(&item["kind"]), text(&item["case_number"])))
            .collect();
        all.reverse();
        all
    }
}
