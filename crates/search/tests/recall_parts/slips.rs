//! Slips as people make them, by seeded chance.

use demo::dice::Dice;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slip {
    Exact,
    Initials,
    Pinyin,
    Sound,
    Confusable,
    Wrong,
    Missing,
    Extra,
    Swapped,
}

impl Slip {
    pub(crate) const ALL: &'static [Slip] = &[
        Slip::Exact,
        Slip::Initials,
        Slip::Pinyin,
        Slip::Sound,
        Slip::Confusable,
        Slip::Wrong,
        Slip::Missing,
        Slip::Extra,
        Slip::Swapped,
    ];

    pub(crate) fn text(self) -> &'static str {
        match self {
            Slip::Exact => "none",
            Slip::Initials => "initials",
            Slip::Pinyin => "pinyin",
            Slip::Sound => "same sound",
            Slip::Confusable => "confusable sound",
            Slip::Wrong => "one wrong character",
            Slip::Missing => "one character missing",
            Slip::Extra => "one character too many",
            Slip::Swapped => "two characters swapped",
        }
    }

    /// What the test wants at least, in per cent: first, and among the first five.
    pub(crate) fn floor(self) -> (f64, f64) {
        match self {
            Slip::Exact => (99.0, 99.5),
            Slip::Initials => (60.0, 85.0),
            Slip::Pinyin => (90.0, 95.0),
            _ => (75.0, 90.0),
        }
    }

    /// The name with this slip; none where it cannot have it.
    pub(crate) fn made(self, dice: &mut Dice, name: &str, pool: &[char]) -> Option<String> {
        let clean = names::clean(name);
        let mut chars: Vec<char> = clean.chars().collect();
        if chars.len() < 3 {
            return None;
        }
        let at = pick(dice, chars.len());
        match self {
            Slip::Exact => return Some(name.to_owned()),
            Slip::Initials | Slip::Pinyin => {
                let sounds: Option<Vec<String>> =
                    chars.iter().map(|c| names::readings(*c).into_iter().next()).collect();
                let sounds = sounds?;
                return Some(match self {
                    Slip::Initials => sounds.iter().map(|s| &s[..1]).collect(),
                    _ => sounds.concat(),
                });
            }
            Slip::Sound | Slip::Confusable => {
                let sound = names::readings(chars[at]).into_iter().next()?;
                let wanted = if self == Slip::Sound { sound } else { taken_for(&sound)? };
                let others: Vec<char> =
                    spoken().get(&wanted)?.iter().copied().filter(|c| *c != chars[at]).collect();
                chars[at] = *others.get(pick(dice, others.len().max(1)))?;
            }
            Slip::Wrong => {
                let other = pool[pick(dice, pool.len())];
                if other == chars[at] {
                    return None;
                }
                chars[at] = other;
            }
            Slip::Missing => drop(chars.remove(at)),
            Slip::Extra => chars.insert(at, pool[pick(dice, pool.len())]),
            Slip::Swapped => {
                let at = pick(dice, chars.len() - 1);
                if chars[at] == chars[at + 1] {
                    return None;
                }
                chars.swap(at, at + 1);
            }
        }
        Some(chars.into_iter().collect())
    }
}

fn pick(dice: &mut Dice, below: usize) -> usize {
    usize::try_from(dice.bits() % below as u64).unwrap()
}

/// The sound for which people take this one.
fn taken_for(sound: &str) -> Option<String> {
    for (a, b) in [("zh", "z"), ("ch", "c"), ("sh", "s")] {
        if let Some(rest) = sound.strip_prefix(a) {
            return Some(format!("{b}{rest}"));
        }
        if let Some(rest) = sound.strip_prefix(b) {
            return Some(format!("{a}{rest}"));
        }
    }
    if let Some(rest) = sound.strip_prefix('n') {
        return Some(format!("l{rest}"));
    }
    if let Some(rest) = sound.strip_prefix('l') {
        return Some(format!("n{rest}"));
    }
    for end in ["an", "en", "in"] {
        if sound.ends_with(end) {
            return Some(format!("{sound}g"));
        }
        if sound.ends_with(&format!("{end}g")) {
            return Some(sound[..sound.len() - 1].to_owned());
        }
    }
    None
}

/// Common characters by their usual sound: those of the first level of GB 2312, which are what people type.
fn spoken() -> &'static HashMap<String, Vec<char>> {
    static BY_SOUND: LazyLock<HashMap<String, Vec<char>>> = LazyLock::new(|| {
        let mut by_sound: HashMap<String, Vec<char>> = HashMap::new();
        for high in 0xb0_u8..=0xd7 {
            for low in 0xa1_u8..=0xfe {
                let bytes = [high, low];
                let (text, _, broken) = encoding_rs::GBK.decode(&bytes);
                let Some(c) = text.chars().next().filter(|_| !broken) else { continue };
                if let Some(sound) = names::readings(c).into_iter().next() {
                    by_sound.entry(sound).or_default().push(c);
                }
            }
        }
        by_sound
    });
    &BY_SOUND
}

/// A street as it stands in an address.
pub(crate) fn address(dice: &mut Dice, street: &str) -> String {
    let before = ["", "市区", "嘉峪关市", "在"][pick(dice, 4)];
    let behind = ["12号", "与银行路口", "东侧人行道", "36号楼下"][pick(dice, 4)];
    format!("{before}{street}{behind}")
}

/// A name of characters that names have, and that nothing bears.
pub(crate) fn made_up(dice: &mut Dice, pool: &[char]) -> String {
    let kinds = ["路", "街", "大道", "小区", "市场", "学校"];
    let mut name: String = (0..2 + pick(dice, 2)).map(|_| pool[pick(dice, pool.len())]).collect();
    name.push_str(kinds[pick(dice, kinds.len())]);
    name
}
