//! What features say of how long their things are kept, put together. See [`store::keep`].

use crate::feature::Feature;
use store::keep::{Keep, OWN, OWN_STAYS, Stays, Trace};

/// Every rule, and every table that nothing is erased from. In a city's memory once it is open.
#[derive(Debug)]
pub struct Keeps {
    pub rules: Vec<&'static Keep>,
    pub stays: Vec<Stays>,
    pub traces: Vec<&'static Trace>,
}

impl Keeps {
    /// Rules of features in their order, those of the store last.
    pub fn of(features: &[Feature]) -> Self {
        let rules = features.iter().flat_map(|f| f.keeps).chain(OWN).copied().collect();
        let stays = features.iter().flat_map(|f| f.stays).chain(OWN_STAYS).copied().collect();
        let traces = features.iter().flat_map(|f| f.traces).copied().collect();
        Self { rules, stays, traces }
    }

    pub fn rule(&self, key: &str) -> Option<&'static Keep> {
        self.rules.iter().copied().find(|rule| rule.key == key)
    }
}
