//! A city with a folder for its backups.

use backups::Setup;
use backups::model::Run;
use backups::settings::{PLAN, Plan};
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::time::{HOUR, Instant};
use std::path::PathBuf;
use store::sql;
use testkit::TestApp;

pub(crate) fn folder(t: &TestApp) -> PathBuf {
    t.test.folder().join("backups")
}

/// Told of the folder; the clock stands at noon.
pub(crate) fn open(t: &TestApp) {
    t.test.leave_jobs();
    let setup = Setup { folder: Some(folder(t)), migrations: t.app.migrations() };
    backups::bring(&t.city, setup);
    at(t, 12);
    t.jobs().ensure_periodic().unwrap();
}

/// Lets time pass until this hour.
pub(crate) fn at(t: &TestApp, hour: i64) {
    let now = t.test.db.now();
    let today = Instant(Instant::start_of(now.date()).0 + hour * HOUR);
    let next = if today < now { today.plus(kernel::time::DAY) } else { today };
    t.advance(next.0 - now.0);
}

pub(crate) fn set(t: &TestApp, plan: &Plan) {
    let plan = plan.clone();
    let ctx = t.test.ctx_system();
    let by = ctx.clone();
    let set = move |tx: &mut store::Tx<'_>| {
        tx.housekeeping();
        PLAN.set(tx, &by, &plan)
    };
    t.test.db.write_now(&ctx, set).unwrap();
}

/// All runs, oldest first.
pub(crate) fn runs(t: &TestApp) -> Vec<Run> {
    t.test
        .db
        .read_now(|tx| tx.all(sql!(Run: "select {*} from backup_run order by started_at, id"), &[]))
        .unwrap()
}

/// Names in the folder.
pub(crate) fn files(t: &TestApp) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder(t)) else { return Vec::new() };
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Somebody with an account who looks after the machine.
pub(crate) fn caretaker(t: &TestApp) -> Id<Person> {
    let (person, unit): (Id<Person>, Id<Unit>) = (Id::new(7), Id::new(1));
    let now = t.test.db.now();
    let ctx = t.test.ctx_system();
    let made = move |tx: &mut store::Tx<'_>| {
        tx.housekeeping();
        tx.insert(&people::UnitRow {
            id: unit,
            number: 1,
            code: "U-1".into(),
            name: "嘉峪关市".into(),
            short_name: String::new(),
            kind: "office".into(),
            parent_id: None,
            path: people::model::Path::root(1),
            state: people::model::UnitState::Active,
            merged_into: None,
            credit_code: None,
            contact_name: "".into(),
            contact_phone: "".into(),
            created_at: now,
            version: 1,
        })?;
        tx.insert(&people::AccountRow {
            id: person,
            login: "weihu".into(),
            name: "维护员".into(),
            phone: "".into(),
            phone_mark: store::Marked::default(),
            mail: "".into(),
            unit_id: unit,
            state: people::model::AccountState::Active,
            language: "zh-CN".into(),
            created_at: now,
            version: 1,
        })?;
        tx.insert(&people::GrantRow {
            id: Id::new(9),
            account_id: person,
            role: Role::SystemAdmin.code().into(),
            unit_id: unit,
            from_date: now.date(),
            until_date: None,
            granted_by: "试验".into(),
            created_at: now,
            revoked_at: None,
            version: 1,
        })
    };
    t.test.db.write_now(&ctx, made).unwrap();
    person
}

/// How many notices a person has not read.
pub(crate) fn unread(t: &TestApp, person: Id<Person>) -> i64 {
    t.test.db.read_now(move |tx| web::notices::unread_count(tx, person)).unwrap()
}
