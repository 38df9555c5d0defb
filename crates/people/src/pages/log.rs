//! Events of the log as lines of a page.

use store::audit::HistoryLine;
use web::parts::Line;
use web::{Ui, events};

fn icon(verb: &str) -> &'static str {
    match verb.split_once('.') {
        Some(("unit", _)) => "sitemap",
        Some(("role", _)) => "key",
        Some(("account", what)) if what.contains("refused") || what.contains("unknown") => "alert-triangle",
        Some(("account", what)) if what.starts_with("signed") => "login",
        Some(("account", _)) => "user",
        Some(("case", _)) => "clipboard-list",
        Some(("consent", _)) => "checkbox",
        Some(("provider", _)) => "id-badge-2",
        Some(("audit", _)) => "shield-check",
        Some(("setting", _)) => "settings",
        _ => "activity",
    }
}

pub(super) fn line(ui: &Ui, event: &HistoryLine) -> Line {
    let refused = event.verb.ends_with("refused")
        || event.verb.ends_with("unknown")
        || event.verb.ends_with("unlinked")
        || event.verb.ends_with("broken");
    Line {
        icon: icon(&event.verb),
        mood: if refused { "late" } else { "" },
        text: format!("{} {}", events::actor(ui, event), events::sentence(ui, event)),
        at: Some(event.at),
        // the log of before says whom the provider named among its facts
        note: event.words().unwrap_or_else(|| event.fact("subject")),
        ..Line::default()
    }
}

/// A history as pages show it: newest first.
pub(super) fn lines(ui: &Ui, events: &[HistoryLine]) -> Vec<Line> {
    events.iter().rev().map(|e| line(ui, e)).collect()
}
