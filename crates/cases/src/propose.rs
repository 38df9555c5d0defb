//! What of a case's words the public need not read: proposed by the program, decided by a person. Telephone and identity
//! numbers and number plates by the rules of the kernel; names by the address that follows them, house doors by their units.

use crate::model::{Strike, StrikeKind};
use kernel::identifiers::plates;
use kernel::masking::{PersonalNumber, personal_numbers};
use std::ops::Range;

/// The commonest family names: four of five people have one of them (公安部《二〇二〇年全国姓名报告》 lists the first hundred).
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
/// What people are called by behind their name.
const CALLED: &[&str] =
    &["先生", "女士", "小姐", "师傅", "老师", "同志", "大爷", "大妈", "大姐", "大哥", "阿姨", "奶奶", "爷爷"];
/// Units of a dwelling, the longer ones first; and those that are one only beside another or behind a street.
const ROOMS: &[&str] = &["号楼", "号院", "单元", "栋", "幢", "室", "户"];
const WEAK: &[&str] = &["号", "楼", "门", "层"];
const NUMERALS: &str = "0123456789０１２３４５６７８９一二三四五六七八九十百零〇-－#";

/// In the order in which they stand; they may overlap.
pub(crate) fn proposals(text: &str) -> Vec<Strike> {
    let mut found: Vec<(Range<usize>, StrikeKind)> = Vec::new();
    found.extend(personal_numbers(text).into_iter().map(|(span, kind)| match kind {
        PersonalNumber::Phone => (span, StrikeKind::Phone),
        PersonalNumber::Identity => (span, StrikeKind::Identity),
    }));
    found.extend(plates(text).into_iter().map(|span| (span, StrikeKind::Plate)));
    found.extend(names(text).into_iter().map(|span| (span, StrikeKind::Name)));
    found.extend(doors(text).into_iter().map(|span| (span, StrikeKind::Door)));
    let chars = |until: usize| u32::try_from(text[..until].chars().count()).unwrap_or(u32::MAX);
    let strike = |(span, kind): (Range<usize>, StrikeKind)| Strike {
        from: chars(span.start),
        until: chars(span.end),
        kind,
    };
    let mut strikes: Vec<Strike> = found.into_iter().map(strike).collect();
    strikes.sort_unstable();
    strikes
}

/// 王女士, 张建国先生: a family name, at most two characters of a given name, and an address.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for called in CALLED {
        for (at, _) in text.match_indices(called) {
            let before = text[..at].char_indices().rev().take(3);
            let start = before.into_iter().find(|(_, c)| SURNAMES.contains(*c)).map(|(start, _)| start);
            found.extend(start.map(|start| start..at + called.len()));
        }
    }
    found
}

/// 3号楼2单元501室, 新华路12号: numbers and units that follow each other.
fn doors(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some((length, strong)) = chain(&text[at..]) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let behind_a_street = text[..at].ends_with(['路', '街', '巷', '道']);
        if strong || behind_a_street {
            found.push(at..at + length);
        }
        at += length;
    }
    found
}

/// How long a chain of numbers and units is that begins here, and whether one of its units is surely of a dwelling.
fn chain(text: &str) -> Option<(usize, bool)> {
    let (mut length, mut strong) = (0, false);
    loop {
        let rest = &text[length..];
        let number = rest.len() - rest.trim_start_matches(|c| NUMERALS.contains(c)).len();
        if number == 0 {
            break;
        }
        let behind = &rest[number..];
        let unit = |units: &[&str]| units.iter().find(|u| behind.starts_with(**u)).map(|u| u.len());
        match (unit(ROOMS), unit(WEAK)) {
            (Some(unit), _) => {
                strong = true;
                length += number + unit;
            }
            (None, Some(unit)) => length += number + unit,
            // the number of a room behind its house
            (None, None) if strong => length += number,
            (None, None) => break,
        }
    }
    (length > 0).then_some((length, strong))
}

#[cfg(test)]
mod tests {
    use super::proposals;
    use kernel::workflow::Named;

    fn found(text: &str) -> Vec<(String, &'static str)> {
        let part = |from: u32, until: u32| {
            text.chars().skip(from as usize).take((until - from) as usize).collect::<String>()
        };
        proposals(text).into_iter().map(|s| (part(s.from, s.until), s.kind.code())).collect()
    }

    fn words(text: &str) -> Vec<String> {
        found(text).into_iter().map(|(words, _)| words).collect()
    }

    #[test]
    fn what_names_people_is_proposed() {
        let text = "请找王女士13812341234，或张建国先生，车牌甘B12345，住3号楼2单元501";
        assert_eq!(
            found(text),
            [
                ("王女士", "name"),
                ("13812341234", "phone"),
                ("张建国先生", "name"),
                ("甘B12345", "plate"),
                ("3号楼2单元501", "door")
            ]
            .map(|(w, k)| (w.to_owned(), k))
        );
        assert_eq!(words("身份证11010519491231002X的人"), ["11010519491231002X"]);
        assert_eq!(words("新华路12号门口"), ["12号"]);
    }

    #[test]
    fn dates_bus_lines_and_plain_words_are_not() {
        for text in ["5月3号没人来清运", "3号线施工", "老师傅在修车", "垃圾桶旁边", "一楼商铺占道", ""]
        {
            assert_eq!(words(text), Vec::<String>::new(), "{text}");
        }
    }
}
