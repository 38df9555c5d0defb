//! Rules in the words of people.

use crate::queries::{AHEAD, InForce, Waiting};
use ::store::keep::{Keep, Way};
use kernel::workflow::Named;
use web::Ui;

pub(crate) fn name(ui: &Ui, rule: &Keep) -> String {
    ui.named("keep", rule.key)
}

/// What starts the clock.
pub(crate) fn starts(ui: &Ui, rule: &Keep) -> String {
    ui.attribute(&format!("keep-{}", rule.key), "starts")
}

/// What becomes of it.
pub(crate) fn goes(ui: &Ui, rule: &Keep) -> String {
    ui.named("keep-goes", rule.goes.code())
}

pub(crate) fn laws(ui: &Ui, rule: &Keep) -> String {
    let laws: Vec<String> = rule.laws.iter().map(|law| ui.named("keep-law", law)).collect();
    laws.join(&ui.t("keep-law-and"))
}

/// "Between 90 and 1825 days", or that nobody may change it.
pub(crate) fn bounds(ui: &Ui, rule: &Keep) -> String {
    if is_fixed(rule) {
        return ui.t("keep-fixed");
    }
    let (least, most) = (ui.number(rule.days.least), ui.number(rule.days.most));
    ui.ta("keep-bounds", [("least", least), ("most", most)])
}

pub(crate) fn is_fixed(rule: &Keep) -> bool {
    matches!(rule.way, Way::Own { .. }) || rule.days.least == rule.days.most
}

/// A rule as a line of the table.
pub(crate) struct Row {
    pub key: &'static str,
    pub name: String,
    pub starts: String,
    pub goes: String,
    pub laws: String,
    pub bounds: String,
    pub days: i64,
    pub usual: i64,
    pub is_fixed: bool,
    pub is_set: bool,
    /// Who set the days, and why.
    pub set: String,
    pub waiting: Option<Waiting>,
}

impl Row {
    pub(crate) fn of(ui: &Ui, found: &InForce, waiting: Option<Waiting>) -> Self {
        let rule = found.rule;
        let set = found.set.as_ref().map(|set| {
            let facts =
                [("who", set.set_by.clone()), ("when", ui.time(&set.set_at)), ("why", set.reason.clone())];
            ui.ta("keep-set", facts)
        });
        Self {
            key: rule.key,
            name: name(ui, rule),
            starts: starts(ui, rule),
            goes: goes(ui, rule),
            laws: laws(ui, rule),
            bounds: bounds(ui, rule),
            days: found.days,
            usual: rule.days.usual,
            is_fixed: is_fixed(rule),
            is_set: found.days != rule.days.usual,
            set: set.unwrap_or_default(),
            waiting,
        }
    }
}

/// The days that a look ahead goes, for a heading.
pub(crate) fn ahead() -> i64 {
    AHEAD
}
