//! What a closed survey says: one set of numbers as a page, as a table, and as JSON.

use crate::model::Survey;
use crate::policy::{self, Act};
use crate::queries::{self, Doors};
use crate::question::QuestionKind;
use crate::results::weights::{Told, Unmet};
use crate::results::{Column as Group, Cross, NOT_SURE, QuestionResult, Results, StandardResult};
use crate::show;
use axum::http::header;
use axum::response::IntoResponse;
use kernel::problem::Problem;
use kernel::workflow::Named;
use serde_json::{Value, json};
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Fail, Path, Req, Ui, export};

/// Everything that a page or a file is made of.
pub(crate) struct Whole {
    survey: Survey,
    results: Results,
    before: Option<(String, Results)>,
    doors: Doors,
}

#[derive(askama::Template)]
#[template(path = "surveys/results.html")]
struct ResultsPage {
    ui: Ui,
    params: Params,
    of: Whole,
    weights: (&'static str, String),
    may_words: bool,
}

impl ResultsPage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass fields by reference")]
    fn line(&self, text: &str, kind: &QuestionKind) -> String {
        line_name(&self.ui, text, *kind)
    }

    #[expect(clippy::ref_option, reason = "templates pass fields by reference")]
    fn count(&self, n: &Option<u64>) -> String {
        n.map_or_else(|| self.ui.t("survey-hidden"), |n| self.ui.number(n))
    }

    #[expect(clippy::ref_option, reason = "templates pass fields by reference")]
    fn share(&self, share: &Option<f64>) -> String {
        share.map_or_else(|| self.ui.t("survey-hidden"), show::percent)
    }

    fn by(&self, table: &Cross) -> String {
        if table.by.is_empty() { self.ui.t("survey-by-division") } else { table.by.clone() }
    }

    fn group(&self, column: &Group) -> String {
        group_name(&self.ui, column)
    }

    /// What the round before said: its mean, the difference in points, and whether it is more than chance.
    fn earlier(&self, question: &QuestionResult) -> Option<(String, String, String)> {
        let (_, before) = self.of.before.as_ref()?;
        let earlier = before.questions.iter().find(|q| q.key == question.key)?;
        let (now, then) = (question.mean?, earlier.mean?);
        let number = question.kind == QuestionKind::Number;
        let more = now.low > then.high || now.high < then.low;
        let difference = (now.value - then.value) * if number { 1.0 } else { 100.0 };
        let word = self.ui.t(if more { "survey-beyond-chance" } else { "survey-within-chance" });
        Some((show::mean(&then, number).0, format!("{difference:+.1}"), word))
    }

    fn rate(&self) -> String {
        self.of.doors.rate().map_or_else(String::new, |(part, whole)| self.ui.percent(part, whole))
    }
}

fn line_name(ui: &Ui, text: &str, kind: QuestionKind) -> String {
    match (text, kind) {
        ("", _) => ui.t("survey-unsure"),
        ("#", QuestionKind::Number) => ui.t("survey-told-number"),
        (text, _) => text.to_owned(),
    }
}

fn group_name(ui: &Ui, column: &Group) -> String {
    let name = |n: &String| if n.is_empty() { ui.t("survey-not-told") } else { n.clone() };
    column.names.iter().map(name).collect::<Vec<_>>().join("、")
}

fn weights(ui: &Ui, told: &Told) -> (&'static str, String) {
    match told {
        Told::Alike => ("", ui.t("survey-weights-alike")),
        Told::Raked { traits, unequal } => {
            let args = [("traits", traits.join("、")), ("effect", format!("{unequal:.2}"))];
            ("ok", ui.ta("survey-weights-raked", args))
        }
        Told::Unmet(Unmet::Nobody(name)) => {
            ("soon", ui.ta("survey-weights-nobody", [("name", name.clone())]))
        }
        Told::Unmet(Unmet::Unsettled) => ("soon", ui.t("survey-weights-unsettled")),
    }
}

pub(crate) async fn read(req: &Req, number: String) -> Answer<Whole> {
    policy::require(&req.ctx, Act::Results).or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let (survey, results) = queries::results_of(ctx, tx, &number)?;
        let before = queries::before(tx, &survey)?;
        let doors = queries::sample(ctx, tx, &number)?.doors;
        Ok(Whole { survey, results, before, doors })
    });
    read.await.or_fail(req)
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let of = read(&req, number).await?;
    let (ui, params) = (req.ui(), Params::parse(&req.query));
    if params.has("format", "json") {
        let body = serde_json::to_string_pretty(&document(&of)).map_err(Problem::internal);
        let body = body.map_err(|problem| Fail::of(&req, problem))?;
        let name = format!("attachment; filename=\"{}.json\"", of.survey.number);
        let headers =
            [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
        return Ok((headers, body).into_response());
    }
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, &ui, kind, &of);
    }
    let view = ResultsPage {
        weights: weights(&ui, &of.results.weights),
        may_words: policy::may(&req.ctx, Act::Words),
        of,
        params,
        ui,
    };
    page(&req, &view)
}

