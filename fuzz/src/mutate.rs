//! Breaking valid input a little.

/// Chance that a number brings back (splitmix64): the same case is the same input on every machine.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(case: u64) -> Self {
        Self(case.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`; 0 for 0.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.roll() % n.max(1) as u64).unwrap_or(0)
    }

    pub fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> Option<&'a T> {
        let at = self.below(of.len());
        of.get(at).copied()
    }
}

/// What trips programs up whatever the language.
const WORDS: &[&str] = &[
    "0",
    "-1",
    "00",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1e309",
    "-1e309",
    "NaN",
    "inf",
    "-0.0",
    "0.1e-400",
    "1,5",
    "１２",
    "٣",
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "\u{d7ff}",
    "𠮷",
    "👩‍👩‍👧",
    "é",
    "ß",
    "İ",
    "\r\n",
    "\r",
    "\n\n",
    "\t",
    " ",
    "　",
    "\"",
    "'",
    "`",
    "\\",
    "\\u0000",
    "\\ud800",
    "%",
    "%00",
    "%zz",
    "%F0%9F",
    "+",
    "&",
    "=",
    ";",
    ",",
    "<",
    ">",
    "<!--",
    "]]>",
    "<![CDATA[",
    "&amp;",
    "&#0;",
    "{",
    "}",
    "[",
    "]",
    "[[[[[[[[",
    "{{{{",
    "null",
    "true",
    "[]",
    "{}",
    "--",
    "' or '1'='1",
    "../../",
    "..\\",
    "/",
    "//",
    "file:///",
    "http://",
    "::",
    "@",
    "#",
    "?",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "-9999-01-01",
    "2026-03-05T09:30:00+08:00",
    "T24:00:00Z",
    "+99:99",
    "长长长长",
    "=1+1",
    "％００",
];

/// Inputs do not grow above this many bytes.
const LONGEST: usize = 96 * 1024;

/// A few changes of `seed`; `others` give parts, `own` words.
pub fn mutate(dice: &mut Dice, seed: &[u8], others: &[Vec<u8>], own: &[&str]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    // now and then as it is: what is valid must stay so
    let times = [0, 1, 1, 1, 2, 2, 3, 4, 6, 10][dice.below(10)];
    for _ in 0..times {
        change(dice, &mut bytes, others, own);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn range(dice: &mut Dice, length: usize) -> std::ops::Range<usize> {
    let from = dice.below(length + 1);
    let most = if dice.below(8) == 0 { length } else { 24 };
    from..(from + dice.below(most.max(1) + 1)).min(length)
}

fn change(dice: &mut Dice, bytes: &mut Vec<u8>, others: &[Vec<u8>], own: &[&str]) {
    let length = bytes.len();
    match dice.below(12) {
        0 if length > 0 => {
            let (at, bit) = (dice.below(length), dice.below(8));
            bytes[at] ^= 1 << bit;
        }
        1 if length > 0 => {
            let at = dice.below(length);
            bytes[at] = dice.roll().to_le_bytes()[0];
        }
        2 => drop(bytes.drain(range(dice, length))),
        3 => {
            let (part, at) = (bytes[range(dice, length)].to_vec(), dice.below(length + 1));
            bytes.splice(at..at, part);
        }
        4 => {
            let (part, times, at) =
                (bytes[range(dice, length)].to_vec(), 1 << dice.below(12), dice.below(length + 1));
            let most = LONGEST / part.len().max(1);
            bytes.splice(at..at, part.repeat(times.min(most)));
        }
        5 if !others.is_empty() => {
            let other = &others[dice.below(others.len())];
            let part = other[range(dice, other.len())].to_vec();
            let to = range(dice, length);
            bytes.splice(to, part);
        }
        6 => bytes.truncate(dice.below(length + 1)),
        7 => number(dice, bytes),
        8 | 9 if !own.is_empty() => {
            let (word, to) = (dice.one(own).unwrap_or_default(), range(dice, length));
            bytes.splice(to, word.bytes());
        }
        10 => {
            let (word, at) = (dice.one(WORDS).unwrap_or_default(), dice.below(length + 1));
            bytes.splice(at..at, word.bytes());
        }
        _ => {
            let (word, to) = (dice.one(WORDS).unwrap_or_default(), range(dice, length));
            bytes.splice(to, word.bytes());
        }
    }
}

/// Another number where one stands.
fn number(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let starts: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[*at - 1].is_ascii_digit()))
        .collect();
    if starts.is_empty() {
        return;
    }
    let from = starts[dice.below(starts.len())];
    let to = from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let new = match dice.below(4) {
        0 => dice.roll().to_string(),
        1 => (dice.roll() as i64).to_string(),
        2 => "9".repeat(1 + dice.below(400)),
        _ => (dice.below(300)).to_string(),
    };
    bytes.splice(from..to, new.bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_the_same_every_time_and_differs_from_others() {
        let make = |case| {
            mutate(&mut Dice::new(case), b"lat=39.765&long=98.265", &[b"bbox=1,2,3,4".to_vec()], &["radius="])
        };
        let all: Vec<_> = (0..500).map(make).collect();
        assert_eq!(all, (0..500).map(make).collect::<Vec<_>>());
        let distinct: std::collections::HashSet<_> = all.iter().collect();
        assert!(distinct.len() > 350, "{}", distinct.len());
        assert!(all.iter().any(|b| b == b"lat=39.765&long=98.265"));
        assert!(all.iter().all(|b| b.len() <= LONGEST));
    }
}
