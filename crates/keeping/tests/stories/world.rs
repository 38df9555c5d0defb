//! A city with closed cases whose reporters are known.

use keeping::model::Run;
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::time::DAY;
use store::{Column, Query};
use testkit::{Client, TestApp, whole_city};
use web::Feature;
use web::keep::Keeps;

pub(super) fn features() -> Vec<Feature> {
    vec![
        people::feature(),
        places::feature(),
        ladder::feature(),
        cases::feature(),
        portal::feature(),
        keeping::feature(),
    ]
}

pub(super) fn security(t: &TestApp) -> Client<'_> {
    t.member("安全员", vec![whole_city(Role::SecurityAdmin)])
}

pub(super) fn auditor(t: &TestApp) -> Client<'_> {
    t.member("审计员", vec![whole_city(Role::Auditor)])
}

pub(super) fn security_ctx(t: &TestApp) -> Ctx {
    t.test.ctx_member(1, "安全员", vec![whole_city(Role::SecurityAdmin)])
}

pub(super) fn keeps(t: &TestApp) -> std::sync::Arc<Keeps> {
    t.city.kept::<Keeps>().unwrap()
}

pub(super) fn run(t: &TestApp) -> Run {
    keeping::run::run(&t.test.db, &t.test.ctx_system(), &keeps(t), false).unwrap().unwrap()
}

pub(super) fn value<T: Column + Send + 'static>(t: &TestApp, query: &str) -> T {
    let query = Query::<(T,)>::new(query);
    t.test.db.read_now(move |tx| Ok(tx.query(&query)?.remove(0).0)).unwrap()
}

pub(super) fn tamper(t: &TestApp, sql: &str) {
    store::db::tamper(&t.test.location, sql).unwrap();
}

/// So many reports by telephone-bearing citizens, closed so many days ago; their numbers.
pub(super) fn closed(t: &TestApp, count: i64, days_ago: i64) -> Vec<String> {
    // by number: ids of different lanes have no order
    let before: String = value(t, "select coalesce(max(number), '') from case_file");
    for n in 0..count {
        let words = format!("路灯不亮 {n}");
        let said = [
            ("description", words.as_str()),
            ("address", "新华南路"),
            ("reporter", "李报事"),
            ("phone", "13893712345"),
        ];
        t.public().submit("/report", "/report", &said).expect(303);
    }
    t.run_jobs();
    let at = t.test.db.now().plus(-days_ago * DAY).0;
    tamper(t, &format!("update case_file set state = 'closed', closed_at = {at} where number > '{before}'"));
    let query = Query::<(String,)>::new(&format!(
        "select number from case_file where number > '{before}' order by number"
    ));
    let found = t.test.db.read_now(move |tx| tx.query(&query)).unwrap();
    found.into_iter().map(|(number,)| number).collect()
}

/// How many reporters are known.
pub(super) fn known(t: &TestApp) -> i64 {
    value(t, "select count(*) from case_reporter")
}

/// A unit below another, or at the top.
pub(super) fn unit(t: &TestApp, id: i64, name: &str, parent: Option<i64>) {
    let path = parent.map_or_else(|| format!("{id:06}"), |parent| format!("{parent:06}{id:06}"));
    let parent = parent.map_or_else(|| "null".to_owned(), |parent| parent.to_string());
    tamper(
        t,
        &format!(
            "insert into unit (id, number, code, name, short_name, kind, parent_id, path, state, contact_name, contact_phone,
               created_at, version) values ({id}, {id}, 'U-{id}', '{name}', '', 'bureau', {parent}, '{path}', 'active', '', '', 1, 1)"
        ),
    );
}
