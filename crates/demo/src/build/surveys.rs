//! 模拟测评: one survey that has ended, with some two thousand answers of a hundred segments, and its next edition, which is open. Every
//! answer went through the command that a link uses. Some questions speak of standards of the sample scheme, so that the shadow score has
//! something of what people said.

use super::system;
use crate::dice::Dice;
use ::surveys::commands::{self, Draft, Noted, SegmentDraft};
use ::surveys::model::{Category, Outcome, Survey, Trait};
use ::surveys::question::{Question, QuestionKind};
use ::surveys::{queries, samples, sheet};
use assessment::scheme::seam;
use assessment::scheme::standards::standards;
use kernel::ctx::{Actor, Ctx, Member};
use kernel::problem::Result;
use kernel::time::{DAY, Instant};
use places::PlaceIndex;
use std::collections::HashMap;
use std::sync::Arc;
use store::Tx;
use web::City;

/// Segments of the first, and answers of each.
const SEGMENTS: usize = 100;
const EACH: usize = 20;
/// Who goes to doors.
const INSPECTOR: &str = "inspector-1";
/// Segments of the edition that is open.
const OPEN: usize = 10;

/// Makes both; how many answered.
pub fn ask(city: &City, seed: u64, now: Instant) -> Result<usize> {
    let ctx = system(city, now.plus(-60 * DAY));
    let (first, mut answers) = city.db().write_now(&ctx.clone(), move |tx| {
        let survey = first(&ctx, tx)?;
        let answers = links(&ctx, tx, &survey, &mut Dice::of(seed, "survey"), EACH)?;
        Ok((survey, answers))
    })?;
    let ctx = system(city, now.plus(-30 * DAY));
    let number = first.number;
    let next = city.db().write_now(&ctx.clone(), move |tx| {
        let first = queries::survey(&ctx, tx, &number)?;
        commands::close(&ctx, tx, (&number, first.version))?;
        next(&ctx, tx, &number)
    })?;
    let ctx = system(city, now.plus(-DAY));
    answers += city.db().write_now(&ctx.clone(), move |tx| {
        let answers = links(&ctx, tx, &next, &mut Dice::of(seed, "survey-next"), 6)?;
        visits(&ctx, tx, &next, &mut Dice::of(seed, "survey-visits"))?;
        Ok(answers)
    })?;
    Ok(answers)
}

fn of(name: &str, categories: &[(&str, i64)]) -> Trait {
    let category =
        |(name, people): &(&str, i64)| Category { name: (*name).to_owned(), people: Some(*people) };
    Trait { name: name.to_owned(), categories: categories.iter().map(category).collect() }
}

/// So many segments, in turn in each street and town.
fn segments(index: &PlaceIndex, count: usize) -> Vec<SegmentDraft> {
    let divisions: Vec<_> =
        index.divisions().iter().filter(|d| matches!(&*d.level, "street" | "town")).collect();
    let one = |n: usize| {
        let division = divisions.get(n % divisions.len().max(1))?;
        Some(SegmentDraft {
            name: format!("第 {} 段", n / divisions.len() + 1),
            division: division.code.to_string(),
            division_name: division.name.to_string(),
            households: i64::try_from(60 + 7 * (n % 9)).unwrap_or(60),
        })
    };
    (0..count).filter_map(one).collect()
}

/// What the sample questionnaire asks, with the standard of the sample scheme of which it is said in questionnaires.
const STANDARDS: [(&str, &str); 5] = [
    ("车辆停放的秩序", "Ⅲ-6"),
    ("公交站台和车厢里的秩序", "Ⅲ-8"),
    ("听取过您的意见", "Ⅲ-13"),
    ("身边小事多数得到解决", "Ⅲ-13"),
    ("支持本市创建", "Ⅲ-13"),
];

/// Number of the published scheme, where it has these standards; and the questions that speak of them.
fn of_scheme(tx: &mut Tx<'_>, questions: &mut [Question]) -> Result<String> {
    let Some(scheme) = seam::published(tx)?.pop() else { return Ok(String::new()) };
    let Some(known) = standards(tx, &scheme.number)? else { return Ok(String::new()) };
    if STANDARDS.iter().any(|(_, code)| known.get(code).is_none()) {
        return Ok(String::new());
    }
    for question in questions {
        if let Some((_, code)) = STANDARDS.iter().find(|(words, _)| question.text.contains(words)) {
            (*code).clone_into(&mut question.standard);
        }
    }
    Ok(scheme.number)
}

