//! A city with two kinds of problems, two units, and a past.

use cases::catalogue::ItemKind;
use cases::catalogue::commands::{NewItem, publish};
use cases::commands::{self, Answer, Dispatch, NewCase};
use cases::desk::Desk;
use cases::model::{Case, Source};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::SECOND;
use std::sync::Arc;
use store::Tx;
use testkit::{Engine, TestApp, grant, whole_city};
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
pub(super) const LAMPS: i64 = 30;

pub(super) struct World {
    pub(super) t: TestApp,
}

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature(), suggest::feature()]
}

fn unit(ctx: &Ctx, id: i64, name: &str) -> people::UnitRow {
    people::UnitRow {
        id: Id::new(id),
        number: id,
        code: format!("U-{id}"),
        name: name.into(),
        short_name: String::new(),
        kind: "bureau".into(),
        parent_id: None,
        path: people::model::Path::root(id),
        state: people::model::UnitState::Active,
        merged_into: None,
        credit_code: None,
        contact_name: "".into(),
        contact_phone: "".into(),
        created_at: ctx.now,
        version: 1,
    }
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        let w = Self { t: TestApp::new(engine, features()) };
        let items: Vec<NewItem> = ["暴露垃圾", "路灯不亮"]
            .iter()
            .enumerate()
            .map(|(n, name)| NewItem {
                kind: ItemKind::Event,
                code: format!("0100{n}"),
                major_code: "01".into(),
                major_name: "市容环境".into(),
                name: (*name).to_owned(),
            })
            .collect();
        w.act(&w.office(), move |ctx, tx| {
            tx.insert(&unit(ctx, CLEANING, "环卫所"))?;
            tx.insert(&unit(ctx, LAMPS, "路灯所"))?;
            publish(ctx, tx, "2026", "test", &items).map(drop)
        })
        .unwrap();
        Desk::forget(&w.t.city);
        w
    }

    pub(super) fn office(&self) -> Ctx {
        self.t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)])
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

    fn desk(&self) -> Arc<Desk> {
        Desk::of_now(&self.t.city).unwrap()
    }

    pub(super) fn report(&self, text: &str) -> Case {
        let mut new = NewCase::new(Source::Staff, text);
        new.address = "新华北路 12 号".into();
        let (desk, index) = (self.desk(), places::kept::refresh_now(&self.t.city).unwrap());
        self.act(&self.office(), move |ctx, tx| commands::submit(ctx, tx, &desk, &index, "", new)).unwrap()
    }

    /// A case from its report to its closing: of the so-manieth kind, by this unit.
    fn closed(&self, text: &str, kind: usize, by: i64) {
        let (case, desk) = (self.report(text), self.desk());
        let item = desk.catalogue.items()[kind].id;
        let to = Dispatch { lead: Id::<Unit>::new(by), assisting: Vec::new(), note: String::new() };
        let clerk = self.t.test.ctx_member(100 + by, "经办人", vec![grant(Role::UnitClerk, &[by])]);
        let verifier = self.t.test.ctx_member(2, "核查员", vec![whole_city(Role::Verifier)]);
        let office = self.office();
        self.act(&self.office(), move |_, tx| {
            // one transaction for all steps: what is learnt from is what came out
            let at = |ctx: &Ctx| Ctx { now: tx_now(tx), ..ctx.clone() };
            let (office, clerk, verifier) = (at(&office), at(&clerk), at(&verifier));
            commands::accept(&office, tx, &desk, case.id, Some(item), "", &to)?;
            let answer = Answer { text: "已处理".into(), photos: Vec::new(), no_photo: "无".into() };
            commands::answer(&clerk, tx, &desk, case.id, &answer)?;
            commands::pass(&verifier, tx, &desk, case.id, "", &[])?;
            commands::close(&verifier, tx, &desk, case.id, "").map(drop)
        })
        .unwrap();
    }

    /// Closed cases of both kinds in turn.
    pub(super) fn past(&self, cases: usize) {
        const PLACES: [&str; 5] = ["新华路", "胜利路", "建设路", "雄关广场", "迎宾路"];
        for n in 0..cases {
            let place = PLACES[n % PLACES.len()];
            if n % 2 == 0 {
                self.closed(&format!("{place}垃圾成堆无人清理"), 0, CLEANING);
            } else {
                self.closed(&format!("{place}夜里路灯不亮，行人看不见"), 1, LAMPS);
            }
        }
    }

    pub(super) fn train(&self) -> Vec<suggest::Outcome> {
        suggest::train(&self.t.test.db, &self.t.test.ctx_system()).unwrap()
    }

    pub(super) fn rules(&self, rules: suggest::settings::Rules) {
        self.act(&self.office(), move |ctx, tx| suggest::commands::set_rules(ctx, tx, &rules)).unwrap();
    }
}

fn tx_now(tx: &Tx<'_>) -> kernel::time::Instant {
    tx.now()
}
