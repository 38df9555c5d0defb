//! A city that sends text messages into a folder, and what came into it.

use kernel::ctx::Locale;
use kernel::policy::Role;
use kernel::time::Instant;
use sms::Notice;
use sms::gateway::Gateway;
use sms::model::{Message, State};
use sms::settings::{LIMITS, Limits};
use store::sql;
use testkit::{TestApp, whole_city};

pub(crate) const PHONE: &str = "13800001234";

/// The folder that stands for the gateway.
pub(crate) fn folder(t: &TestApp) -> std::path::PathBuf {
    t.test.folder().join("sms")
}

/// Switched on, in the forenoon, with a gateway.
pub(crate) fn open(t: &TestApp) {
    t.test.leave_jobs();
    sms::bring(&t.city, Gateway::folder(folder(t)));
    set(t, &Limits { on: true, ..Limits::default() });
    at(t, 10);
}

pub(crate) fn set(t: &TestApp, limits: &Limits) {
    let limits = limits.clone();
    let ctx = t.test.ctx_system();
    let by = ctx.clone();
    t.test
        .db
        .write_now(&ctx, move |tx| {
            tx.housekeeping();
            LIMITS.set(tx, &by, &limits)
        })
        .unwrap();
}

/// Lets time pass until this hour.
pub(crate) fn at(t: &TestApp, hour: i64) {
    let now = t.test.db.now();
    let today = Instant(Instant::start_of(now.date()).0 + hour * kernel::time::HOUR);
    let next = if today < now { today.plus(kernel::time::DAY) } else { today };
    t.advance(next.0 - now.0);
}

/// Something happens that this telephone is told of.
pub(crate) fn tell(t: &TestApp, phone: &str) {
    // so that the order is known: ids of several writers have none among each other
    t.advance(1);
    let phone = phone.to_owned();
    t.test
        .db
        .write_now(&t.test.ctx_system(), move |tx| {
            tx.housekeeping();
            sms::send(
                tx,
                &Notice {
                    to: &phone,
                    locale: Locale::ZhCn,
                    kind: "trial",
                    about: "CASE-2026-000001",
                    args: &[("number", "CASE-2026-000001".to_owned())],
                    href: "/r/word",
                },
            )
        })
        .unwrap();
}

/// All messages, oldest first.
pub(crate) fn messages(t: &TestApp) -> Vec<Message> {
    t.test
        .db
        .read_now(|tx| tx.all(sql!(Message: "select {*} from sms_message order by made_at, id"), &[]))
        .unwrap()
}

pub(crate) fn states(t: &TestApp) -> Vec<State> {
    messages(t).iter().map(|m| m.state).collect()
}

/// What came into the folder.
pub(crate) fn received(t: &TestApp) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder(t)) else { return Vec::new() };
    let mut texts: Vec<_> = entries.map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap()).collect();
    texts.sort();
    texts
}

pub(crate) fn admin(t: &TestApp) -> testkit::Client<'_> {
    t.member("系统管理员", vec![whole_city(Role::SystemAdmin)])
}
