//! Events of the log as plain sentences: who did what.

use store::audit::HistoryLine;
use web::Ui;
use web::parts::Line;

/// The sentence is `event-<area>-<what>`; a fact whose `<name>-<value>` is a text is told in the reader's language. What
/// has no sentence yet is told by its verb, so that nothing is missing from the log.
pub(super) fn sentence(ui: &Ui, event: &HistoryLine) -> String {
    let facts: Vec<(String, String)> = event
        .facts()
        .keys()
        .map(|name| {
            let value = event.fact(name);
            let told = ui.maybe(format!("{name}-{value}")).unwrap_or(value);
            (name.clone(), told)
        })
        .collect();
    let key = event.sentence_key();
    if ui.maybe(&key).is_none() {
        return event.verb.clone();
    }
    let args: Vec<(&str, String)> = facts.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    ui.ta(key, &args)
}

pub(super) fn actor(ui: &Ui, event: &HistoryLine) -> String {
    match event.actor.split_once(':') {
        Some(("person", _)) => event.actor_name.clone(),
        Some(("system", name)) => ui.ta("log-actor-system", [("name", name.to_owned())]),
        _ => ui.t("log-actor-public"),
    }
}

fn icon(verb: &str) -> &'static str {
    match verb.split_once('.') {
        Some(("unit", _)) => "sitemap",
        Some(("role", _)) => "key",
        Some(("account", what)) if what.contains("refused") || what.contains("unknown") => "alert-triangle",
        Some(("account", what)) if what.starts_with("signed") => "login",
        Some(("account", _)) => "user",
        Some(("case", _)) => "clipboard-list",
        Some(("consent", _)) => "checkbox",
        Some(("audit", _)) => "shield-check",
        Some(("setting", _)) => "settings",
        _ => "activity",
    }
}

pub(super) fn line(ui: &Ui, event: &HistoryLine) -> Line {
    let refused =
        event.verb.ends_with("refused") || event.verb.ends_with("unknown") || event.verb.ends_with("broken");
    Line {
        icon: icon(&event.verb),
        mood: if refused { "late" } else { "" },
        text: format!("{} {}", actor(ui, event), sentence(ui, event)),
        at: Some(event.at),
        note: event.text.clone().unwrap_or_default(),
        ..Line::default()
    }
}

/// A history as pages show it: newest first.
pub(super) fn lines(ui: &Ui, events: &[HistoryLine]) -> Vec<Line> {
    events.iter().rev().map(|e| line(ui, e)).collect()
}
