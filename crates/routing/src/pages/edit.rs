//! Writing a rule, changing it, moving it.

use super::shown::{HOME, around, number};
use crate::commands;
use crate::facts::NAMES;
use crate::forms::{self, City};
use crate::language::FUNCTIONS;
use crate::model::{Edition, Mode, Rule};
use crate::policy::{self, Act};
use crate::queries;
use axum::http::StatusCode;
use cases::model::Source;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::parts::Choice;
use web::{Answer, Fail, Form, Path, Req, Ui};

type Options = Vec<(String, String)>;

#[derive(askama::Template)]
#[template(path = "routing/form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    /// Number and name of the rule that is changed; none for a new one.
    of: Option<(i64, String)>,
    kinds: Vec<(String, Options)>,
    units: Options,
    divisions: Options,
    sources: Options,
    site_types: Options,
    limits: Options,
    modes: Vec<Choice>,
    forms: Options,
    days: Options,
}

async fn form_page(req: &Req, form: Filled, of: Option<(i64, String)>) -> Answer<FormPage> {
    let (desk, index) = around(req).await?;
    let ui = req.ui();
    let read = req.read(|_, tx| {
        let units: Options =
            people::queries::all_units_options(tx)?.iter().map(people::queries::UnitOption::choice).collect();
        Ok((units, places::queries::site_types(tx)?))
    });
    let (units, types) = read.await.or_fail(req)?;
    let english = ui.lang() == "en";
    let (mut kinds, mut limits) = (Vec::new(), Vec::new());
    for (name, items) in desk.catalogue.majors() {
        let mut options = Vec::with_capacity(items.len() + 1);
        if let Some(first) = items.first() {
            let value = format!("all:{}-{}", first.kind.code(), first.major_code);
            options.push((value, ui.ta("rule-whole-class", [("name", name.to_owned())])));
        }
        for item in items {
            let code = format!("{}-{}", item.kind.code(), item.code);
            for (condition, text) in desk.catalogue.conditions(item.id) {
                let told = format!("{}{}{text}", item.name, ui.t("form-colon"));
                limits.push((format!("{code}/{condition}"), told));
            }
            options.push((code, item.name.clone()));
        }
        kinds.push((name.to_owned(), options));
    }
    let inset = |depth: usize| "\u{3000}".repeat(depth);
    let divisions =
        index.divisions().iter().map(|d| (d.code.to_string(), format!("{}{}", inset(d.depth()), d.name)));
    let named = |prefix: &str, codes: &[&str]| -> Options {
        codes.iter().map(|c| ((*c).to_owned(), ui.named(prefix, c))).collect()
    };
    let mode = |mode: &Mode| Choice {
        value: mode.code().to_owned(),
        text: ui.named("routing-mode", mode.code()),
        icon: if *mode == Mode::Prepare { "pencil" } else { "send" },
    };
    Ok(FormPage {
        divisions: divisions.collect(),
        sources: Source::ALL.iter().map(|s| (s.code().to_owned(), ui.named("source", s.code()))).collect(),
        site_types: types
            .into_iter()
            .map(|t| (t.code, if english { t.name_en } else { t.name_zh }))
            .collect(),
        modes: Mode::ALL.iter().map(mode).collect(),
        forms: named("rule-form", &["component", "event"]),
        days: named("rule-days", &["workdays", "restdays"]),
        kinds,
        limits,
        units,
        form,
        of,
        ui,
    })
}

pub(super) async fn new_form(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let form = Filled::new().set("rule_mode", Mode::Prepare.code()).set("rule_active", "1");
    page(&req, &form_page(&req, form, None).await?)
}

