//! Which parts of a case's words are struck out for the public: places of characters, never the words themselves.

use kernel::workflow::Named;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use store::{Bind, Column, Value};

/// What stands where something was struck out. Says nothing of how long it was, and reads the same in every language.
pub const STRUCK: &str = "［…］";

kernel::named! {
    /// What is struck out.
    pub enum StrikeKind {
        Phone = "phone",
        Identity = "identity",
        Plate = "plate",
        Name = "name",
        Door = "door",
        /// Chosen by a person.
        Words = "words",
    }
}

kernel::named! {
    /// Which of a case's texts.
    pub enum Written { Title = "title", Description = "description" }
}

/// A stretch of characters, the last one excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Strike {
    pub from: u32,
    pub until: u32,
    pub kind: StrikeKind,
}

/// All that is struck out of a case, in order, without overlaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strikes {
    title: Vec<Strike>,
    description: Vec<Strike>,
}

impl Strikes {
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.description.is_empty()
    }

    pub fn of(&self, written: Written) -> &[Strike] {
        match written {
            Written::Title => &self.title,
            Written::Description => &self.description,
        }
    }

    pub fn len(&self) -> usize {
        self.title.len() + self.description.len()
    }

    /// Adds a stretch; what overlaps or touches what is struck already becomes one with it, of the kind that came first.
    pub fn add(&mut self, written: Written, strike: Strike) {
        if strike.from >= strike.until {
            return;
        }
        let list = match written {
            Written::Title => &mut self.title,
            Written::Description => &mut self.description,
        };
        list.push(strike);
        list.sort_by_key(|s| (s.from, s.until));
        let mut joined: Vec<Strike> = Vec::with_capacity(list.len());
        for strike in list.drain(..) {
            match joined.last_mut() {
                Some(last) if strike.from < last.until => last.until = last.until.max(strike.until),
                _ => joined.push(strike),
            }
        }
        *list = joined;
    }

    /// Strikes these words wherever they stand.
    pub fn add_words(&mut self, written: Written, text: &str, words: &str, kind: StrikeKind) -> usize {
        let words = words.trim();
        if words.is_empty() {
            return 0;
        }
        let mut count = 0;
        for (at, found) in text.match_indices(words) {
            let from = chars(&text[..at]);
            self.add(written, Strike { from, until: from + chars(found), kind });
            count += 1;
        }
        count
    }

    /// Adds all of another's.
    pub fn join(&mut self, other: &Self) {
        for written in Written::ALL {
            other.of(*written).iter().for_each(|strike| self.add(*written, *strike));
        }
    }

    /// What is struck out of a text, in words: for whoever may read them.
    pub fn words<'t>(&self, written: Written, text: &'t str) -> Vec<(Strike, &'t str)> {
        self.of(written)
            .iter()
            .map(|s| (*s, part(text, s.from, s.until)))
            .filter(|(_, w)| !w.is_empty())
            .collect()
    }

    /// The text in stretches, and whether each is struck out.
    pub fn stretches(&self, written: Written, text: &str) -> Vec<(bool, String)> {
        let mut out = Vec::new();
        let mut at = 0;
        for (strike, words) in self.words(written, text) {
            let kept = part(text, at, strike.from);
            if !kept.is_empty() {
                out.push((false, kept.to_owned()));
            }
            out.push((true, words.to_owned()));
            at = strike.until;
        }
        let rest = part(text, at, u32::MAX);
        if !rest.is_empty() {
            out.push((false, rest.to_owned()));
        }
        out
    }

    /// The text as the public reads it: [`STRUCK`] where something was struck out, nothing where one of `dropped` lies (in
    /// characters) that is not struck anyway.
    pub fn cut(&self, written: Written, text: &str, dropped: &[Range<u32>]) -> String {
        let struck = |n: u32| self.of(written).iter().any(|s| (s.from..s.until).contains(&n));
        let mut out = String::with_capacity(text.len());
        let mut open = false;
        for (n, c) in (0..).zip(text.chars()) {
            if struck(n) {
                if !open {
                    out.push_str(STRUCK);
                }
                open = true;
            } else if !dropped.iter().any(|d| d.contains(&n)) {
                out.push(c);
                open = false;
            }
        }
        out
    }

    /// The same for a title and description that were changed: what was struck out of either is struck wherever it stands in
    /// the new ones, so that a correction brings nothing back.
    #[must_use]
    pub fn moved(&self, old: (&str, &str), new: (&str, &str)) -> Self {
        let mut out = Self::default();
        let known =
            self.words(Written::Title, old.0).into_iter().chain(self.words(Written::Description, old.1));
        for (strike, words) in known {
            out.add_words(Written::Title, new.0, words, strike.kind);
            out.add_words(Written::Description, new.1, words, strike.kind);
        }
        // the description stays as it is in most corrections: its own places are the surest
        if old.1 == new.1 {
            self.description.iter().for_each(|s| out.add(Written::Description, *s));
        }
        if old.0 == new.0 {
            self.title.iter().for_each(|s| out.add(Written::Title, *s));
        }
        out
    }

    fn parse(text: &str) -> Option<Self> {
        let mut out = Self::default();
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let (place, kind) = word.split_once(':')?;
            let written = match place.as_bytes().first()? {
                b't' => Written::Title,
                b'd' => Written::Description,
                _ => return None,
            };
            let (from, until) = place.get(1..)?.split_once('-')?;
            let strike = Strike {
                from: from.parse().ok()?,
                until: until.parse().ok()?,
                kind: StrikeKind::parse(kind)?,
            };
            out.add(written, strike);
        }
        Some(out)
    }
}

