//! Further questions as forms ask them, and their answers as pages tell them.

use crate::catalogue::Catalogue;
use crate::catalogue::extras::{BETWEEN, Extra, ExtraKind, NewExtra, asked};
use crate::forms::{chosen, extra_field, item, item_code};
use crate::model::Item;
use crate::store::Answered;
use kernel::ctx::Locale;
use kernel::id::Id;
use kernel::masking::{Audience, mask_text};
use kernel::workflow::Named;
use web::Ui;
use web::form::Filled;
use web::parts::Fact;

/// What a form asks now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asking {
    /// Code of the kind that it is about; empty for none.
    pub item: String,
    pub fields: Vec<ExtraField>,
}

/// A question as a form asks it.
#[derive(Clone, Debug)]
pub(crate) struct ExtraField {
    pub name: String,
    pub wording: String,
    pub kind: &'static str,
    pub unit: String,
    /// Value and text of what can be chosen.
    pub options: Vec<(String, String)>,
    pub required: bool,
    pub personal: bool,
    /// Whether another question waits for its answer.
    pub asks_more: bool,
}

impl ExtraField {
    fn of(ui: &Ui, extra: &NewExtra, all: &[Extra]) -> Self {
        Self {
            name: extra_field(&extra.code),
            wording: extra.wording.of(ui.locale()).to_owned(),
            kind: extra.kind.code(),
            unit: extra.unit.of(ui.locale()).to_owned(),
            options: extra.options().into_iter().map(|o| (o.to_owned(), option_text(ui, extra, o))).collect(),
            required: extra.required,
            personal: extra.personal,
            asks_more: all
                .iter()
                .any(|e| e.asked.after.as_ref().is_some_and(|(code, _)| *code == extra.code)),
        }
    }
}

/// The kind that a report form names.
fn item_of(catalogue: &Catalogue, form: &Filled) -> Option<Id<Item>> {
    item(catalogue, "kind", chosen(form.value("kind"), form.value("other_kind"))).ok().flatten()
}

/// What a report form asks after what was typed into it so far; nothing as long as no kind is chosen.
pub(crate) fn asking(ui: &Ui, catalogue: &Catalogue, form: &Filled) -> Asking {
    let id = item_of(catalogue, form);
    let all = catalogue.extras(id);
    let given = |code: &str| -> Vec<String> {
        let name = extra_field(code);
        form.all(&name).map(str::to_owned).collect()
    };
    let fields = asked(all, &given).into_iter().map(|(e, _)| ExtraField::of(ui, &e.asked, all));
    Asking { item: item_code(catalogue, id), fields: fields.collect() }
}

/// A report form that comes back: its questions are called by their own words in the summary of what is wrong, and its photos wait.
pub(crate) fn called(ui: &Ui, catalogue: &Catalogue, form: Filled) -> Filled {
    let all = catalogue.extras(item_of(catalogue, &form));
    let name =
        |form: Filled, e: &Extra| form.called(&extra_field(&e.asked.code), e.asked.wording.of(ui.locale()));
    all.iter().fold(form.keeping_photos(), name)
}

/// A choice in words.
pub fn option_text(ui: &Ui, extra: &NewExtra, option: &str) -> String {
    match (extra.kind, option) {
        (ExtraKind::YesNo, "yes") => ui.t("catalogue-yes"),
        (ExtraKind::YesNo, _) => ui.t("catalogue-no"),
        _ => {
            let words = extra.choices.iter().find(|choice| choice.zh == option);
            words.map_or(option, |words| words.of(ui.locale())).to_owned()
        }
    }
}

/// An answer in words, numbers of people covered for this audience.
fn answer_text(ui: &Ui, answer: &Answered, audience: Audience) -> String {
    let (asked, value) = (&answer.asked, answer.value.as_str());
    match asked.kind {
        ExtraKind::Text => mask_text(value, audience),
        ExtraKind::Number => format!("{value} {}", asked.unit.of(ui.locale())).trim().to_owned(),
        ExtraKind::One | ExtraKind::YesNo => option_text(ui, asked, value),
        ExtraKind::Several => {
            let texts = value.split(BETWEEN).map(|option| option_text(ui, asked, option));
            texts.collect::<Vec<_>>().join(if ui.locale() == Locale::En { ", " } else { "、" })
        }
    }
}

/// Questions and answers, for whoever may read all of these.
pub(crate) fn answer_facts<'a>(
    ui: &Ui,
    answers: impl Iterator<Item = &'a Answered>,
    audience: Audience,
) -> Vec<Fact> {
    let fact = |a: &Answered| Fact::new(a.asked.wording.of(ui.locale()), answer_text(ui, a, audience));
    answers.map(fact).collect()
}

/// What everybody may read: what was chosen or counted. Nobody has looked through what was written, so that none of it goes out;
/// nor does what says something of a person.
pub(crate) fn public_answers(ui: &Ui, answers: &[Answered]) -> Vec<Fact> {
    let open = answers.iter().filter(|a| !a.asked.personal && a.asked.is_chosen());
    answer_facts(ui, open, Audience::Public)
}

/// What the holder of the report's link reads. A link is passed on: what says something of a person is not behind it, but that it
/// has come is.
pub(crate) fn own_answers(ui: &Ui, answers: &[Answered]) -> Vec<Fact> {
    let fact = |a: &Answered| {
        let wording = a.asked.wording.of(ui.locale());
        if a.asked.personal {
            Fact::new(wording, ui.t("status-answer-kept"))
        } else {
            Fact::new(wording, answer_text(ui, a, Audience::Subject))
        }
    };
    answers.iter().map(fact).collect()
}

/// The answers to a case as a cell of a file, a line for each: `depth=30`. Without those that say something of a person.
pub(crate) fn cell(answers: &[Answered]) -> String {
    let lines = answers.iter().filter(|a| !a.asked.personal).map(|a| {
        let value = mask_text(&a.value, Audience::Unit).replace('\n', " ");
        format!("{}={value}", a.asked.code)
    });
    lines.collect::<Vec<_>>().join("\n")
}