/// What stands in the form of a rule that is changed.
fn filled(rule: &Rule, edition: &Edition, codes: &std::collections::HashMap<i64, String>) -> Filled {
    let of = &edition.conditions.0;
    let day = |day: Option<kernel::time::Date>| day.map(|d| d.to_string()).unwrap_or_default();
    let hour = |hour: Option<u8>| hour.map(|h| h.to_string()).unwrap_or_default();
    let unit = |id: i64| codes.get(&id).cloned().unwrap_or_default();
    let tick = |on: bool| if on { "1" } else { "" };
    let mut form = Filled::new()
        .set("version", rule.version)
        .set("rule_name", &edition.name)
        .set("rule_active", tick(edition.active))
        .set("rule_from", day(edition.from_day))
        .set("rule_until", day(edition.until_day))
        .set("rule_form", &of.form)
        .set("rule_stretches", of.stretches.join("、"))
        .set("rule_words", of.words.join("、"))
        .set("rule_without", of.without.join("、"))
        .set("rule_hour_from", hour(of.hour_from))
        .set("rule_hour_until", hour(of.hour_until))
        .set("rule_days", &of.days)
        .set("rule_urgent", tick(of.urgent))
        .set("rule_expression", &edition.extra)
        .set("rule_lead", unit(edition.lead_unit.raw()))
        .set("rule_condition", &edition.limit_condition)
        .set("rule_mode", edition.mode.code());
    let majors: Vec<String> = of.majors.iter().map(|c| format!("all:{c}")).collect();
    let assisting: Vec<String> = edition.assisting.0.iter().map(|id| unit(*id)).collect();
    for (name, list) in [
        ("rule_kinds", &of.kinds),
        ("rule_kinds", &majors),
        ("rule_sources", &of.sources),
        ("rule_divisions", &of.divisions),
        ("rule_site_types", &of.site_types),
        ("rule_register_units", &of.register_units),
        ("rule_assisting", &assisting),
    ] {
        form = list.iter().fold(form, |form, value| form.set(name, value));
    }
    form
}

pub(super) async fn edit_form(req: Req, Path(text): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let number = number(&text).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let (rule, editions) = queries::rule(ctx, tx, number)?;
        let edition = editions.into_iter().next().ok_or_else(Problem::not_found)?;
        let codes = people::queries::directory(tx)?.into_iter().map(|u| (u.id.raw(), u.code)).collect();
        Ok((filled(&rule, &edition, &codes), edition.name))
    });
    let (form, name) = read.await.or_fail(&req)?;
    page(&req, &form_page(&req, form, Some((number, name))).await?)
}

async fn again(req: &Req, form: &Form, problem: Problem, of: Option<(i64, String)>) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &form_page(req, filled, of).await?),
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let (desk, index) = around(&req).await?;
    let sent = form.clone();
    let work = req.write(move |ctx, tx| {
        let city = City { catalogue: &desk.catalogue, index: &index };
        let draft = forms::from_form(&sent)?.read(tx, &city)?;
        commands::create(ctx, tx, draft)
    });
    match work.await {
        Ok(rule) => Ok(redirect(&req, &format!("{HOME}/{}", rule.number), "routing-made", "")),
        Err(problem) => again(&req, &form, problem, None).await,
    }
}

pub(super) async fn change(req: Req, Path(text): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let number = number(&text).or_fail(&req)?;
    let (desk, index) = around(&req).await?;
    let sent = form.clone();
    let work = req.write(move |ctx, tx| {
        let city = City { catalogue: &desk.catalogue, index: &index };
        let draft = forms::from_form(&sent)?;
        let seen = draft.version.ok_or_else(Problem::stale)?;
        let draft = draft.read(tx, &city)?;
        commands::change(ctx, tx, number, seen, draft)
    });
    match work.await {
        Ok(rule) => Ok(redirect(&req, &format!("{HOME}/{}", rule.number), "routing-changed", "")),
        // somebody was faster: what was typed stays in the form
        Err(problem) => {
            let problem = if problem.code == "stale" {
                Problem::field("rule_name", "changed-meanwhile")
            } else {
                problem
            };
            again(&req, &form, problem, Some((number, form.text("rule_name").to_owned()))).await
        }
    }
}

/// `way=up` or `way=down`.
pub(super) async fn shift(req: Req, Path(text): Path<String>, form: Form) -> Answer {
    let number = number(&text).or_fail(&req)?;
    let up = match form.text("way") {
        "up" => true,
        "down" => false,
        _ => return Err(Fail::of(&req, Problem::field("way", "not-a-choice"))),
    };
    req.write(move |ctx, tx| commands::shift(ctx, tx, number, up)).await.or_fail(&req)?;
    Ok(redirect(&req, HOME, "routing-moved", ""))
}