/// How many characters; texts of cases have a few thousand.
fn chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Some characters of a text; what lies beyond its end is left out.
fn part(text: &str, from: u32, until: u32) -> &str {
    let byte = |n: u32| {
        let n = usize::try_from(n).unwrap_or(usize::MAX);
        text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
    };
    let (from, until) = (byte(from), byte(until));
    text.get(from..until.max(from)).unwrap_or_default()
}

/// As it is stored, and as forms name what they strike: `t0-5:name d12-23:phone`.
impl fmt::Display for Strikes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = [('t', &self.title), ('d', &self.description)];
        let mut gap = "";
        for (letter, list) in lists {
            for s in list {
                write!(f, "{gap}{letter}{}-{}:{}", s.from, s.until, s.kind.code())?;
                gap = " ";
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for Strikes {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::parse(text).ok_or(())
    }
}

impl Bind for Strikes {
    fn bind(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.to_string()))
    }
}

impl Column for Strikes {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Self::parse(&text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "王女士说3单元门口有垃圾，王女士电话见后";

    fn struck(words: &[&str]) -> Strikes {
        let mut strikes = Strikes::default();
        for words in words {
            strikes.add_words(Written::Description, TEXT, words, StrikeKind::Name);
        }
        strikes
    }

    #[test]
    fn words_are_struck_wherever_they_stand() {
        let strikes = struck(&["王女士", "3单元"]);
        assert_eq!(strikes.cut(Written::Description, TEXT, &[]), "［…］说［…］门口有垃圾，［…］电话见后");
        assert_eq!(strikes.len(), 3);
        assert!(struck(&["", " ", "没有"]).is_empty());
        assert_eq!(
            strikes.stretches(Written::Description, TEXT)[..3],
            [(true, "王女士".to_owned()), (false, "说".to_owned()), (true, "3单元".to_owned()),]
        );
    }

    #[test]
    fn overlaps_become_one() {
        assert_eq!(
            struck(&["王女士", "女士说"]).cut(Written::Description, TEXT, &[]),
            "［…］3单元门口有垃圾，［…］电话见后"
        );
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let mut strikes = struck(&["王女士", "3单元"]);
        strikes.add(Written::Title, Strike { from: 2, until: 4, kind: StrikeKind::Door });
        assert_eq!(strikes.to_string(), "t2-4:door d0-3:name d4-7:name d13-16:name");
        assert_eq!(Strikes::parse(&strikes.to_string()), Some(strikes));
        assert_eq!(Strikes::parse(""), Some(Strikes::default()));
        for wrong in ["x1-2:name", "t1:name", "t1-2:colour", "d1-2", "t-:name", "是"] {
            assert_eq!(Strikes::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn places_beyond_the_end_take_what_there_is() {
        let mut strikes = Strikes::default();
        strikes.add(Written::Description, Strike { from: 1, until: 999, kind: StrikeKind::Words });
        strikes.add(Written::Title, Strike { from: 50, until: 60, kind: StrikeKind::Words });
        assert_eq!(strikes.cut(Written::Description, "甲乙丙", &[]), "甲［…］");
        assert_eq!(strikes.cut(Written::Title, "甲乙丙", &[]), "甲乙丙");
        assert_eq!(strikes.words(Written::Title, "甲乙丙"), []);
    }

    #[test]
    fn a_correction_brings_nothing_back() {
        let mut strikes = Strikes::default();
        strikes.add_words(Written::Title, "王女士家门口：垃圾", "王女士", StrikeKind::Name);
        let moved = strikes.moved(("王女士家门口：垃圾", TEXT), ("垃圾：王女士家", TEXT));
        assert_eq!(moved.cut(Written::Title, "垃圾：王女士家", &[]), "垃圾：［…］家");
        assert_eq!(moved.of(Written::Description).len(), 2);
    }

    #[test]
    fn what_is_dropped_leaves_no_mark() {
        let strikes = struck(&["王女士"]);
        assert_eq!(
            strikes.cut(Written::Description, TEXT, &std::iter::once(4..7).collect::<Vec<_>>()),
            "［…］说门口有垃圾，［…］电话见后"
        );
    }
}
