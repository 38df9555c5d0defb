//! The city before the two programs start: somebody of the office who is also a unit's clerk, overdue cases, a ladder that
//! issues everything by itself, and somebody who listens.

use crate::serving::{CODE, Database};
use cases::commands::{Dispatch, NewCase, accept, submit};
use cases::desk::Desk;
use cases::model::Source;
use hooks::commands::Draft;
use hooks::model::Endpoint;
use kernel::ctx::{Actor, CityCode, Ctx, Locale, Member};
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::DAY;
use ladder::model::Rung;
use ladder::rules::{LADDER, Manner};
use std::path::Path;
use std::sync::Arc;
use store::follow::{self, Place};
use store::{Location, Tx};
use testkit::Receiver;
use web::City;
use web::outgoing::Outgoing;
use web::scope::Scope;

pub(crate) struct Town {
    pub(crate) city: City,
    pub(crate) receiver: Receiver,
    pub(crate) endpoint: Endpoint,
    pub(crate) key: String,
    /// Codes of the unit that handles everything and of the kind that everything is.
    pub(crate) unit: String,
    pub(crate) item: String,
    /// Ids of the overdue cases.
    pub(crate) overdue: Vec<i64>,
    /// The end of the log when the endpoint was set up.
    pub(crate) begun: Place,
    location: Location,
}

impl Town {
    pub(crate) fn settle(data: &Path, database: &Database, overdue: usize) -> Self {
        let args = server::settings::DataArgs {
            data: data.to_owned(),
            database_url: Some(database.url.clone()),
            seal_with: store::sealed::Algorithm::Aes,
            bucket: server::settings::BucketArgs::default(),
        };
        let loopback = ("127.0.0.0".parse().expect("an address"), 8);
        let outgoing = Outgoing { networks: vec![loopback], ..Outgoing::default() };
        let settings = web::app::Settings { outgoing, ..web::app::Settings::default() };
        let app = server::features::app(settings).expect("the program");
        let code = CityCode::parse(CODE).expect("six digits");
        let city = server::cities::open_one(&args, &app, &code).expect("the city");
        let receiver = Receiver::start();
        let system = Ctx::system(code, "test", city.db().now());
        let ctx = system.clone();
        let settled = city.db().write_now(&system, move |tx| settled(&ctx, tx));
        let (member, unit, key) = settled.expect("people");
        let desk = Desk::of_now(&city).expect("the desk");
        let item = desk.catalogue.items().iter().find(|i| i.public).expect("a kind").id;
        let item_code = cases::open::item_code(&desk.catalogue, Some(item));
        let index = places::kept::refresh_now(&city).expect("places");
        let past = city.db().now().plus(-40 * DAY);
        let clerk = Ctx { actor: Actor::Member(Arc::new(member)), now: past, ..system.clone() };
        let ids = (0..overdue).map(|n| {
            let (clerk, desk, index, lead) = (clerk.clone(), desk.clone(), index.clone(), unit.0);
            let public = Ctx::public(clerk.city.clone(), past, Locale::ZhCn, "test");
            let entered = city.db().write_now(&clerk.clone(), move |tx| {
                let mut new = NewCase::new(Source::Citizen, &format!("逾期案件{n}"));
                (new.item, new.address) = (Some(item), "新华中路".to_owned());
                let words = cases::open::words(&desk, &new);
                let case = submit(&public, tx, &desk, &index, &words, new)?;
                let to = Dispatch { lead, assisting: Vec::new(), note: String::new() };
                accept(&clerk, tx, &desk, case.id, Some(item), "", &to).map(|case| case.id.raw())
            });
            entered.expect("an overdue case")
        });
        let overdue = ids.collect();
        // whoever listens hears of what happens from now on
        let office = Ctx { now: city.db().now(), ..clerk.clone() };
        let (name, url) = ("对方系统".to_owned(), receiver.url("/in"));
        let draft = Draft { name, url, kinds: vec![], units: vec![], divisions: vec![] };
        let own = office.clone();
        let added = city.db().write_now(&office, move |tx| hooks::commands::add(&own, tx, draft));
        let endpoint = added.expect("an endpoint");
        let begun = city.db().read_now(follow::end).expect("the end of the log");
        let (key, unit) = (key, unit.1);
        Self {
            city,
            receiver,
            endpoint,
            key,
            unit,
            item: item_code,
            overdue,
            begun,
            location: database.city(),
        }
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.city.db().read_now(read).expect("the database")
    }

    fn tamper(&self, sql: &str) {
        store::db::tamper(&self.location, sql).expect("a statement");
    }

    /// Whoever runs one of these has slept through its lease: another may take it over while the sleeper goes on.
    pub(crate) fn wake_sleepers(&self) {
        self.tamper("update job set claim = 0, run_at = 0 where kind in ('ladder-climb', 'hook-run')");
    }

    /// The time is over for which a program that died held what it was doing.
    pub(crate) fn let_go(&self) {
        self.tamper("update hook_delivery set held_until = 0 where state = 'waiting'");
        self.tamper("update job set run_at = 0 where claim <> 0 and dead_at is null");
    }

    /// What is still to be done, in words; none when everything is done.
    pub(crate) fn left_to_do(&self) -> Option<String> {
        let (id, wanted, begun) = (self.endpoint.id, self.overdue.len() * 3, self.begun.clone());
        self.read(move |tx| {
            let waiting = hooks::queries::waiting(tx, id, 100_000)?;
            let behind = crate::two_parts::check::events(tx, begun)?.len();
            let made = hooks::queries::deliveries(tx, id, &hooks::queries::Filter::default(), None, 1_000_000)?.rows.len();
            let letters = ladder::store::every(tx)?.len();
            let backlog = store::jobs::backlog(tx)?;
            let jobs = tx.query(&store::Query::<(i64,)>::new(
                "select count(*) from job where dead_at is null and kind not in
                 (select substr(only_one, 10) from job where only_one like 'periodic:%') and kind <> 'hook-run'",
            ))?;
            assert_eq!(backlog.dead, 0, "a job was given up");
            let (jobs,) = jobs[0];
            let done = waiting == 0 && made >= behind && letters >= wanted && jobs == 0;
            Ok((!done).then(|| {
                format!("{waiting} wait, {made} of {behind} events, {letters} of {wanted} letters, {jobs} jobs")
            }))
        })
    }
}

type Settled = (Member, (kernel::id::Id<kernel::ctx::Unit>, String), String);

fn settled(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Settled> {
    let root = people::queries::root(tx)?.expect("the city's own unit");
    let unit = people::setup::unit(tx, ctx, &root, "市环卫处", "", "bureau")?;
    let roles = [(Role::Office, &root), (Role::UnitClerk, &unit)];
    let hash = "no password".to_owned();
    let account = people::setup::person(tx, ctx, &root, "wang", "王晓梅", hash, false, &roles)?;
    let grants = people::recognise::grants_of(tx, account.id)?;
    let member = Member { id: account.id, name: account.name, grants };
    let own = Ctx { actor: Actor::Member(Arc::new(member.clone())), ..ctx.clone() };
    let (_, key) = people::commands::make_api_key(tx, &own, "load", Scope::Admin, 30)?;
    let mut ladder = LADDER.get(tx)?;
    ladder.on = true;
    for rung in [Rung::Reminder, Rung::Letter, Rung::Summons] {
        ladder.form_mut(rung).manner = Manner::Itself;
    }
    LADDER.set(tx, ctx, &ladder)?;
    Ok((member, (unit.id, unit.code), key))
}
