//! A city with two streets, an inspector, and a survey of two questions.

use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::Result;
use std::collections::BTreeMap;
use store::Tx;
use surveys::commands::{self, Draft, SegmentDraft};
use surveys::model::{Category, Survey, Trait};
use surveys::queries;
use surveys::question::{Choice, Question, QuestionKind};
use testkit::{Client, TestApp, whole_city};
use web::Feature;

pub(crate) fn features() -> Vec<Feature> {
    vec![
        people::feature(),
        places::feature(),
        sms::feature(),
        ladder::feature(),
        cases::feature(),
        assessment::feature(),
        surveys::feature(),
    ]
}

pub(crate) fn act<T: Send + 'static>(
    t: &TestApp,
    who: &Ctx,
    act: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let ctx = Ctx { now: t.test.db.now(), ..who.clone() };
    t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx))
}

pub(crate) fn office(t: &TestApp) -> Ctx {
    t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)])
}

pub(crate) fn office_page(t: &TestApp) -> Client<'_> {
    t.member("文明办", vec![whole_city(Role::Office)])
}

pub(crate) fn scale(text: &str) -> Question {
    let choice = |text: &str, counts| Choice { text: text.into(), counts: Some(counts) };
    Question {
        key: String::new(),
        kind: QuestionKind::Scale,
        text: text.into(),
        options: vec![choice("满意", 10_000), choice("基本满意", 6_000), choice("不满意", 0)],
        least: None,
        most: None,
        standard: String::new(),
        when: None,
    }
}

pub(crate) fn words(text: &str) -> Question {
    Question { kind: QuestionKind::Text, options: Vec::new(), ..scale(text) }
}

/// A draft with two questions and words, sex as background, and this many segments of 40 households in two streets.
pub(crate) fn draft(t: &TestApp, segments: usize) -> Survey {
    t.test.leave_jobs();
    act(t, &office(t), move |ctx, tx| {
        let draft = Draft {
            name: "市民满意度".into(),
            audience: "市民".into(),
            lead: "请谈谈您的看法。".into(),
            ..Draft::default()
        };
        let survey = commands::make(ctx, tx, &draft)?;
        let of = survey.number.clone();
        let survey = commands::add_question(ctx, tx, (&of, survey.version), scale("您对路面保洁满意吗？"))?;
        let survey = commands::add_question(ctx, tx, (&of, survey.version), scale("您对停车秩序满意吗？"))?;
        let survey = commands::add_question(ctx, tx, (&of, survey.version), words("还有什么想说的"))?;
        let category = |name: &str| Category { name: name.into(), people: None };
        let sex = Trait { name: "性别".into(), categories: vec![category("男"), category("女")] };
        let survey = commands::set_traits(ctx, tx, (&of, survey.version), vec![sex], "")?;
        let drafts: Vec<SegmentDraft> = (0..segments)
            .map(|n| SegmentDraft {
                name: format!("第 {} 段", n + 1),
                division: format!("62020100{}", n % 2 + 1),
                division_name: if n % 2 == 0 { "雄关街道" } else { "钢城街道" }.into(),
                households: 40,
            })
            .collect();
        commands::set_segments(ctx, tx, (&of, survey.version), &drafts)
    })
    .unwrap()
}

pub(crate) fn published(t: &TestApp, segments: usize) -> Survey {
    let survey = draft(t, segments);
    act(t, &office(t), move |ctx, tx| commands::publish(ctx, tx, (&survey.number, survey.version), true))
        .unwrap()
}

pub(crate) fn again(t: &TestApp, number: &str) -> Survey {
    let (ctx, number) = (office(t), number.to_owned());
    t.test.db.read_now(move |tx| queries::survey(&ctx, tx, &number)).unwrap()
}

pub(crate) fn closed(t: &TestApp, number: &str) -> Survey {
    let survey = again(t, number);
    act(t, &office(t), move |ctx, tx| commands::close(ctx, tx, (&survey.number, survey.version))).unwrap()
}

/// Words of the links, in the order of the segments.
pub(crate) fn tokens(t: &TestApp, number: &str) -> Vec<String> {
    let (ctx, number) = (office(t), number.to_owned());
    let page = t.test.db.read_now(move |tx| queries::sample(&ctx, tx, &number)).unwrap();
    page.segments.into_iter().map(|line| line.segment.token).collect()
}

pub(crate) fn count(t: &TestApp, sql: store::Sql<'static, (i64,)>) -> i64 {
    t.test.db.read_now(move |tx| tx.value(sql, &[])).unwrap()
}

/// An answer by the link: options of the two questions by place, sex by place.
pub(crate) fn answer(t: &TestApp, token: &str, sex: &str, given: [&str; 2], said: &str) -> commands::Taken {
    let fields: BTreeMap<String, String> = [("q1", given[0]), ("q2", given[1]), ("q3", said)]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into();
    let (token, sex, ticket) = (token.to_owned(), sex.to_owned(), store::secrets::random_word());
    act(t, &t.test.ctx_public(), move |ctx, tx| {
        let texts = |key: &str| fields.get(key).cloned().into_iter().collect();
        commands::answer(ctx, tx, &token, (&ticket, ""), &[sex], &texts)
    })
    .unwrap()
}
