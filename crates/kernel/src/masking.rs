//! What of a person is shown to whom. One module, so that no page decides for itself.
//!
//! | | [`Public`](Audience::Public) | [`Unit`](Audience::Unit) | [`Office`](Audience::Office) | [`Subject`](Audience::Subject) |
//! |---|---|---|---|---|
//! | name | surname, 张** | whole | whole | whole |
//! | phone | 138\*\*\*\*1234 | 138\*\*\*\*1234 | whole | whole |
//! | identity number | first and last | first 1, last 4 | first 1, last 4 | whole |
//! | address | to the street office or road | to the house number | whole | whole |
//!
//! Personal Information Protection Law art. 6 (no more than the purpose needs), 25 (no publication) and 51
//! (de-identification). Whoever must see a whole identity number asks for the number itself, which is audited.

mod text;

pub use text::{PersonalNumber, mask_text, personal_numbers};

use crate::identifiers::{landline_area, narrow};
use serde::{Deserialize, Serialize};

/// Who is looking, from the least trusted to the person concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Anybody; pages without login, open data, certificates.
    Public,
    /// A unit that handles the matter.
    Unit,
    /// The Civilised City office.
    Office,
    /// The person themselves.
    Subject,
}

/// Family names of two characters; all others are taken to have one.
const DOUBLE_SURNAMES: [&str; 24] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木",
    "轩辕", "长孙", "宇文", "司空", "南宫", "独孤", "闻人", "呼延", "百里", "东郭", "拓跋",
];

/// `张三丰` → `张**`, `欧阳修` → `欧阳*`, `阿依古丽·买买提` → `阿***`, `Smith` → `S***`.
pub fn mask_name(name: &str, audience: Audience) -> String {
    let name = name.trim();
    if audience > Audience::Public {
        return name.to_owned();
    }
    let letters = name.chars().count();
    let chinese = name.chars().all(|c| ('\u{3400}'..='\u{9fff}').contains(&c) || c >= '\u{20000}');
    if !chinese || letters > 4 {
        return name.chars().next().map(|first| format!("{first}***")).unwrap_or_default();
    }
    let surname =
        if letters > 2 && DOUBLE_SURNAMES.iter().any(|double| name.starts_with(double)) { 2 } else { 1 };
    // of a name of one character, the surname would be all
    let shown = if letters > 1 { surname } else { 0 };
    name.chars().take(shown).chain(std::iter::repeat_n('*', letters - shown)).collect()
}

/// `13812341234` → `138****1234`, `0937-6226666` → `0937-***6666`; anything shorter than seven digits → stars.
pub fn mask_phone(phone: &str, audience: Audience) -> String {
    if audience >= Audience::Office {
        return phone.to_owned();
    }
    let plain: Vec<char> = phone.chars().map(narrow).filter(|c| !" -()".contains(*c)).collect();
    if plain.len() < 7 {
        return "*".repeat(plain.len());
    }
    let whole: String = plain.iter().collect();
    let (head, hyphen) = landline_area(&whole).map_or((3, ""), |area| (area, "-"));
    let tail = plain.len() - 4;
    let head = head.min(tail - 3);
    let (start, end): (String, String) = (plain[..head].iter().collect(), plain[tail..].iter().collect());
    format!("{start}{hyphen}{}{end}", "*".repeat(tail - head))
}

/// `11010519491231002X` → `1****************X` for everybody, `1*************002X` for a unit and the office. Also
/// right for numbers of other lengths, such as passports; up to four characters → stars.
pub fn mask_id_number(number: &str, audience: Audience) -> String {
    let letters: Vec<char> = number.trim().chars().collect();
    let tail = match audience {
        Audience::Subject => return number.to_owned(),
        Audience::Office | Audience::Unit if letters.len() >= 8 => 4,
        _ => 1,
    };
    if letters.len() <= 4 {
        return "*".repeat(letters.len());
    }
    let middle = letters.len() - 1 - tail;
    let end: String = letters[middle + 1..].iter().collect();
    format!("{}{}{end}", letters[0], "*".repeat(middle))
}

/// `甘肃省嘉峪关市雄关街道新华南路12号3单元` → `…雄关街道***` for everybody, `…新华南路***` for a unit.
pub fn mask_address(address: &str, audience: Audience) -> String {
    let address = address.trim();
    let kept = match audience {
        Audience::Public => end_of(address, &["街道", "镇", "乡"])
            .or_else(|| end_of(address, &["大道", "路", "街", "巷"]))
            .or_else(|| end_of(address, &["区", "县", "市"])),
        Audience::Unit => Some(start_of_house_number(address)),
        Audience::Office | Audience::Subject => return address.to_owned(),
    };
    // nothing recognised: show nothing. An exact end needs no stars.
    let kept = kept.unwrap_or(0).min(start_of_house_number(address));
    if kept == address.len() { address.to_owned() } else { format!("{}***", &address[..kept]) }
}

