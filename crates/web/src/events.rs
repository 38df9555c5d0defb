//! Events of the log as plain sentences: who did what, in the reader's language.

use crate::parts::{Line, Mood};
use crate::ui::Ui;
use kernel::time::{Instant, parse_date};
use store::audit::HistoryLine;

/// What a sentence may name: every fact as it is written down, days and times in the reader's way of writing, and beside
/// it `<name>-text`: the text `<area>-<name>-<value>` or `<name>-<value>` where there is one. A sentence *selects* on a fact and *prints* its text:
/// were the fact itself translated, no selector would ever match, and a unit called "close" would be told as a button.
pub fn facts(ui: &Ui, line: &HistoryLine) -> Vec<(String, String)> {
    let area = line.verb.split('.').next().unwrap_or_default();
    let mut told = Vec::new();
    for name in line.facts().keys() {
        let value = line.fact(name);
        let keys = [format!("{area}-{name}-{value}"), format!("{name}-{value}"), format!("actor-{value}")];
        // only work of the program is called by what does it
        let text = keys.iter().take(if area == "job" { 3 } else { 2 }).find_map(|key| ui.maybe(key));
        let day = || parse_date(&value).map(|day| ui.date(&day));
        let time = || Instant::parse_rfc3339(&value).map(|at| ui.time(&at));
        let shown = day().or_else(time).unwrap_or(value);
        told.push((format!("{name}-text"), text.unwrap_or_else(|| shown.clone())));
        told.push((name.clone(), shown));
    }
    told
}

/// The sentence `event-<area>-<what>`. What has none yet is told by its verb, so that nothing is missing from the log.
pub fn sentence(ui: &Ui, line: &HistoryLine) -> String {
    let key = line.sentence_key();
    if ui.maybe(&key).is_none() {
        return line.verb.clone();
    }
    let facts = facts(ui, line);
    let args: Vec<(&str, String)> =
        facts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    ui.ta(key, &args)
}

/// Who did it: a person by name, a part of the program by what it is for, or somebody without an account.
pub fn actor(ui: &Ui, line: &HistoryLine) -> String {
    match line.actor.split_once(':') {
        Some(("person", _)) => line.actor_name.clone(),
        Some(("system", name)) => match ui.maybe(format!("actor-{name}")) {
            Some(purpose) => ui.ta("actor-system", [("purpose", purpose)]),
            None => ui.t("actor-program"),
        },
        _ => ui.t("actor-public"),
    }
}

/// A history as pages show it, newest first. `look` gives each event's icon and mood by its verb.
pub fn lines(ui: &Ui, events: &[HistoryLine], look: impl Fn(&str) -> (&'static str, Mood)) -> Vec<Line> {
    let line = |event: &HistoryLine| {
        let (icon, mood) = look(&event.verb);
        Line {
            icon,
            mood,
            text: sentence(ui, event),
            at: Some(event.at),
            meta: actor(ui, event),
            note: event.words().unwrap_or_default(),
            ..Line::default()
        }
    };
    events.iter().rev().map(line).collect()
}

/// For a process whose steps all look alike.
pub fn plain(_verb: &str) -> (&'static str, Mood) {
    ("pencil", "")
}
