//! Interviewers go to doors in the order of the draw; what is answered there is not theirs.

use super::world::{act, again, count, features, office, office_page, published};
use kernel::policy::Role;
use store::sql;
use surveys::{commands, queries};
use testkit::{Client, TestApp, whole_city};

testkit::stories!(features(); doors_are_visited_in_their_order, segments_of_others_are_not_there);

/// An inspector with an account, and the segment that was given to them.
pub(crate) fn sent<'a>(t: &'a TestApp, name: &str, place: i64) -> Client<'a> {
    let (name, survey) = (name.to_owned(), again(t, "SV-0001"));
    let of = name.clone();
    let id = act(t, &t.test.ctx_system(), move |ctx, tx| {
        let root = match people::queries::root(tx)? {
            Some(root) => root,
            None => people::setup::root(tx, ctx, "嘉峪关市")?,
        };
        let roles = [(Role::Inspector, &root)];
        let login = format!("walker-{place}");
        people::setup::person(tx, ctx, &root, &login, &of, String::new(), false, &roles)
            .map(|account| account.id)
    })
    .unwrap();
    act(t, &office(t), move |ctx, tx| {
        commands::assign(ctx, tx, (&survey.number, survey.version), &[place], Some(id))
    })
    .unwrap();
    t.member_as(kernel::ctx::Member { id, name, grants: vec![whole_city(Role::Inspector)] })
}

fn doors_are_visited_in_their_order(t: &TestApp) {
    published(t, 2);
    let person = sent(t, "督查员甲", 1);
    assert!(person.get("/surveys/mine").expect(200).has("雄关街道 第 1 段"));
    let at = "/surveys/SV-0001/segments/1";
    let page = person.get(at).expect(200);
    assert!(page.has("模拟测评") && page.missing_texts().is_empty());
    let list = || {
        let ctx = office(t);
        t.test.db.read_now(move |tx| queries::walk(&ctx, tx, "SV-0001", 1)).unwrap().doors
    };
    let first = list();
    assert_eq!(first.len(), 20);
    let door = |n: i64| format!("{at}/households/{n}");
    let note = |n: i64, fields: &[(&str, &str)]| person.submit(&door(n), &door(n), fields);
    // an outcome without answers is enough where there are none
    note(first[0].household, &[("survey_outcome", "refused")]).expect(303);
    for _ in 0..3 {
        note(first[1].household, &[("survey_outcome", "absent")]).expect(303);
    }
    note(first[2].household, &[("survey_outcome", "answered"), ("t-0", "0")]).expect(422);
    let all = [("survey_outcome", "answered"), ("t-0", "0"), ("q-q1", "0"), ("q-q2", "2"), ("q-q3", "")];
    note(first[2].household, &all).expect(303);
    let now = list();
    assert_eq!(now.len(), 22, "two stand in");
    assert!(now[20].reserve && now[21].reserve);
    // nobody is visited out of order, or twice
    let csrf = person.get(at).csrf();
    let mut again = all.to_vec();
    again.push(("csrf", csrf.as_str()));
    person.post(&door(first[2].household), &again).expect(409);
    let other = (1..=40).find(|n| now.iter().all(|d| d.household != *n)).unwrap();
    person.post(&door(other), &again).expect(409);
    person.get(&door(other)).expect(404);
    // the visit is theirs, the answer nobody's
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_visit where person = '督查员甲'")), 3);
    assert_eq!(count(t, sql!((i64,): "select count(*) from survey_answer where mode = 'visit'")), 1);
    let page = office_page(t).get("/surveys/SV-0001/sample").expect(200);
    assert!(page.has("33.3%") || page.has("33.33%"), "one of three");
    let sheet = person.get(&format!("{at}/sheet")).expect(200);
    assert!(sheet.has("<svg class=\"qr\"") && sheet.has("模拟测评"));
}

fn segments_of_others_are_not_there(t: &TestApp) {
    published(t, 2);
    let person = sent(t, "督查员乙", 2);
    person.get("/surveys/SV-0001/segments/1").expect(404);
    person.get("/surveys/SV-0001/segments/2").expect(200);
    person.get("/surveys/SV-0001").expect(403);
    person.get("/surveys/SV-0001/results").expect(403);
    let nobody = t.member("督查员丙", vec![whole_city(Role::Inspector)]);
    nobody.get("/surveys/SV-0001/segments/2").expect(404);
    assert!(nobody.get("/surveys/mine").expect(200).has("现在没有分给您的样本段"));
}
