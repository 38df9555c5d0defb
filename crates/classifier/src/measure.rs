//! How well it does on examples that are newer than all it learnt from.

use crate::train::{Plan, train};
use crate::{Example, vocabulary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What came out, and what always saying the commonest label would have given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Examples it learnt from, and examples it was tried on.
    pub learnt: usize,
    pub tried: usize,
    /// Of those tried: the first choice was right; one of the first three was.
    pub first: usize,
    pub third: usize,
    /// The commonest label of what was learnt was right.
    pub baseline: usize,
    /// Mean over the labels that were tried of the harmonic mean of precision and recall, in thousandths.
    pub macro_f1: usize,
    /// Labels it learnt, and different ones among those tried.
    pub labels: usize,
    pub labels_tried: usize,
}

impl Figures {
    /// Of a thousand, how many first choices were right.
    pub fn first_share(&self) -> usize {
        self.first * 1000 / self.tried.max(1)
    }

    pub fn third_share(&self) -> usize {
        self.third * 1000 / self.tried.max(1)
    }

    pub fn baseline_share(&self) -> usize {
        self.baseline * 1000 / self.tried.max(1)
    }
}

/// Learns from the older four fifths and tries the rest. `examples`: oldest first. Labels that were never seen while learning
/// count as wrong, as they would be.
pub fn measure(examples: &[Example], plan: &Plan) -> Figures {
    let (older, newer) = examples.split_at(examples.len() * 4 / 5);
    measure_on(older, newer, plan)
}

/// [`measure`] where somebody else has split the examples.
pub fn measure_on(older: &[Example], newer: &[Example], plan: &Plan) -> Figures {
    let model = train(older, plan);
    let commonest = vocabulary::labels(older, 1, 1).pop().unwrap_or_default();
    let mut figures =
        Figures { learnt: older.len(), tried: newer.len(), labels: model.labels.len(), ..Figures::default() };
    // of each label: right, said, was
    let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for example in newer {
        // as everybody is served: without a known word nothing is offered
        let numbers = vocabulary::numbers(&model.vocabulary, &example.words);
        let ranked = if numbers.is_empty() { Vec::new() } else { model.ranked(&numbers) };
        let said: Vec<&str> =
            ranked.iter().take(3).filter_map(|(n, _)| model.labels.get(*n)).map(String::as_str).collect();
        let right = said.first() == Some(&example.label.as_str());
        figures.first += usize::from(right);
        figures.third += usize::from(said.contains(&example.label.as_str()));
        figures.baseline += usize::from(commonest == example.label);
        counts.entry(&example.label).or_default().2 += 1;
        if right {
            counts.entry(&example.label).or_default().0 += 1;
        }
        if let Some(first) = model.labels.iter().find(|l| said.first() == Some(&l.as_str())) {
            counts.entry(first).or_default().1 += 1;
        }
    }
    let was: Vec<_> = counts.values().filter(|(_, _, was)| *was > 0).collect();
    figures.labels_tried = was.len();
    let sum: usize = was.iter().map(|(right, said, was)| 2000 * right / (said + was).max(1)).sum();
    figures.macro_f1 = sum / was.len().max(1);
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(word: &str, label: &str) -> Example {
        Example { words: vec![word.to_owned(), "都有".to_owned()], label: label.to_owned() }
    }

    #[test]
    fn figures_are_counted_on_what_is_newer() {
        let mut all: Vec<Example> = Vec::new();
        for _ in 0..20 {
            all.extend([
                example("路灯", "lamp"),
                example("路灯", "lamp"),
                example("垃圾", "rubbish"),
                example("井盖", "cover"),
            ]);
        }
        // 16 of 20 blocks are learnt; the last four are tried
        let found = measure(&all, &Plan::default());
        assert_eq!((found.learnt, found.tried), (64, 16));
        assert_eq!((found.first, found.third, found.baseline), (16, 16, 8));
        assert_eq!((found.macro_f1, found.labels, found.labels_tried), (1000, 3, 3));
        assert_eq!((found.first_share(), found.baseline_share()), (1000, 500));
    }

    #[test]
    fn what_was_never_seen_is_wrong() {
        let mut all: Vec<Example> = (0..16).map(|_| example("路灯", "lamp")).collect();
        all.extend((0..2).map(|_| example("路灯", "lamp")));
        all.extend((0..2).map(|_| example("雪", "snow")));
        let found = measure(&all, &Plan::default());
        // the snow's other word is known, so something is said, and it is wrong
        assert_eq!((found.tried, found.first, found.third), (4, 2, 2));
        // lamp: 2 right of 4 said, 2 were: 0.666; snow: none
        assert_eq!(found.macro_f1, 333);
    }
}
