//! What rose and what fell between two summaries: of one round before and after a decision, or of two rounds.

use super::summary::{Line, Summary};
use scoring::Exact;

/// An item, a street or a unit in both.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub name: String,
    /// None: it is not in there.
    pub before: Option<Line>,
    pub after: Option<Line>,
}

impl Moved {
    /// By how much its rate rose; none where it is in one only.
    pub fn rise(&self) -> Option<Exact> {
        Some(self.after.as_ref()?.rate.clone() - self.before.as_ref()?.rate.clone())
    }

    pub fn is_still(&self) -> bool {
        self.before == self.after
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub before: Summary,
    pub after: Summary,
    pub items: Vec<Moved>,
    pub streets: Vec<Moved>,
    pub units: Vec<Moved>,
}

impl Change {
    /// Those of both, in the order of the later one; what is only in the earlier stands behind.
    pub fn between(before: &Summary, after: &Summary) -> Self {
        Self {
            items: moved(&before.items, &after.items),
            streets: moved(&before.streets, &after.streets),
            units: moved(&before.units, &after.units),
            before: before.clone(),
            after: after.clone(),
        }
    }

    /// Only what differs.
    #[must_use]
    pub fn only_moved(mut self) -> Self {
        for lines in [&mut self.items, &mut self.streets, &mut self.units] {
            lines.retain(|line| !line.is_still());
        }
        self
    }
}

fn moved(before: &[Line], after: &[Line]) -> Vec<Moved> {
    let find = |lines: &[Line], name: &str| lines.iter().find(|line| line.name == name).cloned();
    let mut all: Vec<Moved> = after
        .iter()
        .map(|line| Moved {
            name: line.name.clone(),
            before: find(before, &line.name),
            after: Some(line.clone()),
        })
        .collect();
    for line in before.iter().filter(|line| !after.iter().any(|a| a.name == line.name)) {
        all.push(Moved { name: line.name.clone(), before: Some(line.clone()), after: None });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, rate: &str) -> Line {
        Line {
            name: name.into(),
            points: 1,
            faults: 0,
            rate: Exact::parse(rate).unwrap(),
            score: None,
            quota: None,
            costs: None,
        }
    }

    #[test]
    fn what_is_in_one_only_is_shown_and_never_taken_for_a_rise() {
        let before = Summary { items: vec![line("甲", "0.5"), line("乙", "1")], ..Summary::default() };
        let after = Summary { items: vec![line("丙", "1"), line("甲", "0.75")], ..Summary::default() };
        let change = Change::between(&before, &after);
        let told: Vec<_> =
            change.items.iter().map(|m| (m.name.as_str(), m.rise().map(|r| r.to_string()))).collect();
        assert_eq!(told, [("丙", None), ("甲", Some("0.25".to_owned())), ("乙", None)]);
        assert!(Change::between(&after, &after).only_moved().items.is_empty());
    }
}
