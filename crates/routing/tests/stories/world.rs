//! A city with two kinds of problems and three units.

use axum::http::Method;
use cases::catalogue::ItemKind;
use cases::catalogue::commands::{NewItem, publish};
use cases::commands::{self, Dispatch, NewCase};
use cases::desk::Desk;
use cases::model::{Case, Source};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::SECOND;
use serde_json::{Value, json};
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
pub(super) const ROADS: i64 = 40;

pub(super) struct World {
    pub(super) t: TestApp,
}

fn features() -> Vec<Feature> {
    vec![
        people::feature(),
        places::feature(),
        ladder::feature(),
        cases::feature(),
        streets::feature(),
        routing::feature(),
    ]
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
            tx.insert(&unit(ctx, ROADS, "养护所"))?;
            publish(ctx, tx, "2026", "test", &items).map(drop)
        })
        .unwrap();
        Desk::forget(&w.t.city);
        // notices and letters of the cases are not what these stories are about
        w.t.test.leave_jobs();
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

    pub(super) fn desk(&self) -> Arc<Desk> {
        Desk::of_now(&self.t.city).unwrap()
    }

    pub(super) fn report(&self, text: &str) -> Case {
        let mut new = NewCase::new(Source::Staff, text);
        new.address = "新华北路 12 号".into();
        let (desk, index) = (self.desk(), places::kept::refresh_now(&self.t.city).unwrap());
        self.act(&self.office(), move |ctx, tx| commands::submit(ctx, tx, &desk, &index, "", new)).unwrap()
    }

    /// A case that waits for its unit: of the so-manieth kind.
    pub(super) fn registered(&self, text: &str, kind: usize) -> Case {
        let (case, desk) = (self.report(text), self.desk());
        let item = desk.catalogue.items()[kind].id;
        self.act(&self.office(), move |ctx, tx| {
            commands::confirm(ctx, tx, &desk, case.id)?;
            commands::register(ctx, tx, &desk, case.id, Some(item), "")
        })
        .unwrap()
    }

    pub(super) fn send(&self, case: &Case, unit: i64) -> Case {
        let (desk, id) = (self.desk(), case.id);
        let to = Dispatch { lead: Id::<Unit>::new(unit), assisting: Vec::new(), note: String::new() };
        self.act(&self.office(), move |ctx, tx| commands::dispatch(ctx, tx, &desk, id, &to)).unwrap()
    }

    pub(super) fn send_back(&self, case: &Case, unit: i64) {
        let (desk, id) = (self.desk(), case.id);
        let clerk = self.t.test.ctx_member(100 + unit, "经办人", vec![grant(Role::UnitClerk, &[unit])]);
        self.act(&clerk, move |ctx, tx| commands::return_case(ctx, tx, &desk, id, "不归我们")).unwrap();
    }

    pub(super) fn case(&self, number: &str) -> Case {
        let number = number.to_owned();
        self.t.test.db.read_now(move |tx| cases::store::case_by_number(tx, &number)).unwrap().unwrap()
    }

    /// Verbs in the history of a case.
    pub(super) fn told(&self, case: &Case) -> Vec<String> {
        let id = case.id;
        let lines = self.t.test.db.read_now(move |tx| store::audit::history(tx, id)).unwrap();
        lines.into_iter().map(|line| line.verb).collect()
    }

    /// A rule as JSON: for cases of a kind, to a unit.
    pub(super) fn draft(name: &str, kind: &str, unit: i64, mode: &str) -> Value {
        json!({
            "name": name, "active": true, "conditions": { "kinds": [kind] }, "lead": format!("U-{unit}"),
            "mode": mode, "why": format!("{name}，按三定方案"),
        })
    }

    /// Writes a rule through the API and gives its number.
    pub(super) fn rule(&self, draft: &Value) -> i64 {
        let office = self.t.member("文明办", vec![whole_city(Role::Office)]);
        let made = office.json(&Method::POST, "/api/v1/routing-rules", draft).expect(201).json();
        made["rule"]["number"].as_i64().unwrap()
    }
}
