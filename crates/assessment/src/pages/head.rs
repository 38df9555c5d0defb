//! What all pages of a round begin with.

use crate::policy::{self, Act};
use crate::rounds::model::Round;
use crate::rounds::queries::Sight;
use kernel::workflow::Named;
use web::Ui;

/// Name, state and tabs of a round.
pub(crate) struct Head {
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) mood: &'static str,
    pub(crate) state: String,
    pub(crate) day: String,
    pub(crate) file: String,
    /// Why it was withdrawn.
    pub(crate) reason: String,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) base: String,
}

pub(crate) struct Tab {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) here: bool,
}

/// Tabs, by the last part of their addresses; the first is the round itself.
const TABS: [&str; 5] = ["", "streets", "units", "rows", "desk"];

impl Head {
    pub(crate) fn new(ui: &Ui, round: &Round, sight: &Sight, here: &str) -> Self {
        let base = format!("/assessment/rounds/{}", round.number);
        let shown = |tab: &&str| sight.is_whole() || matches!(*tab, "" | "rows");
        let tabs = TABS.into_iter().filter(shown).map(|tab| Tab {
            href: if tab.is_empty() { base.clone() } else { format!("{base}/{tab}") },
            text: ui.named("round-tab", if tab.is_empty() { "items" } else { tab }),
            here: tab == here,
        });
        Self {
            number: round.number.clone(),
            name: round.name.clone(),
            mood: round.state.mood(),
            state: ui.named("round-state", round.state.code()),
            day: ui.date(&round.day()),
            file: round.file_name.clone(),
            reason: round.reason.clone(),
            tabs: tabs.collect(),
            base,
        }
    }

    /// Whether texts and rows may be judged by this person now.
    pub(crate) fn may_match(ui: &Ui, round: &Round) -> bool {
        round.is_open() && policy::may(&ui.ctx, Act::Match)
    }
}
