//! A set as a cell of a file: a line for each question.
//!
//! ```text
//! depth|number|required|open|积水有多深=How deep is the water|厘米=cm|flooded=yes
//! ```
//!
//! Code, kind, `required` or `optional`, `personal` or `open`, wording, unit or choices (`/` between them), and the answer to an
//! earlier question after which alone it is asked. Behind a sign of equality stands the English.

use super::{ExtraKind, NewExtra, Words, check_set};
use kernel::workflow::Named;

/// As [`read`] reads it.
pub fn write(set: &[NewExtra]) -> String {
    set.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(extra: &NewExtra) -> String {
    let choices = || extra.choices.iter().map(Words::write).collect::<Vec<_>>().join("/");
    let detail = if extra.kind == ExtraKind::Number { extra.unit.write() } else { choices() };
    let after = extra.after.as_ref().map_or_else(String::new, |(code, value)| format!("{code}={value}"));
    let required = if extra.required { "required" } else { "optional" };
    let personal = if extra.personal { "personal" } else { "open" };
    [&extra.code, extra.kind.code(), required, personal, &extra.wording.write(), &detail, &after].join("|")
}

/// Reads such a cell; none where it is written differently or makes no sense.
pub fn read(cell: &str) -> Option<Vec<NewExtra>> {
    let lines = cell.lines().map(str::trim).filter(|line| !line.is_empty());
    let set: Vec<NewExtra> = lines.map(extra).collect::<Option<_>>()?;
    check_set(&set).is_ok().then_some(set)
}

fn extra(line: &str) -> Option<NewExtra> {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let [code, kind, required, personal, wording, detail, after] = parts.as_slice() else { return None };
    let kind = ExtraKind::parse(kind)?;
    let flag = |text: &str, yes: &str, no: &str| match text {
        t if t == yes => Some(true),
        t if t == no => Some(false),
        _ => None,
    };
    let is_number = kind == ExtraKind::Number;
    let choices = detail.split('/').map(str::trim).filter(|choice| !is_number && !choice.is_empty());
    let after = match *after {
        "" => None,
        after => after.split_once('=').map(|(code, value)| Some((code.to_owned(), value.to_owned())))?,
    };
    Some(NewExtra {
        code: (*code).to_owned(),
        wording: Words::read(wording),
        kind,
        unit: if is_number { Words::read(detail) } else { Words::default() },
        choices: choices.map(Words::read).collect(),
        required: flag(required, "required", "optional")?,
        personal: flag(personal, "personal", "open")?,
        after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: &str = "flooded|yes-no|required|open|路面有积水吗=Is there water||\n\
                        depth|number|required|open|积水有多深|厘米=cm|flooded=yes\n\
                        what|several|optional|open|哪些受影响|行人/车辆=cars/商铺|\n\
                        who|text|optional|personal|怎么称呼您||";

    #[test]
    fn a_cell_is_read_as_it_was_written() {
        let set = read(CELL).unwrap();
        assert_eq!(write(&set), CELL);
        assert_eq!(set[1].unit, Words::new("厘米", "cm"));
        assert_eq!(set[1].after, Some(("flooded".to_owned(), "yes".to_owned())));
        assert_eq!(read(""), Some(Vec::new()));
        // a spreadsheet ends lines in its own way
        assert_eq!(read(&CELL.replace('\n', "\r\n")), Some(set));
    }

    #[test]
    fn what_makes_no_sense_is_not_read() {
        let twelve = (0..13).map(|n| format!("a{n}|text|optional|open|甲||")).collect::<Vec<_>>().join("\n");
        for wrong in [
            "depth|number|required|open|积水有多深|厘米",
            "Depth|number|required|open|积水有多深|厘米|",
            "condition|text|required|open|甲||",
            "a|colour|required|open|甲||",
            "a|one|required|open|甲|只有一个|",
            "a|one|required|open|甲|同样/同样|",
            "a|text|required|open|甲|不该有/选项|",
            "a|text|must|open|甲||",
            "a|text|required|secret|甲||",
            "a|text|required|open|||",
            "a|text|required|open|甲||\na|text|required|open|乙||",
            "a|text|required|open|甲||b=yes",
            "a|yes-no|required|open|甲||\nb|text|optional|open|乙||a=maybe",
            "a|yes-no|required|open|甲||a=yes",
            &twelve,
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
