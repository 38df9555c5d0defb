//! How near a name is to what was typed, and why.

use crate::Why;
use crate::align::{Laid, Loose, Sign, lay, signs};
use crate::clean::clean;
use crate::latin::fit;

/// A text that is looked for, or a name, made ready once for many comparisons.
#[derive(Clone, Debug)]
pub struct Text {
    pub clean: String,
    signs: Vec<Sign>,
}

impl Text {
    pub fn new(text: &str) -> Self {
        let clean = clean(text);
        Self { signs: signs(&clean), clean }
    }

    pub fn is_empty(&self) -> bool {
        self.clean.is_empty()
    }

    fn letters(&self) -> bool {
        self.clean.is_ascii() && self.clean.bytes().any(|b| b.is_ascii_alphabetic())
    }
}

/// How near, from 1 to 1000, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    pub score: u32,
    pub why: Why,
}

/// From here on it is what was typed, or holds it: nothing has to be guessed.
pub const SURE: u32 = 850;
/// Below this a name is not offered.
pub const NEAR: u32 = 480;

/// How near `name` is to `asked`; `None` when it is not.
pub fn compare(asked: &Text, name: &Text) -> Option<Match> {
    if asked.is_empty() || name.is_empty() {
        return None;
    }
    if asked.clean == name.clean {
        return Some(Match { score: 1000, why: Why::Same });
    }
    let beyond = beyond(name.signs.len(), asked.signs.len());
    if name.clean.starts_with(&asked.clean) {
        return Some(Match { score: 980 - beyond, why: Why::Part });
    }
    if name.clean.contains(&asked.clean) {
        return Some(Match { score: 930 - beyond, why: Why::Part });
    }
    if asked.letters() {
        return by_letters(asked, name);
    }
    let whole =
        judged(&lay(&asked.signs, &name.signs, Loose::Neither), asked.signs.len().max(name.signs.len()));
    // a part is at least three characters, or anything would be one
    let part = (asked.signs.len() >= 3 && name.signs.len() > asked.signs.len())
        .then(|| judged(&lay(&asked.signs, &name.signs, Loose::Name), asked.signs.len()))
        .flatten()
        .map(|m| Match { score: m.score.saturating_sub(40 + beyond), ..m });
    whole.max(part).filter(|m| m.score >= NEAR)
}

/// How near something within `text` is to `name`, and which characters of [`Text::clean`] those are: a street in an address.
/// Names of one or two characters are not looked for, unless they stand there as they are.
pub fn within(text: &Text, name: &Text) -> Option<(Match, std::ops::Range<usize>)> {
    let length = name.signs.len();
    let laid = lay(&text.signs, &name.signs, Loose::Asked);
    if length == 0 || (length < 3 && laid.cost > 0) {
        return None;
    }
    let found = judged(&laid, length).filter(|m| m.score >= NEAR)?;
    let why = if laid.cost == 0 { Why::Same } else { found.why };
    Some((Match { why, ..found }, laid.from..laid.to))
}

/// What a name loses for characters beyond what was typed.
fn beyond(name: usize, asked: usize) -> u32 {
    u32::try_from(name.saturating_sub(asked)).unwrap_or(u32::MAX).min(20) * 4
}

/// The judgement of what lies beside each other, of `length` characters.
fn judged(laid: &Laid, length: usize) -> Option<Match> {
    let heard = laid.same + laid.sound + laid.confusable;
    // one slip that the ear does not explain, two in a name of six characters or more; and most of it must be right
    let bearable = if length >= 6 { 2 } else { 1 };
    if laid.hard() > bearable || heard + 2 * laid.swapped <= laid.hard() || length < 2 {
        return None;
    }
    // of two characters that only sound alike nothing is left to be sure of
    if laid.same == 0 && laid.swapped == 0 && (length < 2 || laid.confusable > 0) {
        return None;
    }
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    let score = 840_u32.checked_sub(laid.cost * 8 / length)?;
    let slips = laid.hard() + laid.sound + laid.confusable;
    let why = match () {
        () if laid.hard() == 0 && laid.confusable == 0 => Why::Sound,
        () if laid.hard() == 0 => Why::Confusable,
        () if slips > 1 => Why::Several,
        () if laid.wrong > 0 => Why::Wrong,
        () if laid.missing > 0 => Why::Missing,
        () if laid.extra > 0 => Why::Extra,
        () => Why::Swapped,
    };
    Some(Match { score, why })
}

