//! Under which keys a name is kept, and which keys a text asks for.
//!
//! | key | what | finds |
//! | --- | --- | --- |
//! | `c新华` | two characters, next to each other or with one between | parts; one slip anywhere leaves some pairs whole |
//! | `c路` | the last character | names by one character |
//! | `sxin hua` | two sounds, likewise | the same sounds in other characters; pinyin |
//! | `ihbl` | initials from a character on, eight at most | initials, as far as they are typed |
//! | `pxinhua` | the name in letters, twelve at most | pinyin as it is being typed |

use crate::clean::clean;
use crate::sound::{blurred, cuts, readings};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// This key.
    Whole(String),
    /// Every key that begins with this.
    Begins(String),
}

/// Characters of a name that make keys: longer names are found by their first part.
const NAME: usize = 40;
const INITIALS: usize = 8;
const LETTERS: usize = 12;
/// Ways to read a name that are kept.
const WAYS: usize = 8;

/// The keys under which a name is kept, sorted, each once.
pub fn index_keys(name: &str) -> Vec<String> {
    let chars: Vec<char> = clean(name).chars().take(NAME).collect();
    let sounds: Vec<Vec<String>> = chars.iter().map(|c| spoken(*c)).collect();
    let mut keys = pairs(&chars);
    keys.extend(chars.last().map(|c| format!("c{c}")));
    keys.extend(sound_pairs(&sounds));
    for from in 0..chars.len() {
        let first = |s: &String| s.chars().take(1).collect::<String>();
        let part: Vec<Vec<String>> =
            sounds[from..].iter().take(INITIALS).map(|r| r.iter().map(first).collect()).collect();
        keys.extend(ways(&part, INITIALS).into_iter().map(|way| format!("i{way}")));
    }
    keys.extend(ways(&sounds, LETTERS).into_iter().map(|way| format!("p{way}")));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys that a text asks for, sorted, each once. Empty for a text without letters, digits or ideographs.
pub fn query_keys(text: &str) -> Vec<Key> {
    let text = clean(text);
    let chars: Vec<char> = text.chars().take(NAME).collect();
    let mut keys = match chars.as_slice() {
        [] => Vec::new(),
        [one] => vec![Key::Begins(format!("c{one}"))],
        more => {
            let turned = more.windows(2).map(|pair| format!("c{}{}", pair[1], pair[0]));
            pairs(more).into_iter().chain(turned).map(Key::Whole).collect()
        }
    };
    if text.is_ascii() {
        let letters: String = text.chars().take(NAME).collect();
        let short = |n: usize| letters.chars().take(n).collect::<String>();
        if !letters.is_empty() {
            keys.push(Key::Begins(format!("i{}", short(INITIALS))));
            keys.push(Key::Begins(format!("p{}", short(LETTERS))));
        }
        for cut in cuts(&letters) {
            let sounds: Vec<Vec<String>> = cut.into_iter().map(|s| vec![s]).collect();
            keys.extend(sound_pairs(&sounds).into_iter().map(Key::Whole));
        }
    } else {
        let sounds: Vec<Vec<String>> = chars.iter().map(|c| spoken(*c)).collect();
        keys.extend(sound_pairs(&sounds).into_iter().map(Key::Whole));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// How a character sounds; a letter or a digit is its own sound.
/// The first letters of a name, in every usual reading: 重庆路 is `cql` and `zql`. Empty for a text without letters, digits or
/// ideographs.
pub fn initials(name: &str) -> Vec<String> {
    let first = |s: &String| s.chars().take(1).collect::<String>();
    let firsts: Vec<Vec<String>> =
        clean(name).chars().take(NAME).map(|c| spoken(c).iter().map(first).collect()).collect();
    ways(&firsts, NAME)
}

fn spoken(c: char) -> Vec<String> {
    let found = readings(c);
    if found.is_empty() { vec![c.to_string()] } else { found }
}

fn pairs(chars: &[char]) -> Vec<String> {
    let near = chars.windows(2).map(|w| format!("c{}{}", w[0], w[1]));
    let apart = chars.windows(3).map(|w| format!("c{}{}", w[0], w[2]));
    near.chain(apart).collect()
}

fn sound_pairs(sounds: &[Vec<String>]) -> Vec<String> {
    let blurred: Vec<Vec<String>> = sounds.iter().map(|r| r.iter().map(|s| blurred(s)).collect()).collect();
    let mut keys = Vec::new();
    for gap in [1, 2] {
        for (at, first) in blurred.iter().enumerate() {
            for b in blurred.get(at + gap).into_iter().flatten() {
                keys.extend(first.iter().map(|a| format!("s{a} {b}")));
            }
        }
    }
    keys
}

/// The ways to read it, each cut to `longest` letters; the usual readings first.
fn ways(sounds: &[Vec<String>], longest: usize) -> Vec<String> {
    let mut ways = vec![String::new()];
    for readings in sounds {
        if ways.iter().all(|w| w.len() >= longest) {
            break;
        }
        let mut next = Vec::with_capacity(WAYS);
        for reading in readings {
            for way in &ways {
                let longer: String = way.chars().chain(reading.chars()).take(longest).collect();
                if next.len() < WAYS && !next.contains(&longer) {
                    next.push(longer);
                }
            }
        }
        ways = next;
    }
    ways.retain(|w| !w.is_empty());
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_letters_in_every_reading() {
        let both = initials("重庆路");
        assert!(both.contains(&"zql".to_owned()) && both.contains(&"cql".to_owned()), "{both:?}");
        assert_eq!(initials("城管局 2"), ["cgj2"]);
        assert!(initials("（）").is_empty());
    }

    #[test]
    fn a_name_has_its_keys() {
        let keys = index_keys("新华北路");
        for key in
            ["c新华", "c新北", "c华路", "c路", "sxin hua", "sxin bei", "ixhbl", "ihbl", "il", "pxinhuabeilu"]
        {
            assert!(keys.contains(&key.to_owned()), "{key}: {keys:?}");
        }
        let keys = index_keys("重庆路");
        assert!(keys.contains(&"icql".to_owned()) && keys.contains(&"izql".to_owned()), "{keys:?}");
        assert!(index_keys(" %_ ").is_empty() && query_keys("\u{0}").is_empty());
    }

    #[test]
    fn a_long_name_has_few_keys() {
        let keys = index_keys(&"行重长乐".repeat(100));
        assert!(keys.len() < 700, "{}", keys.len());
        assert!(query_keys(&"行重长乐".repeat(100)).len() < 200);
    }
}
