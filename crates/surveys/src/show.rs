//! How surveys are told.

use crate::checks::Finding;
use crate::model::Survey;
use crate::question::{Question, QuestionKind, UNSURE, field};
use crate::results::{self, Column, Cross, Mean, QuestionResult, StandardResult};
use crate::workflow::State;
use ::store::audit::HistoryLine;
use kernel::workflow::Named;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;
use web::Ui;
use web::form::Filled;
use web::parts::Line;

pub(crate) fn state(ui: &Ui, state: State) -> String {
    ui.named("survey-state", state.code())
}

pub(crate) fn kind(ui: &Ui, kind: QuestionKind) -> String {
    ui.named("survey-kind", kind.code())
}

/// Codes and texts of a closed list.
pub(crate) fn options<T: Named>(ui: &Ui, prefix: &str) -> Vec<(String, String)> {
    T::ALL.iter().map(|one| (one.code().to_owned(), ui.named(prefix, one.code()))).collect()
}

/// What a person should look at, in words: "Question 3: …".
pub(crate) fn doubt(ui: &Ui, finding: &Finding) -> String {
    let args = [("number", (finding.at + 1).to_string()), ("word", finding.word.clone())];
    ui.ta(format!("survey-doubt-{}", finding.doubt.code()), args)
}

/// A share with one digit, `87.5%`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A mean and its interval: a share, or a plain number.
pub(crate) fn mean(mean: &Mean, number: bool) -> (String, String) {
    let text = |x: f64| if number { format!("{x:.2}") } else { percent(x) };
    let about = if mean.step.is_some() { "≈" } else { "" };
    (format!("{about}{}", text(mean.value)), format!("{}–{}", text(mean.low), text(mean.high)))
}

impl QuestionResult {
    /// Mean and interval in words.
    pub(crate) fn told(&self) -> Option<(String, String)> {
        self.mean.as_ref().map(|m| mean(m, self.kind == QuestionKind::Number))
    }

    /// Empty where there is none.
    pub(crate) fn effect(&self) -> String {
        self.mean.and_then(|m| m.design_effect).map_or_else(String::new, |e| format!("{e:.2}"))
    }
}

impl StandardResult {
    pub(crate) fn told(&self) -> Option<(String, String)> {
        self.mean.as_ref().map(|m| mean(m, false))
    }
}

impl Column {
    pub(crate) fn told(&self) -> String {
        self.mean.as_ref().map_or_else(|| "–".to_owned(), |m| percent(m.value))
    }
}

impl Cross {
    pub(crate) fn has_mean(&self) -> bool {
        self.columns.iter().any(|c| c.mean.is_some())
    }
}

impl results::Line {
    /// For the chart: percent; nothing for what is hidden.
    pub(crate) fn plot(&self) -> String {
        self.share.map_or_else(String::new, |s| format!("{:.1}", s * 100.0))
    }
}

/// A question as somebody sees it who is to answer.
pub(crate) struct Ask {
    pub name: String,
    pub number: usize,
    pub text: String,
    /// When it is to be answered; empty: always.
    pub note: String,
    pub options: Vec<(String, String)>,
    pub several: bool,
    pub is_number: bool,
    pub is_text: bool,
    pub least: String,
    pub most: String,
}

pub(crate) fn asks(ui: &Ui, questions: &[Question]) -> Vec<Ask> {
    let one = |(at, q): (usize, &Question)| {
        let mut options: Vec<(String, String)> =
            q.options.iter().enumerate().map(|(n, o)| (n.to_string(), o.text.clone())).collect();
        options.push((UNSURE.to_owned(), ui.t("survey-unsure")));
        Ask {
            name: field(q),
            number: at + 1,
            text: q.text.clone(),
            note: condition(ui, q, questions),
            options,
            several: q.kind == QuestionKind::Multiple,
            is_number: q.kind == QuestionKind::Number,
            is_text: q.kind == QuestionKind::Text,
            least: q.least.map(|n| n.to_string()).unwrap_or_default(),
            most: q.most.map(|n| n.to_string()).unwrap_or_default(),
        }
    };
    questions.iter().enumerate().map(one).collect()
}

/// "Only if you chose … in question 1"; empty for a question that is always asked.
pub(crate) fn condition(ui: &Ui, question: &Question, questions: &[Question]) -> String {
    let Some(when) = &question.when else { return String::new() };
    let Some(at) = questions.iter().position(|q| q.key == when.question) else { return String::new() };
    let chosen: Vec<&str> =
        when.options.iter().filter_map(|o| questions[at].options.get(*o)).map(|o| o.text.as_str()).collect();
    ui.ta("survey-only-if", [("number", (at + 1).to_string()), ("options", chosen.join("、"))])
}

/// A trait as choices: field, name, categories with "rather not say".
pub(crate) type TraitAsk = (String, String, Vec<(String, String)>);

pub(crate) fn traits(ui: &Ui, survey: &Survey) -> Vec<TraitAsk> {
    let one = |(at, of): (usize, &crate::model::Trait)| {
        let mut options: Vec<(String, String)> =
            of.categories.iter().enumerate().map(|(n, c)| (n.to_string(), c.name.clone())).collect();
        options.push(("-".to_owned(), ui.t("survey-rather-not")));
        (format!("t-{at}"), of.name.clone(), options)
    };
    survey.traits.0.iter().enumerate().map(one).collect()
}

/// Names the fields of questions in the summary of what is wrong.
pub(crate) fn called(ui: &Ui, survey: &Survey, mut form: Filled) -> Filled {
    for (at, of) in survey.traits.0.iter().enumerate() {
        form = form.called(&format!("t-{at}"), &of.name);
    }
    for (at, question) in survey.questions.0.iter().enumerate() {
        form = form
            .called(&field(question), &ui.ta("survey-question-number", [("number", (at + 1).to_string())]));
    }
    form
}

fn look(verb: &str) -> (&'static str, &'static str) {
    match verb {
        "survey.published" => ("send", "brand"),
        "survey.closed" => ("check", "ok"),
        "survey.visited" => ("checklist", ""),
        "survey.question-removed" => ("rotate-2", "late"),
        _ => ("pencil", ""),
    }
}

/// Newest first.
pub(crate) fn history(ui: &Ui, lines: &[HistoryLine]) -> Vec<Line> {
    let line = |line: &HistoryLine| {
        let (icon, mood) = look(&line.verb);
        Line {
            icon,
            mood,
            text: web::events::sentence(ui, line),
            at: Some(line.at),
            meta: web::events::actor(ui, line),
            note: line.words().unwrap_or_default(),
            photos: Vec::new(),
        }
    };
    lines.iter().rev().map(line).collect()
}

/// White margin around a code, in squares; readers want four.
const QUIET: usize = 4;

/// A QR code as a drawing; empty where the text is too long for one.
pub(crate) fn qr(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return String::new() };
    let (width, mut path) = (code.width(), String::new());
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        for (column, _) in line.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
        }
    }
    let side = width + 2 * QUIET;
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" aria-hidden=\"true\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    )
}