/// Byte offset just behind the first of the words that ends the name of a place: 区 does, the 区 of 小区 does not.
fn end_of(address: &str, words: &[&str]) -> Option<usize> {
    const NO_PLACE_BEFORE: [char; 5] = ['小', '社', '园', '超', '门'];
    let ends_a_place = |at: &usize| *at > 0 && !address[..*at].ends_with(NO_PLACE_BEFORE);
    words
        .iter()
        .filter_map(|word| {
            Some(address.match_indices(word).map(|(at, _)| at).find(ends_a_place)? + word.len())
        })
        .min()
}

/// Byte offset at which numbers of houses, buildings and rooms begin; the length when there are none.
fn start_of_house_number(address: &str) -> usize {
    let numeral =
        |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十百零〇甲乙丙丁-－#＃".contains(c);
    let digit = address.find(|c: char| narrow(c).is_ascii_digit());
    let unit = ["号", "栋", "幢", "单元", "室", "楼"].iter().filter_map(|word| {
        let before = address[..address.find(word)?].trim_end_matches(numeral).len();
        (before < address.find(word)?).then_some(before)
    });
    unit.chain(digit).min().unwrap_or(address.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Audience::{Office, Public, Subject, Unit};
    use proptest::prelude::*;

    #[test]
    fn names() {
        for (name, shown) in [
            ("张三", "张*"),
            ("张三丰", "张**"),
            ("欧阳修", "欧阳*"),
            ("欧阳", "欧*"),
            ("诸葛孔明", "诸葛**"),
            ("阿依古丽·买买提", "阿***"),
            ("John Smith", "J***"),
            ("李", "*"),
            ("", ""),
        ] {
            assert_eq!(mask_name(name, Public), shown);
            assert_eq!(mask_name(name, Unit), name);
        }
    }

    #[test]
    fn phones() {
        assert_eq!(mask_phone("138 1234 1234", Public), "138****1234");
        assert_eq!(mask_phone("0937-6226666", Unit), "0937-***6666");
        assert_eq!(mask_phone("010-62345678", Unit), "010-****5678");
        assert_eq!(mask_phone("110", Public), "***");
        assert_eq!(mask_phone("6226666", Public), "***6666");
        assert_eq!(mask_phone("13812341234", Office), "13812341234");
    }

    #[test]
    fn identity_numbers() {
        let number = "11010519491231002X";
        assert_eq!(mask_id_number(number, Public), "1****************X");
        assert_eq!(mask_id_number(number, Unit), "1*************002X");
        assert_eq!(mask_id_number(number, Office), "1*************002X");
        assert_eq!(mask_id_number(number, Subject), number);
        assert_eq!(mask_id_number("E123", Public), "****");
    }

    #[test]
    fn addresses() {
        let long = "甘肃省嘉峪关市雄关街道新华南路12号3单元201";
        for (address, public, unit) in [
            (long, "甘肃省嘉峪关市雄关街道***", "甘肃省嘉峪关市雄关街道新华南路***"),
            ("嘉峪关市新城镇新城村三组15号", "嘉峪关市新城镇***", "嘉峪关市新城镇新城村三组***"),
            ("嘉峪关市建设路十二号楼", "嘉峪关市建设路***", "嘉峪关市建设路***"),
            ("嘉峪关市雄关街道", "嘉峪关市雄关街道", "嘉峪关市雄关街道"),
            ("福乐小区1-2-301", "***", "福乐小区***"),
        ] {
            assert_eq!(mask_address(address, Public), public);
            assert_eq!(mask_address(address, Unit), unit);
            assert_eq!(mask_address(address, Office), address);
        }
    }

    #[test]
    fn nothing_panics_on_odd_input() {
        for odd in ["号", "楼楼", "１号", "𠮷", "a", "省市区街道路", " 　"] {
            for audience in [Public, Unit, Office, Subject] {
                let _ = (mask_name(odd, audience), mask_phone(odd, audience));
                let _ = (mask_id_number(odd, audience), mask_address(odd, audience));
            }
        }
    }

    proptest! {
        #[test]
        fn the_public_never_sees_the_middle(number in "[1-9][0-9]{16}[0-9X]", phone in "1[3-9][0-9]{9}") {
            prop_assert!(!mask_id_number(&number, Public).contains(&number[1..17]));
            prop_assert_eq!(mask_phone(&phone, Public), format!("{}****{}", &phone[..3], &phone[7..]));
        }
    }
}
