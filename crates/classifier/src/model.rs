//! What was learnt, and what it says of a text.

use crate::vocabulary;
use serde::{Deserialize, Serialize};

/// For each label a weight of its own and one for each word. Kept as text by whoever keeps it: weights are rounded to a
/// thousandth, and those that round to nothing are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub(crate) labels: Vec<String>,
    pub(crate) vocabulary: Vec<String>,
    /// Of each label, in thousandths.
    pub(crate) bias: Vec<i32>,
    /// Of each word: number of a label and weight in thousandths, for labels that it speaks for or against.
    pub(crate) weights: Vec<Vec<(u16, i32)>>,
}

/// A label that is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub label: String,
    /// 0 to 1; those of all labels add up to 1.
    pub share: f32,
    /// The words that spoke for it most, strongest first.
    pub words: Vec<String>,
}

pub(crate) const UNIT: f32 = 1000.0;
/// Words shown for a choice.
const SHOWN: usize = 5;

#[expect(clippy::cast_precision_loss, reason = "weights are small")]
fn weight(thousandths: i32) -> f32 {
    thousandths as f32 / UNIT
}

/// Shares that add up to 1, from scores.
pub(crate) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// A word's value in a text: the more words, the less each of them, so that long texts are no surer than short ones.
#[expect(clippy::cast_precision_loss, reason = "a text has few words")]
pub(crate) fn value(words: usize) -> f32 {
    1.0 / (words.max(1) as f32).sqrt()
}

impl Model {
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// How many words have a weight.
    pub fn size(&self) -> usize {
        self.vocabulary.len()
    }

    /// The likeliest labels among those that `allowed` lets through, at most `most`. Empty where no word is known: then the model
    /// would only say what is commonest.
    pub fn choices(&self, words: &[String], most: usize, allowed: &dyn Fn(&str) -> bool) -> Vec<Choice> {
        let numbers = vocabulary::numbers(&self.vocabulary, words);
        if numbers.is_empty() {
            return Vec::new();
        }
        let mut ranked = self.ranked(&numbers);
        ranked.retain(|(label, _)| self.labels.get(*label).is_some_and(|label| allowed(label)));
        ranked.truncate(most);
        ranked
            .into_iter()
            .filter_map(|(label, share)| {
                let words = self.spoke_for(label, &numbers);
                self.labels.get(label).map(|label| Choice { label: label.clone(), share, words })
            })
            .collect()
    }

    /// All labels with their shares, likeliest first; equal ones as they stand in the list.
    pub(crate) fn ranked(&self, numbers: &[usize]) -> Vec<(usize, f32)> {
        let value = value(numbers.len());
        let mut scores: Vec<f32> = self.bias.iter().map(|b| weight(*b)).collect();
        for (label, w) in numbers.iter().filter_map(|n| self.weights.get(*n)).flatten() {
            if let Some(score) = scores.get_mut(usize::from(*label)) {
                *score += weight(*w) * value;
            }
        }
        softmax(&mut scores);
        let mut ranked: Vec<(usize, f32)> = scores.into_iter().enumerate().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }

    fn spoke_for(&self, label: usize, numbers: &[usize]) -> Vec<String> {
        let mut found: Vec<(i32, usize)> = Vec::new();
        for number in numbers {
            let of = self.weights.get(*number).into_iter().flatten().find(|(l, _)| usize::from(*l) == label);
            found.extend(of.filter(|(_, w)| *w > 0).map(|(_, w)| (*w, *number)));
        }
        found.sort_by_key(|(w, number)| (std::cmp::Reverse(*w), *number));
        found.iter().take(SHOWN).filter_map(|(_, number)| self.vocabulary.get(*number).cloned()).collect()
    }
}