/// One row a number: question, group, line, n, share, mean.
fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, of: &Whole) -> Answer {
    let column = |key: &str, of: Kind| Column::new(ui.named("survey-column", key), of);
    let heads = [
        column("place", Kind::Int),
        column("question", Kind::Text).width(40.0),
        column("standard", Kind::Text),
        column("by", Kind::Text),
        column("group", Kind::Text),
        column("line", Kind::Text),
        column("n", Kind::Text),
        column("share", Kind::Text),
        column("mean", Kind::Text),
        column("interval", Kind::Text),
        column("effect", Kind::Text),
    ];
    let hidden = || ui.t("survey-hidden");
    let n = |n: Option<u64>| Cell::from(n.map_or_else(hidden, |n| n.to_string()));
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    for q in &of.results.questions {
        let start = |by: String, group: String| {
            vec![
                Cell::Int(i64::try_from(q.at + 1).unwrap_or(i64::MAX)),
                Cell::from(q.text.as_str()),
                Cell::from(q.standard.as_str()),
                Cell::from(by),
                Cell::from(group),
            ]
        };
        let ((mean, interval), effect) = (q.told().unwrap_or_default(), q.effect());
        let mut row = start(String::new(), String::new());
        row.extend([Cell::from(ui.t("survey-asked")), n(q.asked), Cell::Empty]);
        row.extend([Cell::from(mean), Cell::from(interval), Cell::from(effect)]);
        rows.push(row);
        for line in &q.lines {
            let mut row = start(String::new(), String::new());
            let share = line.share.map_or_else(hidden, show::percent);
            row.extend([Cell::from(line_name(ui, &line.text, q.kind)), n(line.n), Cell::from(share)]);
            row.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
            rows.push(row);
        }
        for table in &q.tables {
            let by = if table.by.is_empty() { ui.t("survey-by-division") } else { table.by.clone() };
            for group in &table.columns {
                let mut row = start(by.clone(), group_name(ui, group));
                let mean = group.mean.as_ref().map(|m| show::mean(m, false)).unwrap_or_default();
                row.extend([Cell::from(ui.t("survey-asked")), n(Some(group.total)), Cell::Empty]);
                row.extend([Cell::from(mean.0), Cell::from(mean.1), Cell::Empty]);
                rows.push(row);
                for (line, count) in q.lines.iter().zip(&group.cells) {
                    let mut row = start(by.clone(), group_name(ui, group));
                    row.extend([Cell::from(line_name(ui, &line.text, q.kind)), n(*count), Cell::Empty]);
                    row.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
                    rows.push(row);
                }
            }
        }
    }
    let name = format!("{}-{}", ui.t("survey-mock"), of.survey.name);
    export::answer(req, kind, &name, &heads, rows)
}

fn mean_json(mean: Option<&crate::results::Mean>) -> Value {
    mean.map_or(Value::Null, |m| {
        json!({ "value": m.value, "low": m.low, "high": m.high, "design_effect": m.design_effect, "rounded_to": m.step })
    })
}

/// The same numbers for programs. What is hidden is `null`.
pub(crate) fn document(of: &Whole) -> Value {
    let line = |l: &crate::results::Line| {
        let text = if l.text.is_empty() { NOT_SURE } else { l.text.as_str() };
        json!({ "option": text, "n": l.n, "share": l.share })
    };
    let table = |t: &Cross| {
        let column = |c: &Group| json!({ "groups": c.names, "n": c.total, "counts": c.cells, "mean": mean_json(c.mean.as_ref()) });
        let by = if t.by.is_empty() { "division" } else { t.by.as_str() };
        json!({ "by": by, "columns": t.columns.iter().map(column).collect::<Vec<_>>() })
    };
    let question = |q: &QuestionResult| {
        json!({
            "place": q.at + 1, "key": q.key, "kind": q.kind.code(), "text": q.text, "standard": q.standard,
            "asked": q.asked, "options": q.lines.iter().map(line).collect::<Vec<_>>(),
            "mean": mean_json(q.mean.as_ref()), "tables": q.tables.iter().map(table).collect::<Vec<_>>(),
        })
    };
    let standard = |s: &StandardResult| {
        let places: Vec<usize> = s.questions.iter().map(|at| at + 1).collect();
        json!({ "code": s.code, "questions": places, "mean": mean_json(s.mean.as_ref()) })
    };
    let (weights, unequal) = match &of.results.weights {
        Told::Alike => ("alike", None),
        Told::Raked { unequal, .. } => ("raked", Some(*unequal)),
        Told::Unmet(_) => ("unmet", None),
    };
    json!({
        "number": of.survey.number, "name": of.survey.name, "mock": true, "audience": of.survey.audience,
        "edition": of.survey.edition, "answers": of.results.answers,
        "segments": of.results.segments, "weights": weights, "weights_effect": unequal,
        "margins_source": of.survey.traits_source,
        "doors": { "answered": of.doors.answered, "refused": of.doors.refused, "absent": of.doors.absent },
        "questions": of.results.questions.iter().map(question).collect::<Vec<_>>(),
        "standards": of.results.standards.iter().map(standard).collect::<Vec<_>>(),
    })
}
