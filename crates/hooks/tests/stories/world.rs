//! A city with an office, things that happen to it, and somebody who listens.

use hooks::commands::{self, Draft};
use hooks::model::{Delivery, DeliveryState, Endpoint};
use kernel::ctx::{Actor, Ctx, Locale, Member, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use serde_json::{Map, json};
use std::sync::Arc;
use store::{Event, Tx};
use testkit::{Client, Engine, Receiver, TestApp};
use web::City;
use web::Feature;
use web::app::Settings;
use web::outgoing::{Happened, Outgoing, PublicEvent, Told};

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

#[expect(clippy::unnecessary_wraps, reason = "it is a `web::outgoing::Tell`")]
/// Something simple that happens: its record is a number, its data what was noted with it.
fn tell(_: &City, _: &Ctx, _: &mut Tx<'_>, happened: &Happened) -> Result<Option<Told>> {
    let unit = happened.facts.get("unit").and_then(serde_json::Value::as_i64);
    let mut data = Map::new();
    data.insert("step".to_owned(), happened.facts.get("step").cloned().unwrap_or_default());
    data.insert("thing".to_owned(), json!(happened.entity));
    Ok(Some(Told {
        record: format!("T-{}", happened.entity),
        units: unit.map(Id::new).into_iter().collect(),
        division: None,
        data,
    }))
}

const fn event(kind: &'static str, verbs: &'static [&'static str]) -> PublicEvent {
    PublicEvent { kind, verbs, tell, fields: &[("step", "which"), ("thing", "of what")] }
}

const EVENTS: &[PublicEvent] =
    &[event("thing.changed", &["thing.changed"]), event("thing.ended", &["thing.ended"])];

const TEXTS: &[(Locale, &str)] = &[
    (Locale::ZhCn, "public-event-thing-changed = 变了\npublic-event-thing-ended = 完了\n"),
    (Locale::En, "public-event-thing-changed = Changed\npublic-event-thing-ended = Ended\n"),
];

pub(super) struct World {
    pub(super) t: TestApp,
    pub(super) receiver: Receiver,
    /// Somebody of the civilisation office, with an account.
    pub(super) office: Member,
    pub(super) root: Id<Unit>,
}

pub(super) fn features() -> Vec<Feature> {
    vec![
        people::feature(),
        places::feature(),
        ladder::feature(),
        cases::feature(),
        streets::feature(),
        hooks::feature(),
        Feature { events: EVENTS, texts: TEXTS, ..Feature::new("things") },
    ]
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        let loopback = ("127.0.0.0".parse().unwrap(), 8);
        Self::with(engine, Outgoing { networks: vec![loopback], ..Outgoing::default() })
    }

    pub(super) fn with(engine: Engine, outgoing: Outgoing) -> Self {
        let settings =
            Settings { base_url: "http://wm.example.cn".to_owned(), outgoing, ..Settings::default() };
        let t = TestApp::with(engine, features(), Box::new(people::Recogniser::default()), settings);
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        let (root, office) = t
            .test
            .db
            .write_now(&ctx, move |tx| {
                let root = people::setup::root(tx, &inner, "嘉峪关市")?;
                let roles = [(Role::Office, &root)];
                let hash = "unused".to_owned();
                let account =
                    people::setup::person(tx, &inner, &root, "office", "王晓梅", hash, false, &roles)?;
                let grants = people::recognise::grants_of(tx, account.id)?;
                Ok((root.id, Member { id: account.id, name: account.name, grants }))
            })
            .unwrap();
        Self { t, receiver: Receiver::start(), office, root }
    }

    pub(super) fn ctx(&self) -> Ctx {
        Ctx { actor: Actor::Member(Arc::new(self.office.clone())), ..self.t.test.ctx_system() }
    }

    /// The office at its browser.
    pub(super) fn browser(&self) -> Client<'_> {
        self.t.member_as(self.office.clone())
    }

    pub(super) fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let ctx = self.ctx();
        self.t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx))
    }

    pub(super) fn draft(&self, path: &str) -> Draft {
        Draft {
            name: path.trim_start_matches('/').to_owned(),
            url: self.receiver.url(path),
            kinds: Vec::new(),
            units: Vec::new(),
            divisions: Vec::new(),
        }
    }

    pub(super) fn listen_to(&self, draft: Draft) -> Endpoint {
        self.act(move |ctx, tx| commands::add(ctx, tx, draft)).unwrap()
    }

    pub(super) fn listen(&self, path: &str) -> Endpoint {
        self.listen_to(self.draft(path))
    }

    /// Something happens to a thing, for the so-manieth time.
    pub(super) fn happen(&self, thing: i64, step: i64) {
        self.happen_in(thing, step, "thing.changed", None);
    }

    pub(super) fn happen_in(&self, thing: i64, step: i64, verb: &'static str, unit: Option<i64>) {
        // two things never happen in the same microsecond
        self.t.advance(1000);
        self.act(move |ctx, tx| {
            let event = Event::new(verb, Id::<()>::new(thing)).with("step", step).with("unit", unit);
            tx.record(ctx, event)
        })
        .unwrap();
    }

    /// Lets so much time pass, and everything that is due by then run as it becomes due, in steps.
    pub(super) fn pass(&self, time: i64, step: i64) {
        for _ in 0..time / step {
            self.t.advance(step);
            self.t.run_jobs();
        }
    }

    pub(super) fn deliveries(&self, endpoint: &Endpoint, state: DeliveryState) -> Vec<Delivery> {
        let id = endpoint.id;
        self.t
            .test
            .db
            .read_now(move |tx| {
                let filter = hooks::queries::Filter { state: Some(state), ..Default::default() };
                let lines = hooks::queries::deliveries(tx, id, &filter, None, 10_000)?.rows;
                lines.into_iter().map(|l| Ok(hooks::queries::delivery(tx, id, &l.message)?.0)).collect()
            })
            .unwrap()
    }

    pub(super) fn line(&self, endpoint: &Endpoint) -> hooks::queries::Line {
        let number = endpoint.number.clone();
        self.t.test.db.read_now(move |tx| hooks::queries::endpoint(tx, &number)).unwrap()
    }

    /// Thing and step of what was received, in order.
    pub(super) fn steps(&self) -> Vec<(i64, i64)> {
        self.receiver.received().iter().map(step_of).collect()
    }
}

pub(super) fn step_of(received: &testkit::Received) -> (i64, i64) {
    let data = &received.json()["data"];
    (data["thing"].as_i64().unwrap(), data["step"].as_i64().unwrap())
}

/// The first receipt of each message, in order: what a receiver that remembers ids makes of it.
pub(super) fn once(received: &[testkit::Received]) -> Vec<(i64, i64)> {
    let mut seen = std::collections::HashSet::new();
    received.iter().filter(|r| seen.insert(r.header("webhook-id").to_owned())).map(step_of).collect()
}

/// Steps of one thing.
pub(super) fn of(steps: &[(i64, i64)], thing: i64) -> Vec<i64> {
    steps.iter().filter(|(t, _)| *t == thing).map(|(_, s)| *s).collect()
}

/// Whether a signature of the header was made with a secret, worked out here from the specification.
pub(super) fn signed_with(received: &testkit::Received, secret: &str) -> bool {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use hmac::{Hmac, KeyInit, Mac};
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    assert!((24..=64).contains(&key.len()));
    let (id, at) = (received.header("webhook-id"), received.header("webhook-timestamp"));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{at}.{}", received.body).as_bytes());
    let wanted = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    received.header("webhook-signature").split(' ').any(|s| s == wanted)
}
