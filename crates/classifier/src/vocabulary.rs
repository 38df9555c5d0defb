//! The words that are worth a weight.

use crate::Example;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words by their number. Numbers follow the alphabet, so that the same examples give the same numbers.
pub(crate) fn of(examples: &[Example], least: u32, most: usize) -> Vec<String> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for example in examples {
        let once: BTreeSet<&str> = example.words.iter().map(String::as_str).collect();
        for word in once {
            *counts.entry(word).or_insert(0) += 1;
        }
    }
    let mut known: Vec<(&str, u32)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
    // the commonest stay when there are too many
    known.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    known.truncate(most);
    let mut words: Vec<String> = known.into_iter().map(|(word, _)| word.to_owned()).collect();
    words.sort_unstable();
    words
}

/// Labels that have enough examples to be learnt, commonest first.
pub(crate) fn labels(examples: &[Example], least: usize, most: usize) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for example in examples {
        *counts.entry(&example.label).or_insert(0) += 1;
    }
    let mut known: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
    known.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    known.truncate(most);
    known.into_iter().map(|(label, _)| label.to_owned()).collect()
}

/// Numbers of those words that are known, each once, in order.
pub(crate) fn numbers(vocabulary: &[String], words: &[String]) -> Vec<usize> {
    let mut found: Vec<usize> = words.iter().filter_map(|word| vocabulary.binary_search(word).ok()).collect();
    found.sort_unstable();
    found.dedup();
    found
}
