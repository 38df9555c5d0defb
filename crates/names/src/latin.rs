//! Letters beside a name: its initials, its pinyin, or a mixture of both, as people type them.

use crate::align::Sign;
use crate::sound::spellings;

/// How letters fit a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// Characters of the name that the letters stand for.
    pub(crate) length: usize,
    /// Every character by its first letter alone.
    pub(crate) initials: bool,
    /// Somewhere a sound is taken for another.
    pub(crate) blurred: bool,
}

impl Fit {
    fn better(self, other: Fit) -> bool {
        (!self.blurred, self.length, self.initials) > (!other.blurred, other.length, other.initials)
    }
}

/// How all of `letters` fit the name from its character `from` on, the best way.
pub(crate) fn fit(letters: &str, name: &[Sign], from: usize) -> Option<Fit> {
    let mut known = vec![None; (letters.len() + 1) * (name.len() + 1)];
    rest(letters, name, from, &mut known)
}

type Known = Vec<Option<Option<Fit>>>;

fn rest(letters: &str, name: &[Sign], at: usize, known: &mut Known) -> Option<Fit> {
    if letters.is_empty() {
        return Some(Fit { length: 0, initials: true, blurred: false });
    }
    let sign = name.get(at)?;
    let place = letters.len() * (name.len() + 1) + at;
    if let Some(found) = known[place] {
        return found;
    }
    let mut best: Option<Fit> = None;
    let mut take = |used: usize, initial: bool, blurred: bool, known: &mut Known| {
        let Some(left) = letters.get(used..) else { return };
        let Some(behind) = rest(left, name, at + 1, known) else { return };
        let fit = Fit {
            length: behind.length + 1,
            initials: initial && behind.initials,
            blurred: blurred || behind.blurred,
        };
        if best.is_none_or(|b| fit.better(b)) {
            best = Some(fit);
        }
    };
    if letters.starts_with(sign.c) {
        take(sign.c.len_utf8(), true, false, known);
    }
    for sound in &sign.sounds {
        if letters.as_bytes().first() == sound.as_bytes().first() {
            take(1, true, false, known);
        }
        for (nth, spelling) in spellings(sound).iter().enumerate() {
            // the last sound may be on its way
            let shared = letters.bytes().zip(spelling.bytes()).take_while(|(a, b)| a == b).count();
            if shared > 1 && (shared == spelling.len() || shared == letters.len()) {
                take(shared, false, nth > 0, known);
            }
        }
        if sound.contains('v') && letters.starts_with(&sound.replace('v', "u")) {
            take(sound.len(), false, false, known);
        }
    }
    known[place] = Some(best);
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::signs;

    fn found(letters: &str, name: &str) -> Option<Fit> {
        fit(letters, &signs(name), 0)
    }

    #[test]
    fn letters_are_initials_or_sounds_or_both() {
        let whole = Fit { length: 4, initials: true, blurred: false };
        assert_eq!(found("xhbl", "新华北路"), Some(whole));
        assert_eq!(found("xinhuabeilu", "新华北路"), Some(Fit { initials: false, ..whole }));
        assert_eq!(found("xhuabl", "新华北路"), Some(Fit { initials: false, ..whole }));
        assert_eq!(found("xinhuab", "新华北路").map(|f| f.length), Some(3));
        assert_eq!(found("xinghuabeilu", "新华北路"), Some(Fit { initials: false, blurred: true, ..whole }));
        assert_eq!(found("zq", "重庆路").map(|f| f.length), Some(2));
        assert_eq!(found("cq", "重庆路").map(|f| f.length), Some(2));
        assert_eq!(found("lvzhou", "绿洲").map(|f| f.length), Some(2));
        assert_eq!(found("luzhou", "绿洲").map(|f| f.length), Some(2));
        assert_eq!(found("g312gd", "g312国道").map(|f| f.length), Some(6));
        assert_eq!(found("xhq", "新华北路"), None);
        assert_eq!(found(&"x".repeat(80), &"新".repeat(40)), None);
    }
}
