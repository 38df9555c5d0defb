//! The city that broken requests are sent to: an office, a unit, a catalogue, one confirmed case.

use axum::http::Method;
use kernel::ctx::{Actor, Ctx, Member};
use kernel::policy::Role;
use kernel::problem::Result;
use std::sync::{Arc, Mutex};
use store::Tx;
use testkit::{Client, Engine, TestApp, whole_city};
use web::app::Settings;
use web::outgoing::Outgoing;
use web::scope::Scope;
use web::{Access, all_routes};

pub struct World {
    app: TestApp,
    /// A key for reports.
    pub key: String,
    office: Member,
    /// A confirmed case.
    case: Mutex<String>,
    /// Addresses of GET without parameters in them, public and of the office.
    pub pages: Vec<String>,
}

impl World {
    pub fn new() -> Self {
        let loopback = ("127.0.0.0".parse().unwrap_or(std::net::IpAddr::from([127, 0, 0, 1])), 8);
        let outgoing = Outgoing { networks: vec![loopback], ..Outgoing::default() };
        let settings =
            Settings { base_url: "http://wm.example.cn".to_owned(), outgoing, ..Settings::default() };
        let people = Box::new(people::Recogniser::default());
        let app = TestApp::with(Engine::Embedded, server::features::all(), people, settings);
        server::wiring::open(&app.city);
        app.test.leave_jobs();
        let ctx = app.test.ctx_system();
        let inner = ctx.clone();
        let founded = app.city.db().write_now(&ctx, move |tx| founded(&inner, tx));
        let (office, key) = founded.unwrap_or_else(|problem| panic!("{problem}"));
        cases::desk::Desk::forget(&app.city);
        let pages = all_routes(&app.app)
            .into_iter()
            .filter(|(_, r)| r.method == Method::GET && !r.path.contains('{') && r.access != Access::SignedIn)
            .map(|(_, r)| r.path.to_owned())
            // it ends sessions
            .filter(|path| !path.contains("sign-out"))
            .collect();
        let world = Self { app, key, office, case: Mutex::default(), pages };
        world.renew();
        world
    }

    pub fn db(&self) -> &store::Db {
        self.app.city.db()
    }

    pub fn public(&self) -> Client<'_> {
        self.app.public()
    }

    pub fn member(&self) -> Client<'_> {
        self.app.member_as(self.office.clone())
    }

    /// The case that may be moved.
    pub fn case(&self) -> String {
        self.case.lock().map(|case| case.clone()).unwrap_or_default()
    }

    /// Another one in its place: the old one has been moved.
    pub fn renew(&self) {
        let case = self.confirmed();
        if let Ok(mut known) = self.case.lock() {
            *known = case;
        }
    }

    fn confirmed(&self) -> String {
        let sent = self.public().json(
            &Method::POST,
            "/api/v1/reports",
            &serde_json::json!({ "description": "路灯不亮", "address": "新华中路" }),
        );
        let number = sent.json()["number"].as_str().unwrap_or_default().to_owned();
        let moves = format!("/api/v1/cases/{number}/moves");
        let done = self.member().by_key().json(
            &Method::POST,
            &moves,
            &serde_json::json!({ "move": "confirmation" }),
        );
        assert_eq!(done.status, 200, "{}", done.text());
        number
    }
}

fn founded(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Member, String)> {
    let root = people::setup::root(tx, ctx, "嘉峪关市")?;
    people::setup::unit(tx, ctx, &root, "市环卫处", "", "bureau")?;
    let hash = "no password".to_owned();
    let account =
        people::setup::person(tx, ctx, &root, "office", "王晓梅", hash, false, &[(Role::Office, &root)])?;
    let divisions = "code,name\n620200,嘉峪关市\n620201001,雄关街道\n";
    places::setup::city(
        ctx,
        tx,
        &places::setup::Founding { divisions, ..places::setup::Founding::default() },
    )?;
    cases::catalogue::founding::found(ctx, tx)?;
    let member = Member { id: account.id, name: account.name, grants: vec![whole_city(Role::Office)] };
    let own = Ctx { actor: Actor::Member(Arc::new(member.clone())), ..ctx.clone() };
    let (_, key) = people::commands::make_api_key(tx, &own, "app", Scope::Report, 30)?;
    Ok((member, key))
}