fn first(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Survey> {
    let (mut questions, _, _) = sheet::read(samples::CITIZENS.as_bytes().to_vec())?;
    let draft = Draft {
        scheme: of_scheme(tx, &mut questions)?,
        name: "市民满意度模拟测评".to_owned(),
        audience: "市民".to_owned(),
        lead: "请按您住处附近的实际情况回答，大约需要三分钟。（演示数据）".to_owned(),
        ..Draft::default()
    };
    let survey = commands::make(ctx, tx, &draft)?;
    let number = survey.number.clone();
    let survey = commands::fill(ctx, tx, (&number, survey.version), questions)?;
    let traits = vec![
        of("性别", &[("男", 163_000), ("女", 150_000)]),
        of("年龄", &[("18–34 岁", 82_000), ("35–54 岁", 121_000), ("55 岁及以上", 110_000)]),
    ];
    let source = "演示数据，不是普查数字";
    let survey = commands::set_traits(ctx, tx, (&number, survey.version), traits, source)?;
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let survey = commands::set_segments(ctx, tx, (&number, survey.version), &segments(&index, SEGMENTS))?;
    commands::publish(ctx, tx, (&number, survey.version), true)
}

fn next(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Survey> {
    let survey = commands::copy(ctx, tx, number)?;
    let number = survey.number.clone();
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let survey = commands::set_segments(ctx, tx, (&number, survey.version), &segments(&index, OPEN))?;
    let inspector = people::queries::person_by_login(tx, INSPECTOR)?.map(|account| account.id);
    let survey = commands::assign(ctx, tx, (&number, survey.version), &[1, 2, 3], inspector)?;
    commands::publish(ctx, tx, (&number, survey.version), true)
}

/// One of the options, the first ones likelier the more content somebody is.
fn choose(dice: &mut Dice, options: usize, content: f64) -> usize {
    let mut at = 0;
    while at + 1 < options && dice.unit() > content {
        at += 1;
    }
    at
}

/// What somebody answers, by the questions' keys.
fn answers(dice: &mut Dice, questions: &[Question], content: f64) -> HashMap<String, Vec<String>> {
    let mut given = HashMap::new();
    for question in questions {
        let unsure = dice.unit() < 0.03;
        let text = match question.kind {
            QuestionKind::Text => String::new(),
            _ if unsure => ::surveys::question::UNSURE.to_owned(),
            QuestionKind::Number => format!("{:.0}", dice.real(0.0, 60.0)),
            _ => choose(dice, question.options.len(), content).to_string(),
        };
        given.insert(question.key.clone(), vec![text]);
    }
    given
}

/// Answers by the links of all segments.
fn links(ctx: &Ctx, tx: &mut Tx<'_>, survey: &Survey, dice: &mut Dice, each: usize) -> Result<usize> {
    let anybody = Ctx { actor: Actor::Public, ..ctx.clone() };
    let mut answered = 0;
    for line in queries::sample(ctx, tx, &survey.number)?.segments {
        // neighbours think alike
        let place = dice.real(0.5, 0.75);
        for n in 0..each {
            let sex = if dice.unit() < 0.45 { "0" } else { "1" };
            let age = choose(dice, 3, 0.3).to_string();
            let ticket = format!("demo-{}-{}-{n:04}-ticket", survey.number, line.segment.place);
            let given = answers(dice, &survey.questions.0, place);
            let texts = |key: &str| given.get(key).cloned().unwrap_or_default();
            let token = &line.segment.token;
            commands::answer(&anybody, tx, token, (&ticket, ""), &[sex.to_owned(), age], &texts)?;
            answered += 1;
        }
    }
    Ok(answered)
}

/// The first inspector's doors: some answered, some refused, at some nobody was met.
fn visits(ctx: &Ctx, tx: &mut Tx<'_>, survey: &Survey, dice: &mut Dice) -> Result<()> {
    let Some(inspector) = people::queries::person_by_login(tx, INSPECTOR)? else { return Ok(()) };
    let grants = people::recognise::grants_of(tx, inspector.id)?;
    let member = Member { id: inspector.id, name: inspector.name, grants };
    let person = Ctx { actor: Actor::Member(Arc::new(member)), ..ctx.clone() };
    for place in [1, 2] {
        let doors = queries::walk(ctx, tx, &survey.number, place)?.doors;
        for door in doors.into_iter().take(12) {
            let chance = dice.unit();
            let outcome = match () {
                () if chance < 0.6 => Outcome::Answered,
                () if chance < 0.75 => Outcome::Refused,
                () => Outcome::Absent,
            };
            let given = answers(dice, &survey.questions.0, 0.65);
            let texts = |key: &str| given.get(key).cloned().unwrap_or_default();
            let traits = ["0".to_owned(), "1".to_owned()];
            let noted = Noted { outcome, traits: &traits, answers: &texts };
            commands::visit(&person, tx, (&survey.number, place, door.household), &noted)?;
        }
    }
    Ok(())
}
