//! An expression with the paths of an XForm in place of names.

use super::Expr;
use super::print::{Names, written};

/// How an item is reached from another.
pub(crate) trait Ways {
    /// Path of `name` as seen from the item with the number `from`; relative where both stand in one row of a repeat.
    fn way(&self, from: usize, name: &str) -> String;
}

struct Seen<'w, W> {
    ways: &'w W,
    from: usize,
}

impl<W: Ways> Names for Seen<'_, W> {
    fn name(&self, name: &str) -> String {
        self.ways.way(self.from, name)
    }
}

impl Expr {
    /// As XPath, for the item with this number in the order of the checklist.
    pub(crate) fn xpath(&self, from: usize, ways: &impl Ways) -> String {
        written(&self.0, &Seen { ways, from })
    }
}