fn by_letters(asked: &Text, name: &Text) -> Option<Match> {
    let letters = &asked.clean;
    // one letter is the beginning of too much
    let starts = if letters.len() < 2 { 0..1 } else { 0..name.signs.len() };
    let fits = starts.filter_map(|from| fit(letters, &name.signs, from).map(|f| (from, f)));
    let scored = fits.map(|(from, f)| {
        let (why, base) = match (f.initials, f.blurred) {
            (true, _) => (Why::Initials, 900),
            (_, false) => (Why::Pinyin, 920),
            (_, true) => (Why::Confusable, 780),
        };
        let off = if from > 0 { 60 } else { 0 };
        Match { score: base - off - beyond(name.signs.len(), f.length), why }
    });
    scored.max().filter(|m| m.score >= NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(asked: &str, name: &str) -> Option<(u32, Why)> {
        compare(&Text::new(asked), &Text::new(name)).map(|m| (m.score, m.why))
    }

    #[test]
    fn every_match_says_why() {
        for (asked, name, why) in [
            ("新华北路", "新华北路", Why::Same),
            ("新華北路", "新华北路", Why::Same),
            ("华北", "新华北路", Why::Part),
            ("新花北路", "新华北路", Why::Sound),
            ("嘉域关", "嘉峪关", Why::Sound),
            ("嘉裕官", "嘉峪关", Why::Sound),
            ("兰新路", "南新路", Why::Confusable),
            ("新大北路", "新华北路", Why::Wrong),
            ("新北路", "新华北路", Why::Missing),
            ("新华华北路", "新华北路", Why::Extra),
            ("华新北路", "新华北路", Why::Swapped),
            ("xhbl", "新华北路", Why::Initials),
            ("hbl", "新华北路", Why::Initials),
            ("xinhua", "新华北路", Why::Pinyin),
            ("xinghuabeilu", "新华北路", Why::Confusable),
            ("cqlu", "重庆路", Why::Pinyin),
            ("人民医院", "嘉峪关市第一人民医院", Why::Part),
            ("人明医院", "嘉峪关市第一人民医院", Why::Confusable),
            ("第一人民医原", "嘉峪关市第一人民医院", Why::Sound),
        ] {
            assert_eq!(near(asked, name).map(|m| m.1), Some(why), "{asked} {name} {:?}", near(asked, name));
        }
    }

    #[test]
    fn what_is_something_else_is_not_offered() {
        for (asked, name) in [
            ("胜利路", "新华北路"),
            ("幸福大街", "新华北路"),
            ("路", "新华大街"),
            ("xyz", "新华北路"),
            ("", "新华北路"),
            ("北路", "新华南街"),
            ("%", "新华北路"),
        ] {
            assert_eq!(near(asked, name), None, "{asked} {name}");
        }
    }

    #[test]
    fn the_better_is_before_the_worse() {
        let order = ["新华北路", "新花北路", "新北路", "新大北路"];
        let scores: Vec<u32> = order.iter().map(|a| near(a, "新华北路").unwrap().0).collect();
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
        assert!(near("新华北路", "新华北路").unwrap().0 > near("新华北路", "新华南路").unwrap().0);
    }

    #[test]
    fn a_street_is_found_in_an_address() {
        let found = within(&Text::new("嘉峪关市新花北路12号门口"), &Text::new("新华北路")).unwrap();
        assert_eq!((found.0.why, found.1), (Why::Sound, 4..8));
        assert_eq!(within(&Text::new("新华北路12号"), &Text::new("新华北路")).unwrap().0.why, Why::Same);
        assert!(within(&Text::new("幸福里小区"), &Text::new("新华北路")).is_none());
        assert!(within(&Text::new("幸福里小区"), &Text::new("福利")).is_none());
    }

    proptest! {
        #[test]
        fn scores_have_bounds_and_a_name_is_itself(a in any::<String>(), b in any::<String>()) {
            let (x, y) = (Text::new(&a), Text::new(&b));
            if let Some(m) = compare(&x, &y) {
                prop_assert!((NEAR..=1000).contains(&m.score));
                prop_assert_eq!(m.score == 1000, x.clean == y.clean);
            }
            prop_assert_eq!(compare(&x, &x).map(|m| m.score), (!x.is_empty()).then_some(1000));
        }

        #[test]
        fn every_part_is_found(name in "[一-龥]{2,20}", from in 0_usize..20, length in 1_usize..8) {
            let part: String = name.chars().skip(from).take(length).collect();
            prop_assume!(!part.is_empty());
            prop_assert!(compare(&Text::new(&part), &Text::new(&name)).is_some_and(|m| m.score >= SURE));
        }

        #[test]
        fn the_initials_of_a_name_find_it(name in "[一-龥]{2,8}", nth in 0_usize..4) {
            let initial = |c: char| crate::readings(c).get(nth).or(crate::readings(c).first()).map(|r| r[..1].to_owned());
            let letters: Option<String> = clean(&name).chars().map(initial).collect();
            prop_assume!(letters.is_some());
            let letters = letters.unwrap();
            prop_assert!(compare(&Text::new(&letters), &Text::new(&name)).is_some_and(|m| m.score >= SURE), "{} {}", letters, name);
        }
    }
}
