//! A checklist's items in one row, with what stands around each of them.

use crate::expr::{Expr, Ways};
use crate::model::{Checklist, Item, Kind, Question};
use std::collections::{BTreeSet, HashMap};

/// Name of the element that holds all answers in an XForm and in a submission.
pub(crate) const ROOT: &str = "data";

pub(crate) struct Entry<'c> {
    pub(crate) item: &'c Item,
    /// The section or repeat it stands in.
    pub(crate) parent: Option<usize>,
    /// Repeats around it, outermost first; a repeat does not stand around itself.
    pub(crate) repeats: Vec<usize>,
    /// Names from the outermost to its own.
    pub(crate) path: Vec<&'c str>,
}

pub(crate) struct Map<'c> {
    pub(crate) entries: Vec<Entry<'c>>,
    /// The first item of each name.
    names: HashMap<&'c str, usize>,
}

impl<'c> Map<'c> {
    pub(crate) fn of(checklist: &'c Checklist) -> Self {
        let mut map = Self { entries: Vec::new(), names: HashMap::new() };
        map.enter(&checklist.items, None, &[], &[]);
        map
    }

    fn enter(&mut self, items: &'c [Item], parent: Option<usize>, repeats: &[usize], path: &[&'c str]) {
        for item in items {
            let at = self.entries.len();
            let mut path = path.to_vec();
            path.push(item.name());
            self.names.entry(item.name()).or_insert(at);
            self.entries.push(Entry { item, parent, repeats: repeats.to_vec(), path: path.clone() });
            let mut inside = repeats.to_vec();
            if matches!(item, Item::Repeat(_)) {
                inside.push(at);
            }
            self.enter(item.items(), Some(at), &inside, &path);
        }
    }

    pub(crate) fn at(&self, at: usize) -> Option<&Entry<'c>> {
        self.entries.get(at)
    }

    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    pub(crate) fn question(&self, at: usize) -> Option<&'c Question> {
        match self.at(at)?.item {
            Item::Question(question) => Some(question),
            _ => None,
        }
    }

    /// Repeats whose rows an item is answered in, itself included where it is one.
    pub(crate) fn rows(&self, at: usize) -> Vec<usize> {
        let Some(entry) = self.at(at) else { return Vec::new() };
        let mut rows = entry.repeats.clone();
        if matches!(entry.item, Item::Repeat(_)) {
            rows.push(at);
        }
        rows
    }

    /// Whether `outer` is the item itself or stands around it.
    pub(crate) fn is_inside(&self, at: usize, outer: usize) -> bool {
        let mut next = Some(at);
        while let Some(at) = next {
            if at == outer {
                return true;
            }
            next = self.at(at).and_then(|entry| entry.parent);
        }
        false
    }

    /// Everything inside an item, in order, without itself.
    pub(crate) fn inside(&self, outer: usize) -> impl Iterator<Item = usize> + '_ {
        // entries inside follow directly
        (outer + 1..self.entries.len()).take_while(move |at| self.is_inside(*at, outer))
    }

    /// How many repeats two items share, seen from the first.
    pub(crate) fn shared(&self, from: usize, target: usize) -> usize {
        let from = self.rows(from);
        let target = self.at(target).map(|entry| entry.repeats.as_slice()).unwrap_or_default();
        from.iter().zip(target).take_while(|(one, other)| one == other).count()
    }

    /// Items in an order in which everything that a relevance, a count or a calculation asks for comes first; and those
    /// that wait for each other in a circle.
    pub(crate) fn order(&self) -> (Vec<usize>, Vec<usize>) {
        let mut waits = vec![0_usize; self.entries.len()];
        let mut followers: Vec<Vec<usize>> = vec![Vec::new(); self.entries.len()];
        for (at, entry) in self.entries.iter().enumerate() {
            let asked =
                entry.asks().into_iter().flat_map(|expr| expr.names().into_iter().map(|n| self.find(n)));
            let before: BTreeSet<usize> = asked.chain([entry.parent]).flatten().collect();
            for needed in before {
                if let Some(followers) = followers.get_mut(needed) {
                    followers.push(at);
                    waits[at] += 1;
                }
            }
        }
        let mut ready: BTreeSet<usize> = (0..waits.len()).filter(|at| waits[*at] == 0).collect();
        let mut order = Vec::with_capacity(waits.len());
        while let Some(at) = ready.pop_first() {
            order.push(at);
            for follower in &followers[at] {
                waits[*follower] -= 1;
                if waits[*follower] == 0 {
                    ready.insert(*follower);
                }
            }
        }
        let mut circle: Vec<usize> = (0..waits.len()).filter(|at| waits[*at] > 0).collect();
        // those that only wait for a circle and are waited for by none in it have no part in it
        loop {
            let before = circle.len();
            let kept: BTreeSet<usize> = circle.iter().copied().collect();
            circle.retain(|at| followers[*at].iter().any(|follower| kept.contains(follower)));
            if circle.len() == before {
                return (order, circle);
            }
        }
    }
}

impl<'c> Entry<'c> {
    /// Expressions that must be worked out before the item's own value is known.
    fn asks(&self) -> Vec<&'c Expr> {
        let calculated = match self.item {
            Item::Question(Question { kind: Kind::Calculate { expr }, .. }) => Some(expr),
            Item::Repeat(repeat) => repeat.count.as_ref(),
            _ => None,
        };
        self.item.relevant().into_iter().chain(calculated).collect()
    }

    /// `/data/section/question`
    pub(crate) fn xpath(&self) -> String {
        format!("/{ROOT}/{}", self.path.join("/"))
    }
}

impl Ways for Map<'_> {
    fn way(&self, from: usize, name: &str) -> String {
        let Some((target, here)) = self.find(name).zip(self.at(from)) else {
            return format!("/{ROOT}/{name}");
        };
        let Some(there) = self.at(target) else { return format!("/{ROOT}/{name}") };
        if self.shared(from, target) == 0 {
            return there.xpath();
        }
        // in the same row: up to what stands around both, and down again
        let depth = here.path.iter().zip(&there.path).take_while(|(one, other)| one == other).count();
        let mut steps = vec![".."; here.path.len().saturating_sub(depth)];
        if steps.is_empty() {
            steps.push(".");
        }
        steps.extend(there.path.iter().skip(depth));
        steps.join("/")
    }
}
