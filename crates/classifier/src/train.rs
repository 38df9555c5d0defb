//! Learning: small steps against the error, example by example, in an order that the seed decides (AdaGrad: words that are
//! seen seldom take larger steps). After each round all weights shrink a little, so that none grows without need.

use crate::model::{Model, UNIT, softmax, value};
use crate::{Example, vocabulary};

/// How to learn. The defaults were measured; see docs/suggestions.md.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub seed: u64,
    /// Rounds through all examples.
    pub rounds: u32,
    /// Size of the first step.
    pub step: f32,
    /// By what share weights shrink after each round.
    pub shrink: f32,
    /// Words in fewer examples than this have no weight.
    pub least_words: u32,
    /// Labels with fewer examples than this are not learnt.
    pub least_examples: usize,
    /// Most words and labels: together they bound the memory, four bytes twice for each pair.
    pub most_words: usize,
    pub most_labels: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1,
            rounds: 12,
            step: 0.5,
            shrink: 0.02,
            least_words: 2,
            least_examples: 5,
            most_words: 20_000,
            most_labels: 300,
        }
    }
}

/// The next number of a fixed sequence (SplitMix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn shuffle(order: &mut [usize], state: &mut u64) {
    for n in (1..order.len()).rev() {
        let below = u64::try_from(n + 1).unwrap_or(1);
        let other = usize::try_from(next(state) % below).unwrap_or(0);
        order.swap(n, other);
    }
}

/// Row by row for each word, and last the labels' own: `labels` weights each, with the sum of squares of their steps.
struct Weights {
    labels: usize,
    now: Vec<f32>,
    squares: Vec<f32>,
}

impl Weights {
    fn new(rows: usize, labels: usize) -> Self {
        Self { labels, now: vec![0.0; rows * labels], squares: vec![0.0; rows * labels] }
    }

    fn row(&self, row: usize) -> &[f32] {
        self.now.get(row * self.labels..(row + 1) * self.labels).unwrap_or_default()
    }

    fn step(&mut self, row: usize, errors: &[f32], value: f32, step: f32) {
        let span = row * self.labels..(row + 1) * self.labels;
        let (Some(now), Some(squares)) = (self.now.get_mut(span.clone()), self.squares.get_mut(span)) else {
            return;
        };
        for ((weight, square), error) in now.iter_mut().zip(squares).zip(errors) {
            let slope = error * value;
            *square += slope * slope;
            *weight -= step * slope / (square.sqrt() + 1e-6);
        }
    }
}

/// Learns from examples, oldest or newest first: the order does not matter, but the same order gives the same model. Empty where no label has enough.
pub fn train(examples: &[Example], plan: &Plan) -> Model {
    let labels =
        vocabulary::labels(examples, plan.least_examples.max(1), plan.most_labels.min(usize::from(u16::MAX)));
    let vocabulary = vocabulary::of(examples, plan.least_words, plan.most_words);
    let learnt: Vec<(Vec<usize>, usize)> = examples
        .iter()
        .filter_map(|example| {
            let label = labels.iter().position(|label| *label == example.label)?;
            Some((vocabulary::numbers(&vocabulary, &example.words), label))
        })
        .collect();
    let mut weights = Weights::new(vocabulary.len() + 1, labels.len());
    let own = vocabulary.len();
    let (mut order, mut state): (Vec<usize>, u64) = ((0..learnt.len()).collect(), plan.seed);
    let mut scores = vec![0.0; labels.len()];
    for _ in 0..plan.rounds {
        shuffle(&mut order, &mut state);
        for (numbers, label) in order.iter().filter_map(|n| learnt.get(*n)) {
            let value = value(numbers.len());
            scores.copy_from_slice(weights.row(own));
            for number in numbers {
                for (score, weight) in scores.iter_mut().zip(weights.row(*number)) {
                    *score += weight * value;
                }
            }
            softmax(&mut scores);
            // the error of each label: its share, less one for the right one
            if let Some(right) = scores.get_mut(*label) {
                *right -= 1.0;
            }
            for number in numbers {
                weights.step(*number, &scores, value, plan.step);
            }
            weights.step(own, &scores, 1.0, plan.step);
        }
        for weight in &mut weights.now {
            *weight *= 1.0 - plan.shrink;
        }
    }
    rounded(labels, vocabulary, &weights)
}

#[expect(clippy::cast_possible_truncation, reason = "weights are small")]
fn rounded(labels: Vec<String>, vocabulary: Vec<String>, weights: &Weights) -> Model {
    let whole = |weight: f32| (weight * UNIT).round() as i32;
    let sparse = |row: &[f32]| {
        (0_u16..).zip(row).map(|(label, w)| (label, whole(*w))).filter(|(_, w)| w.abs() >= LEAST).collect()
    };
    Model {
        bias: weights.row(vocabulary.len()).iter().map(|w| whole(*w)).collect(),
        weights: (0..vocabulary.len()).map(|n| sparse(weights.row(n))).collect(),
        labels,
        vocabulary,
    }
}

/// Weights below this, in thousandths, change no choice that anybody could see.
const LEAST: i32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Vec<Example> {
        let of = |text: &str, label: &str| Example {
            words: text.split(' ').map(str::to_owned).collect(),
            label: label.to_owned(),
        };
        let mut all = Vec::new();
        for n in 0..20 {
            all.push(of(&format!("路灯 不亮 夜里 {n}号"), "lamp"));
            all.push(of(&format!("垃圾 没有 清理 {n}号"), "rubbish"));
            all.push(of(&format!("井盖 松动 夜里 {n}号"), "cover"));
        }
        all.push(of("一次 的 事", "once"));
        all
    }

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn it_learns_and_says_which_words_spoke() {
        let model = train(&examples(), &Plan::default());
        assert_eq!(model.labels(), ["cover", "lamp", "rubbish"], "what was seen once is not learnt");
        let found = model.choices(&words("夜里 路灯 全 不亮"), 3, &|_| true);
        assert_eq!(found[0].label, "lamp");
        assert!(found[0].share > 0.7, "{found:?}");
        assert_eq!(found[0].words[..2], ["不亮".to_owned(), "路灯".to_owned()]);
        assert!(found[1].share < found[0].share && found.len() == 3);
        assert!((found.iter().map(|c| c.share).sum::<f32>() - 1.0).abs() < 1e-4);
    }

    #[test]
    fn what_it_does_not_know_it_does_not_guess() {
        let model = train(&examples(), &Plan::default());
        assert_eq!(model.choices(&words("完全 陌生"), 3, &|_| true), []);
        let allowed = model.choices(&words("路灯"), 3, &|label| label != "lamp");
        assert!(allowed.iter().all(|c| c.label != "lamp"));
        assert_eq!(train(&[], &Plan::default()).choices(&words("路灯"), 3, &|_| true), []);
    }

    #[test]
    fn the_same_seed_gives_the_same_model() {
        let (one, two) = (train(&examples(), &Plan::default()), train(&examples(), &Plan::default()));
        assert_eq!(one, two);
        assert_ne!(one, train(&examples(), &Plan { seed: 2, ..Plan::default() }));
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Model>(&text).unwrap(), one);
    }

    #[test]
    fn memory_is_bounded() {
        let model = train(&examples(), &Plan { most_words: 5, most_labels: 2, ..Plan::default() });
        assert_eq!((model.size(), model.labels().len()), (5, 2));
    }
}
