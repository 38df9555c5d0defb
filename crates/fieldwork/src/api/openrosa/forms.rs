//! Forms for the visits that somebody has before them.

use super::answer::xml;
use super::who::who;
use crate::model::Edition;
use crate::queries::{self, Stopped};
use crate::sheet_view::said;
use ::store::Tx;
use axum::http::{HeaderMap, StatusCode};
use checklist::openrosa::{FormEntry, form_list, manifest};
use checklist::{Checklist, Choice, Item, Kind, List, Question, Required, Text};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use md5::{Digest, Md5};
use web::error::OrFail;
use web::list::Params;
use web::scope::Need;
use web::ui::encode;
use web::{Answer, Path, Req};

/// The question that asks for the visit, and its list of choices.
const VISIT: &str = "visited_point";
const VISITS: &str = "points_to_visit";
/// Visits that one form offers, the nearest days first: a list of choices has no more.
const MOST: usize = 500;

/// A name that is none of the checklist's own. Those that the form makes by itself end with a number or with `_count`.
fn free(taken: &dyn Fn(&str) -> bool, name: &str) -> String {
    let mut name = name.to_owned();
    while taken(&name) {
        name.push_str("_x");
    }
    name
}

fn names<'a>(items: &'a [Item], all: &mut Vec<&'a str>) {
    for item in items {
        all.push(item.name());
        names(item.items(), all);
    }
}

/// Name of a visit among the choices.
pub(super) fn choice(one: &Stopped) -> Choice {
    let words = format!("{} {}", one.stop.point.number, one.stop.point.name);
    Choice { name: format!("v{}", one.stop.visit.id), label: Text::new(words.clone(), words) }
}

/// The visit that a choice names.
pub(super) fn visit_of<T: std::str::FromStr>(choice: &str) -> Option<T> {
    choice.strip_prefix('v')?.parse().ok()
}

/// The checklist with the question for the visit before it, and what that question is called.
pub(super) fn asking(list: &Checklist, visits: Vec<Choice>) -> (Checklist, String) {
    let mut known = Vec::new();
    names(&list.items, &mut known);
    let question = free(&|name| known.iter().any(|k| k.eq_ignore_ascii_case(name)), VISIT);
    let choices = free(&|name| list.lists.iter().any(|l| l.name == name), VISITS);
    let mut asking = list.clone();
    let first = Question {
        required: Required::Fixed(true),
        ..Question::new(
            question.clone(),
            Kind::OneOf { list: choices.clone() },
            Text::new("考察点位", "Point that is visited"),
        )
    };
    asking.lists.push(List { name: choices, choices: visits });
    asking.items.insert(0, Item::Question(first));
    (asking, question)
}

/// Versions that somebody's open visits are filled in by, each with these visits.
fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(Edition, Vec<Choice>)>> {
    let mut all: Vec<(Edition, Vec<Choice>)> = Vec::new();
    for one in queries::visits(ctx, tx)?.iter().filter(|one| one.is_open()) {
        let Some(edition) = &one.edition else { continue };
        match all.iter_mut().find(|(known, _)| known.id == edition.id) {
            Some((_, visits)) if visits.len() < MOST => visits.push(choice(one)),
            Some(_) => {}
            None => all.push((edition.clone(), vec![choice(one)])),
        }
    }
    Ok(all)
}

fn written(list: &Checklist) -> Result<String> {
    checklist::xform::write(list).map_err(|problems| Problem::internal(format!("{problems:?}")))
}

async fn own(req: &Req, ctx: &Ctx) -> Answer<Vec<(Edition, Vec<Choice>)>> {
    let ctx = ctx.clone();
    req.db().read(move |tx| open(&ctx, tx)).await.or_fail(req)
}

/// `GET /openrosa/formList`. The hash changes with the visits too: programs fetch the form anew when points were added.
pub(super) async fn list(req: Req, headers: HeaderMap) -> Answer {
    let ctx = who(&req, &headers, Need::SeeOwn).await?;
    let params = Params::parse(&req.query);
    let base = super::server(&req.app.settings().base_url);
    let mut entries = Vec::new();
    for (edition, visits) in own(&req, &ctx).await? {
        let list = &edition.model.0;
        if !params.get("formID").is_empty() && !params.has("formID", &list.code) {
            continue;
        }
        let text = written(&asking(list, visits).0).or_fail(&req)?;
        let at = format!("{base}/forms/{}/{}", encode(&list.code), encode(&list.version));
        entries.push(FormEntry {
            form_id: list.code.clone(),
            name: said(ctx.locale, &list.title),
            version: list.version.clone(),
            md5: hex::encode(Md5::digest(text.as_bytes())),
            description: String::new(),
            manifest_url: Some(format!("{at}/manifest")),
            download_url: at,
        });
    }
    Ok(xml(ctx.locale, StatusCode::OK, form_list(&entries)))
}

async fn one(req: &Req, headers: &HeaderMap, (code, label): (String, String)) -> Answer<(Ctx, Checklist)> {
    let ctx = who(req, headers, Need::SeeOwn).await?;
    let all = own(req, &ctx).await?;
    let found = all.into_iter().find(|(e, _)| e.model.0.code == code && e.model.0.version == label);
    let (edition, visits) = found.ok_or_else(Problem::not_found).or_fail(req)?;
    Ok((ctx, asking(&edition.model.0, visits).0))
}

/// `GET /openrosa/forms/{code}/{label}`
pub(super) async fn form(req: Req, Path(of): Path<(String, String)>, headers: HeaderMap) -> Answer {
    let (ctx, list) = one(&req, &headers, of).await?;
    Ok(xml(ctx.locale, StatusCode::OK, written(&list).or_fail(&req)?))
}

/// `GET /openrosa/forms/{code}/{label}/manifest`: checklists have no files of their own.
pub(super) async fn media(req: Req, Path(of): Path<(String, String)>, headers: HeaderMap) -> Answer {
    let (ctx, _) = one(&req, &headers, of).await?;
    Ok(xml(ctx.locale, StatusCode::OK, manifest(&[])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use checklist::samples;

    fn one_visit() -> Vec<Choice> {
        vec![Choice { name: "v17".to_owned(), label: Text::new("甲", "甲") }]
    }

    #[test]
    fn every_sample_can_ask_for_its_visit() {
        for sample in samples::all().into_iter().chain([crate::setup::general()]) {
            let (asked, question) = asking(&sample, one_visit());
            assert_eq!((asked.problems(), question.as_str()), (Vec::new(), VISIT));
            assert!(written(&asked).unwrap().contains("v17"));
        }
    }

    #[test]
    fn a_checklist_that_has_such_names_keeps_them() {
        let mut list = samples::market();
        let kind = Kind::OneOf { list: VISITS.to_owned() };
        list.items.push(Item::Question(Question::new("Visited_Point", kind, Text::new("甲", "A"))));
        list.lists.push(List { name: VISITS.to_owned(), choices: one_visit() });
        let (asked, question) = asking(&list, one_visit());
        assert_eq!((asked.problems(), question.as_str()), (Vec::new(), "visited_point_x"));
    }

    #[test]
    fn choices_name_visits() {
        assert_eq!(visit_of::<i64>("v17"), Some(17));
        assert_eq!([visit_of::<i64>("17"), visit_of("v"), visit_of("v1x")], [None; 3]);
    }
}
