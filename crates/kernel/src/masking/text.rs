//! Finds telephone and identity numbers in what people write.

use super::{Audience, mask_id_number, mask_phone};
use crate::identifiers::{birth, is_mobile, landline_area, narrow};
use std::ops::Range;

/// Masks telephone and identity numbers (18 digits, and the 15 of before 1999) in free text; the rest stays as it is.
/// Numbers written in groups (`138 1234 5678`, `0937-6226666`) or with full-width digits are found too. The check digit
/// is not asked for: a mistyped number is nearly the right one. Dates, amounts and the codes of cases, components and
/// grid cells are not taken for numbers of people.
pub fn mask_text(text: &str, audience: Audience) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for Number { whole, span, kind } in numbers(text) {
        masked.push_str(&text[copied..span.start]);
        let (shown, hidden) = match kind {
            Kind::Phone { prefix } => (&whole[..prefix], mask_phone(&whole[prefix..], audience)),
            Kind::Identity => ("", mask_id_number(&whole, audience)),
        };
        if hidden.contains('*') {
            masked.push_str(shown);
            masked.push_str(&hidden);
        } else {
            masked.push_str(&text[span.clone()]);
        }
        copied = span.end;
    }
    masked.push_str(&text[copied..]);
    masked
}

/// What kind of number of a person it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonalNumber {
    Phone,
    Identity,
}

/// Where the numbers stand that [`mask_text`] covers, in bytes.
pub fn personal_numbers(text: &str) -> Vec<(Range<usize>, PersonalNumber)> {
    let kind = |kind: Kind| match kind {
        Kind::Phone { .. } => PersonalNumber::Phone,
        Kind::Identity => PersonalNumber::Identity,
    };
    numbers(text).into_iter().map(|n| (n.span, kind(n.kind))).collect()
}

/// A number of a person, and where it stands.
struct Number {
    whole: String,
    span: Range<usize>,
    kind: Kind,
}

fn numbers(text: &str) -> Vec<Number> {
    let groups = digit_groups(text);
    let mut found = Vec::new();
    let mut next = 0;
    while next < groups.len() {
        let Some((taken, kind)) = recognise(&groups[next..]) else {
            next += 1;
            continue;
        };
        let whole = join(&groups[next..next + taken]);
        let span = groups[next].span.start..groups[next + taken - 1].span.end;
        found.push(Number { whole, span, kind });
        next += taken;
    }
    found
}

/// Digits that stand together, and whether one space or hyphen at most separates them from the group before.
struct Group {
    digits: String,
    span: Range<usize>,
    joined: bool,
}

impl Group {
    /// Whether `c` is the X that closes an identity number, the last group of which has one to four characters.
    fn takes(&self, c: char) -> bool {
        c == 'X' && (self.digits.len() == 17 || (self.joined && self.digits.len() < 4))
    }
}

enum Kind {
    /// With so many digits of country code in front.
    Phone {
        prefix: usize,
    },
    Identity,
}

fn digit_groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in text.char_indices() {
        let (plain, end) = (narrow(c).to_ascii_uppercase(), at + c.len_utf8());
        let is_digit = plain.is_ascii_digit();
        match groups.last_mut() {
            Some(last)
                if last.span.end == at && !last.digits.ends_with('X') && (is_digit || last.takes(plain)) =>
            {
                last.digits.push(plain);
                last.span.end = end;
                continue;
            }
            _ if !is_digit => continue,
            _ => {}
        }
        let gap = groups.last().map_or("", |last| &text[last.span.end..at]);
        let joined = gap.chars().count() == 1 && gap.chars().all(|c| " -－—\u{a0}".contains(narrow(c)));
        groups.push(Group { digits: plain.to_string(), span: at..end, joined });
    }
    groups
}

fn join(groups: &[Group]) -> String {
    groups.iter().map(|group| group.digits.as_str()).collect()
}

/// The number at the front of `groups`: how many groups it takes, and what it is. A group which is a number by itself
/// is never joined with its neighbours.
fn recognise(groups: &[Group]) -> Option<(usize, Kind)> {
    if let Some(kind) = alone(&groups[0].digits) {
        return Some((1, kind));
    }
    let chain = 1 + groups[1..].iter().take(5).take_while(|g| g.joined && alone(&g.digits).is_none()).count();
    (2..=chain).rev().find_map(|taken| together(&groups[..taken]).map(|kind| (taken, kind)))
}

