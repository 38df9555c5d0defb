//! A dry run: asking for one, and what it found, down to each case.

use super::list;
use super::shown::{HOME, RunLine, number, run_line};
use crate::commands;
use crate::model::{Report, RunCase, Verdict};
use crate::policy::{self, Act};
use crate::queries::{self, RunFilter};
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use std::collections::HashMap;
use web::error::{OrFail, page, redirect};
use web::form::Filled;
use web::list::{Cursor, Params};
use web::{Answer, Fail, Form, Path, Req, Ui, export};

/// `POST /admin/routing-rules/dry-runs`: leads to the page where its progress can be watched.
pub(super) async fn start(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Try).or_fail(&req)?;
    let sent = form.clone();
    let work = req.write(move |ctx, tx| {
        let day = |name: &'static str| match sent.date(name) {
            Ok(Some(day)) => Ok(day),
            Ok(None) => Err(Problem::invalid(vec![FieldError::new(name, "required")])),
            Err(error) => Err(Problem::invalid(vec![error])),
        };
        let days = (day("from")?, day("until")?);
        commands::try_rules(ctx, tx, days, sent.ticked("with_off"))
    });
    match work.await {
        Ok((_, task)) => Ok(redirect(&req, &format!("/tasks/{task}"), "routing-tried", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => list::show(&req, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

#[derive(askama::Template)]
#[template(path = "routing/run.html")]
struct RunPage {
    ui: Ui,
    params: Params,
    run: RunLine,
    with_off: bool,
    report: Report,
    verdicts: Vec<(String, String)>,
    rules: Vec<(String, String)>,
    lines: Vec<CaseLine>,
    count: i64,
    next: Option<Cursor>,
}

struct CaseLine {
    case: RunCase,
    mood: &'static str,
    verdict: String,
    proposed: String,
    actual: String,
}

fn filter(params: &Params) -> Result<RunFilter> {
    let verdict = match params.get("verdict") {
        "" => None,
        text => Some(Verdict::parse(text).ok_or_else(|| Problem::field("verdict", "not-a-choice"))?),
    };
    let rule = match params.get("rule") {
        "" => None,
        text => Some(text.parse().map_err(|_| Problem::field("rule", "not-a-choice"))?),
    };
    Ok(RunFilter { verdict, rule })
}

fn case_lines(
    ui: &Ui,
    cases: Vec<RunCase>,
    names: &HashMap<kernel::id::Id<kernel::ctx::Unit>, String>,
) -> Vec<CaseLine> {
    let name = |id: Option<_>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    cases
        .into_iter()
        .map(|case| CaseLine {
            mood: case.verdict.mood(),
            verdict: ui.named("routing-verdict", case.verdict.code()),
            proposed: name(case.proposed_unit),
            actual: name(case.actual_unit),
            case,
        })
        .collect()
}

pub(super) async fn page_of(req: Req, Path(text): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Try).or_fail(&req)?;
    let number = number(&text).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let (filter, after) = (filter(&params).or_fail(&req)?, Cursor::parse(params.get("after")).or_fail(&req)?);
    let ui = req.ui();
    let kind = export::kind(params.get("format"));
    let of_rules = params.has("of", "rules");
    let all = kind.is_some() && !of_rules;
    let read = req.read(move |ctx, tx| {
        let run = queries::run(ctx, tx, number)?;
        let count = queries::count_run_cases(ctx, tx, &run, &filter)?;
        let (cases, next) = if all {
            (queries::all_run_cases(ctx, tx, &run, &filter)?, None)
        } else {
            let page = queries::run_cases(ctx, tx, &run, &filter, after)?;
            (page.rows, page.next)
        };
        let ids: Vec<_> = cases.iter().flat_map(|c| [c.proposed_unit, c.actual_unit]).flatten().collect();
        let names = people::queries::unit_names(tx, &ids)?;
        Ok((run, count, cases, next, names))
    });
    let (run, count, cases, next, names) = read.await.or_fail(&req)?;
    let lines = case_lines(&ui, cases, &names);
    match kind {
        Some(kind) if of_rules => return rules_exported(&req, &ui, kind, &run.report.0),
        Some(kind) => return exported(&req, &ui, kind, &lines),
        None => {}
    }
    let verdicts = Verdict::ALL.iter().map(|v| (v.code().to_owned(), ui.named("routing-verdict", v.code())));
    let rules = run.report.0.rules.iter().map(|r| (r.number.to_string(), format!("{} {}", r.number, r.name)));
    let view = RunPage {
        run: run_line(&ui, &run),
        with_off: run.with_off,
        verdicts: verdicts.collect(),
        rules: rules.collect(),
        report: run.report.0,
        lines,
        count,
        next,
        params,
        ui,
    };
    page(&req, &view)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, lines: &[CaseLine]) -> Answer {
    let heads = ["case", "title", "rule", "verdict", "proposed", "actual", "fault"].map(|key| {
        Column::new(ui.named("routing-column", key), if key == "rule" { Kind::Int } else { Kind::Text })
    });
    let rows = lines.iter().map(|line| {
        let rule = if line.case.rule == 0 { Cell::Empty } else { Cell::Int(line.case.rule) };
        vec![
            Cell::from(line.case.number.as_str()),
            Cell::from(line.case.title.as_str()),
            rule,
            Cell::from(line.verdict.as_str()),
            Cell::from(line.proposed.as_str()),
            Cell::from(line.actual.as_str()),
            Cell::from(line.case.fault.as_str()),
        ]
    });
    export::answer(req, kind, &ui.t("routing-run"), &heads, rows)
}

fn rules_exported(req: &Req, ui: &Ui, kind: sheets::FileKind, report: &Report) -> Answer {
    let keys = ["rule", "edition", "matched", "agree", "differ", "waiting", "by-rule", "shadowed", "faults"];
    let mut heads = vec![Column::new(ui.named("routing-column", "name"), Kind::Text)];
    heads.extend(keys.map(|key| Column::new(ui.named("routing-column", key), Kind::Int)));
    let rows = report.rules.iter().map(|r| {
        let counts =
            [r.number, r.edition, r.matched, r.agree, r.differ, r.waiting, r.by_rule, r.shadowed, r.faults];
        std::iter::once(Cell::from(r.name.as_str())).chain(counts.map(Cell::Int)).collect()
    });
    export::answer(req, kind, &ui.t("routing-run-rules"), &heads, rows)
}

impl RunPage {
    /// The list narrowed to what a number counts.
    fn only(&self, rule: i64, verdict: &str) -> String {
        let rule = if rule == 0 { String::new() } else { format!("&rule={rule}") };
        let verdict = if verdict.is_empty() { String::new() } else { format!("&verdict={verdict}") };
        format!(
            "{HOME}/dry-runs/{}?{}#cases",
            self.run.number,
            format!("{rule}{verdict}").trim_start_matches('&')
        )
    }

    fn here(&self) -> String {
        format!("{HOME}/dry-runs/{}", self.run.number)
    }
}
