//! One way to write what can be written in several.

/// Characters of a text that are looked at; the rest is cut off.
pub const LONGEST: usize = 80;

/// Half width, small letters, simplified characters; only letters, digits and ideographs, at most [`LONGEST`].
///
/// Signs, spaces and control characters are no part of a name: 新华 北路 and 新华·北路 are 新华北路, and `%` or `_` asks for
/// nothing.
pub fn clean(text: &str) -> String {
    let folded = text.chars().flat_map(|c| half_width(c).to_lowercase()).filter(|c| c.is_alphanumeric());
    let short: String = folded.take(LONGEST).collect();
    if short.is_ascii() { short } else { simplet2s::convert(&short) }
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// `text` with `name` in place of the characters that stand in `range` of its [`clean`]ed form.
pub fn replaced(text: &str, range: std::ops::Range<usize>, name: &str) -> String {
    let (mut out, mut seen, mut put) = (String::new(), 0, false);
    for c in text.chars() {
        let counts = half_width(c).to_lowercase().filter(|c| c.is_alphanumeric()).count();
        // signs between two characters that are replaced go with them
        let inside = if counts > 0 { range.contains(&seen) } else { seen > range.start && seen < range.end };
        seen += counts;
        if !inside {
            out.push(c);
        } else if !put {
            out.push_str(name);
            put = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_way_of_writing() {
        assert_eq!(clean("　新華　北路 "), "新华北路");
        assert_eq!(clean("ＸｈＢＬ"), "xhbl");
        assert_eq!(clean("Ｇ３１２國道"), "g312国道");
        assert_eq!(clean("%_'; drop\u{0}\u{7}\n"), "drop");
        assert_eq!(clean(""), "");
        assert_eq!(clean(&"路".repeat(10_000)).chars().count(), LONGEST);
    }

    #[test]
    fn a_name_is_put_in_place() {
        assert_eq!(replaced("市区 新花-北路12号", 2..6, "新华北路"), "市区 新华北路12号");
        assert_eq!(replaced("新花北路", 0..4, "新华北路"), "新华北路");
        assert_eq!(replaced("", 0..0, "新华北路"), "");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text);
            prop_assert!(once.chars().all(char::is_alphanumeric));
            prop_assert_eq!(clean(&once), once);
        }
    }
}
