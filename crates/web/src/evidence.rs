//! What a feature counts for the self-check on 国办函〔2026〕12号: figures from the city's own data, each with where its facts are.

use kernel::ctx::Ctx;
use kernel::problem::Result;
use serde::{Deserialize, Serialize};
use store::Tx;

/// A figure. Its sentence is the text `evidence-<key>` with the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// The duty that it is about: `forms`, `photos` …; see the crate `portal`.
    pub duty: String,
    pub key: String,
    pub facts: Vec<(String, String)>,
    /// Where what was counted is listed; empty where no list shows it.
    pub href: String,
    /// Whether somebody should look at it.
    pub attention: bool,
}

impl Evidence {
    pub fn new(duty: &str, key: &str) -> Self {
        Self { duty: duty.to_owned(), key: key.to_owned(), ..Self::default() }
    }

    /// A day is written in the reader's way, a number as it is.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.push((name.to_owned(), value.to_string()));
        self
    }

    #[must_use]
    pub fn at(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }

    #[must_use]
    pub fn attention(mut self, attention: bool) -> Self {
        self.attention = attention;
        self
    }

    /// The sentence in the reader's language.
    pub fn sentence(&self, ui: &crate::Ui) -> String {
        let shown = |value: &String| {
            kernel::time::parse_date(value).map_or_else(|| value.clone(), |day| ui.date(&day))
        };
        let facts: Vec<(&str, String)> = self.facts.iter().map(|(n, v)| (n.as_str(), shown(v))).collect();
        ui.ta(format!("evidence-{}", self.key), &facts)
    }
}

/// See [`crate::Feature::evidence`]. Runs when somebody opens the self-check, which few do.
pub type Count = fn(&Ctx, &mut Tx<'_>) -> Result<Vec<Evidence>>;