fn alone(digits: &str) -> Option<Kind> {
    let local = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).unwrap_or(digits);
    let dialled = digits.strip_prefix('0').filter(|rest| is_mobile(rest));
    if is_mobile(local) {
        Some(Kind::Phone { prefix: digits.len() - local.len() })
    } else if dialled.is_some() {
        Some(Kind::Phone { prefix: 1 })
    } else if landline_area(digits).is_some() {
        Some(Kind::Phone { prefix: 0 })
    } else {
        is_identity(digits).then_some(Kind::Identity)
    }
}

fn together(groups: &[Group]) -> Option<Kind> {
    let whole = join(groups);
    let prefix =
        if groups[0].digits == "86" || groups[0].digits == "0086" { groups[0].digits.len() } else { 0 };
    let first = groups[usize::from(prefix > 0)..].first()?;
    let local = &whole[prefix..];
    // 138 1234 5678 or 1381234 5678, but no date with an hour behind it
    let mobile = is_mobile(local)
        && (first.digits.len() == 3
            || (whole.len() - prefix == 11 && groups.len() == 2 && first.digits.len() <= 7));
    let landline = landline_area(local) == Some(first.digits.len());
    if mobile || landline {
        return Some(Kind::Phone { prefix });
    }
    (groups[0].digits.len() >= 3 && is_identity(&whole)).then_some(Kind::Identity)
}

/// Whether there is a birth date where identity numbers have it; the old ones leave the century out. Old numbers of
/// people born before 1930 are let through, because the codes of grid cells look like them.
fn is_identity(digits: &str) -> bool {
    match digits.len() {
        18 => birth(digits).is_some(),
        15 => digits.as_bytes()[6] >= b'3' && birth(&format!("{}19{}", &digits[..6], &digits[6..])).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Audience::{Office, Public, Subject, Unit};
    use proptest::prelude::*;

    #[test]
    fn numbers_are_told_with_their_places() {
        let text = "电话 138 1234 1234，证号11010519491231002X。";
        let found: Vec<_> =
            personal_numbers(text).into_iter().map(|(span, kind)| (&text[span], kind)).collect();
        let wanted =
            [("138 1234 1234", PersonalNumber::Phone), ("11010519491231002X", PersonalNumber::Identity)];
        assert_eq!(found, wanted);
    }

    #[test]
    fn finds_numbers_however_they_are_written() {
        for (text, shown) in [
            ("电话13812341234，张先生", "电话138****1234，张先生"),
            ("138 1234 1234", "138****1234"),
            ("138-1234-1234或0937-6226666", "138****1234或0937-***6666"),
            ("+86 13812341234", "+86 138****1234"),
            ("8613812341234", "86138****1234"),
            ("１３８１２３４１２３４", "138****1234"),
            ("身份证11010519491231002x办理", "身份证1****************X办理"),
            ("110105 19491231 002X", "1****************X"),
            ("旧证130503670401001", "旧证1*************1"),
            ("2026-03-05 13812341234", "2026-03-05 138****1234"),
            ("13812341234 13912341234", "138****1234 139****1234"),
        ] {
            assert_eq!(mask_text(text, Public), shown, "{text}");
        }
    }

    #[test]
    fn leaves_other_numbers_alone() {
        for text in [
            "CASE-2026-000412",
            "2026-03-05 09:30:00",
            "2026-03-05 0930",
            "罚款12000元，面积1.5万平方米",
            "新华南路12号3单元201室",
            "12345热线、110、96310",
            "编码620201001 620201100",
            "网格620201001003001，部件6202010101000123，案卷6202012026030500001",
            "",
        ] {
            assert_eq!(mask_text(text, Public), text);
        }
    }

    #[test]
    fn each_audience_sees_its_own() {
        let text = "13812341234 11010519491231002X";
        assert_eq!(mask_text(text, Unit), "138****1234 1*************002X");
        assert_eq!(mask_text(text, Office), "13812341234 1*************002X");
        assert_eq!(mask_text(text, Subject), text);
    }

    proptest! {
        #[test]
        fn never_panics_and_needs_no_second_pass(text in "[0-9Xx \\-－０９张号+]{0,40}") {
            let once = mask_text(&text, Public);
            prop_assert_eq!(mask_text(&once, Public).len(), once.len());
        }

        #[test]
        fn a_mobile_number_among_words_is_always_found(before in "[^0-9０-９\\- ]{0,9}", phone in "1[3-9][0-9]{9}", after in "[^0-9０-９\\- ]{0,9}") {
            let text = format!("{before}{phone}{after}");
            prop_assert!(!mask_text(&text, Public).contains(&phone));
        }
    }
}
