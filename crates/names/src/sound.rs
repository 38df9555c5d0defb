//! How characters sound, in pinyin without tones.

use pinyin::ToPinyinMulti;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Readings of a character that count. Tables know more of some; they are in no place's name.
const READINGS: usize = 4;

/// The readings of a character, the usual one first, `ü` written `v`; none for what is no Chinese character.
pub fn readings(c: char) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if plain.is_ascii() && !found.contains(&plain) {
            found.push(plain);
        }
        if found.len() == READINGS {
            break;
        }
    }
    found
}

/// Beginnings and endings that are taken for each other: the second is written as the first.
const BEGINNINGS: [(&str, &str); 4] = [("z", "zh"), ("c", "ch"), ("s", "sh"), ("l", "n")];
const ENDINGS: [(&str, &str); 3] = [("an", "ang"), ("en", "eng"), ("in", "ing")];

/// The syllable under which all that are taken for it are kept: `zhang` and `zan` are both `zan`.
pub(crate) fn blurred(syllable: &str) -> String {
    let mut out = syllable.replace('v', "u");
    for (kept, other) in BEGINNINGS {
        if let Some(rest) = out.strip_prefix(other).filter(|rest| !rest.is_empty()) {
            out = format!("{kept}{rest}");
        }
    }
    if ENDINGS.iter().any(|(_, other)| out.ends_with(other)) {
        out.pop();
    }
    out
}

/// A syllable in all the ways in which people who take one sound for another write it, itself first.
pub(crate) fn spellings(syllable: &str) -> Vec<String> {
    let mut all = vec![syllable.to_owned()];
    let add = |all: &mut Vec<String>, from: &str, to: &str, head: bool| {
        for known in all.clone() {
            let other = if head {
                known.strip_prefix(from).map(|rest| format!("{to}{rest}"))
            } else {
                known.strip_suffix(from).map(|rest| format!("{rest}{to}"))
            };
            all.extend(other.filter(|o| !all.contains(o)));
        }
    };
    for (a, b) in BEGINNINGS {
        // `zh` begins with `z` too: it is shortened, never lengthened again
        let (from, to) = if syllable.starts_with(b) { (b, a) } else { (a, b) };
        add(&mut all, from, to, true);
    }
    for (a, b) in ENDINGS {
        let (from, to) = if syllable.ends_with(b) { (b, a) } else { (a, b) };
        add(&mut all, from, to, false);
    }
    all
}

/// Every syllable that some character has; grunts without a vowel, like `n` and `hm`, would cut any text to pieces.
fn syllables() -> &'static HashSet<String> {
    static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let all = ('\u{4e00}'..='\u{9fa5}').flat_map(readings);
        all.filter(|s| s.contains(['a', 'e', 'i', 'o', 'u', 'v'])).collect()
    });
    &KNOWN
}

/// Ways of cutting that are looked at.
const CUTS: usize = 6;
/// Letters of the longest syllable, `zhuang`.
const LONG: usize = 6;

/// The ways to cut letters into syllables: `xian` is `xian` and `xi an`. None when they cannot be cut.
pub(crate) fn cuts(letters: &str) -> Vec<Vec<String>> {
    let mut done = Vec::new();
    // where nothing can follow is remembered, so that a long text is not tried again and again
    let mut dead = vec![false; letters.len() + 1];
    cut(letters, 0, &mut Vec::new(), &mut done, &mut dead);
    done
}

fn cut(
    letters: &str,
    at: usize,
    before: &mut Vec<String>,
    done: &mut Vec<Vec<String>>,
    dead: &mut [bool],
) -> bool {
    if at == letters.len() {
        done.push(before.clone());
        return true;
    }
    let mut any = false;
    for end in (at + 1..=letters.len().min(at + LONG)).rev() {
        if done.len() >= CUTS || dead[end] {
            continue;
        }
        if letters.get(at..end).is_some_and(|s| syllables().contains(s)) {
            before.push(letters[at..end].to_owned());
            any |= cut(letters, end, before, done, dead);
            before.pop();
        }
    }
    dead[at] = !any && done.len() < CUTS;
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_all_their_readings() {
        assert_eq!(readings('新'), ["xin"]);
        assert!(readings('重').contains(&"chong".to_owned()) && readings('重').contains(&"zhong".to_owned()));
        assert!(readings('行').contains(&"hang".to_owned()) && readings('行').contains(&"xing".to_owned()));
        assert_eq!(readings('绿')[0], "lv");
        assert!(readings('a').is_empty() && readings('，').is_empty());
    }

    #[test]
    fn sounds_that_are_confused_are_one() {
        for (a, b) in [("zhang", "zan"), ("ning", "lin"), ("sheng", "sen"), ("nv", "lu"), ("chuan", "cuang")]
        {
            assert_eq!(blurred(a), blurred(b), "{a} {b}");
        }
        assert_ne!(blurred("hua"), blurred("fa"));
        assert_ne!(blurred("long"), blurred("lon"));
        assert_eq!(spellings("zhang"), ["zhang", "zang", "zhan", "zan"]);
        assert_eq!(spellings("hua"), ["hua"]);
        assert!(spellings("lin").contains(&"ning".to_owned()));
    }

    #[test]
    fn letters_are_cut_into_syllables() {
        assert_eq!(cuts("xinhuabeilu")[0], ["xin", "hua", "bei", "lu"]);
        assert_eq!(cuts("xian"), [vec!["xian"], vec!["xi", "an"]]);
        assert!(cuts("xhbl").is_empty());
        assert!(cuts(&"xian".repeat(20)).len() <= CUTS);
        assert!(cuts(&format!("{}q", "xian".repeat(20))).is_empty());
        assert_eq!(cuts(""), [Vec::<String>::new()]);
    }
}
