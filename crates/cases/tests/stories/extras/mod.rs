//! 附加问题: what a kind asks beside the usual, who reads the answers, and what becomes of them.

mod answered;
mod asked;
mod form;

use super::world::World;
use cases::catalogue::edit_extras::set_extras;
use cases::catalogue::extras::cell;
use cases::desk::Desk;
use cases::model::Case;
use kernel::id::Id;
use kernel::policy::Role;
use testkit::http::{Client, Page};
use testkit::{TestApp, whole_city};
use web::Feature;

pub(super) fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
}

/// What 井盖缺失 asks: the second only after the first, the last of a person.
pub(super) const CELL: &str = "gone|yes-no|required|open|井盖不见了吗=Is the cover gone||\n\
                    wide|number|required|open|井口直径=How wide|厘米=cm|gone=yes\n\
                    who|several|optional|open|谁会经过|行人/车辆=cars/学生|\n\
                    note|text|optional|open|还有什么要说的||\n\
                    name|text|optional|personal|怎么称呼您=Your name||";
pub(super) const MANHOLE: &str = "event-01002";

pub(super) fn office(t: &TestApp) -> Client<'_> {
    t.member("王晓梅", vec![whole_city(Role::Office)])
}

/// The small city, whose manholes ask.
pub(super) fn world(t: &TestApp) -> World<'_> {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    ask(t, &w, 2, CELL);
    w
}

pub(super) fn ask(t: &TestApp, w: &World<'_>, kind: usize, cell: &str) {
    let (item, set) = (w.desk.catalogue.items()[kind].id, cell::read(cell).unwrap());
    w.act(&w.office(), move |ctx, tx, _| set_extras(ctx, tx, item, &set)).unwrap();
    Desk::forget(&t.city);
}

pub(super) const WHERE: [(&str, &str); 2] = [("description", "路口少了井盖"), ("address", "新华北路12号")];

/// A report by the public form with these fields beside what and where.
pub(super) fn send(t: &TestApp, more: &[(&str, &str)]) -> Page {
    t.public().submit("/report", "/report", &[&WHERE, more].concat())
}

pub(super) fn token(page: Page) -> String {
    page.expect(303).location().unwrap().split("t=").nth(1).unwrap().to_owned()
}

pub(super) fn case_of(t: &TestApp, token: &str) -> Case {
    let id = cases::open::opened(t.test.db.secrets(), token).unwrap();
    t.test.db.read_now(move |tx| cases::store::case(tx, id)).unwrap().unwrap()
}

/// Codes and answers, in the order of the questions.
pub(super) fn answers(t: &TestApp, case: Id<Case>) -> Vec<(String, String)> {
    let found = t.test.db.read_now(move |tx| cases::store::answers(tx, &[case])).unwrap();
    found.into_iter().map(|a| (a.asked.code, a.value)).collect()
}

pub(super) fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect()
}

pub(super) const ANSWERED: [(&str, &str); 7] = [
    ("kind", MANHOLE),
    ("q_gone", "yes"),
    ("q_wide", "70,5"),
    ("q_who", "学生"),
    ("q_who", "行人"),
    ("q_note", "请打 13812341234"),
    ("q_name", "欧阳报事"),
];

pub(super) fn reported(t: &TestApp) -> (Case, String) {
    let token = token(send(t, &ANSWERED));
    (case_of(t, &token), token)
}
