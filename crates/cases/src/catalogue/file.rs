//! The catalogue as a file: items, their 立案条件, and limits by stage, in the shape in which people keep such tables. What is
//! exported is read again without loss.
//!
//! An item has one row, and one more for each of its conditions. A row of the kind `all` (全部) holds the stages' usual limits.
//! A limit is written `4 工作时`; one that nobody has confirmed carries a mark behind it. Columns that a file does not have
//! change nothing: a plain list of kinds, codes and names is a catalogue too.

use super::ItemKind;
use super::extras;
use super::publish::{Listed, NewItem, NewLimit};
use crate::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use people::queries::{Unfound, UnitBook};
use sheets::{Heading, Options, Reason, Remark, Report, Row, Source, WHOLE_ROW};
use std::collections::HashMap;
use web::import::{Causes, no_table};

pub const KIND: Heading = Heading::new("item_kind", &["kind", "类型", "部件事件", "部件 / 事件"]);
pub const CODE: Heading = Heading::new("item_code", &["code", "小类代码", "代码"]);
pub const MAJOR_CODE: Heading = Heading::new("major_code", &["大类代码", "code of the class"]);
pub const MAJOR_NAME: Heading = Heading::new("major_name", &["大类名称", "大类", "class"]);
pub const NAME: Heading = Heading::new("item_name", &["name", "小类名称", "小类", "名称"]);
pub const PUBLIC: Heading = Heading::new("public", &["市民可选", "offered to citizens"]);
pub const UNIT_CODE: Heading =
    Heading::new("default_unit_code", &["默认单位编号", "number of the default unit"]);
pub const UNIT: Heading = Heading::new("default_unit", &["默认单位", "default unit", "责任单位"]);
pub const CONDITION: Heading = Heading::new("condition_code", &["立案条件代码", "code of the condition"]);
pub const CONDITION_TEXT: Heading = Heading::new("condition_text", &["立案条件", "condition"]);
/// One for each stage, in the order of [`Stage::ALL`].
pub const LIMITS: [Heading; 6] = [
    Heading::new("limit_confirm", &["核实时限", "limit to confirm"]),
    Heading::new("limit_register", &["立案时限", "limit to register"]),
    Heading::new("limit_dispatch", &["派遣时限", "limit to dispatch"]),
    Heading::new("limit_handle", &["处置时限", "limit to handle"]),
    Heading::new("limit_verify", &["核查时限", "limit to verify"]),
    Heading::new("limit_close", &["结案时限", "limit to close"]),
];
/// What whoever reports it is asked: see [`extras::cell`].
pub const EXTRAS: Heading = Heading::new("extras", &["附加问题", "further questions"]);
/// All, in the order of an export.
pub const ALL: [&Heading; 17] = [
    &KIND,
    &CODE,
    &MAJOR_CODE,
    &MAJOR_NAME,
    &NAME,
    &PUBLIC,
    &UNIT_CODE,
    &UNIT,
    &CONDITION,
    &CONDITION_TEXT,
    &LIMITS[0],
    &LIMITS[1],
    &LIMITS[2],
    &LIMITS[3],
    &LIMITS[4],
    &LIMITS[5],
    &EXTRAS,
];

/// The kind of the row with the usual limits.
pub const EVERYTHING: &str = "all";

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub items: Vec<Listed>,
    pub limits: Option<Vec<NewLimit>>,
    pub report: Report,
    /// In which row each item stands.
    rows: HashMap<(ItemKind, String), u64>,
}

impl Read {
    pub fn row_of(&self, item: &(ItemKind, String)) -> u64 {
        self.rows.get(item).copied().unwrap_or(0)
    }
}

/// Reads a file. A catalogue with holes would lose items without anybody noticing: when a row does not fit, none is accepted.
pub fn read(bytes: &[u8], units: &UnitBook) -> Result<Read> {
    let mut source = Source::from_bytes(bytes.to_vec(), &Options::default()).map_err(no_table)?;
    for heading in [&KIND, &CODE, &NAME] {
        if !heading.is_in(source.header()) {
            let missing = FieldError::new("import_file", "column-missing");
            let titles = heading.also.iter().take(3).copied().collect::<Vec<_>>().join(" / ");
            return Err(Problem::invalid(vec![missing.arg("column", titles)]));
        }
    }
    let tells_limits = LIMITS.iter().any(|heading| heading.is_in(source.header()));
    let mut reader = Reader { units, read: Read::default(), limits: Vec::new(), conditions: HashMap::new() };
    for row in source.rows().map_err(no_table)? {
        let row = row.map_err(no_table)?;
        match reader.row(&row) {
            Ok(remarks) => reader.read.report.accept(remarks),
            Err(causes) => reader.read.report.refuse(row.number(), causes.remarks(row.number())),
        }
    }
    let Reader { mut read, limits, .. } = reader;
    read.limits = tells_limits.then_some(limits);
    if !read.report.refused.is_empty() {
        read.report.accepted = 0;
        read.report.refused.push(Remark::new(1, WHOLE_ROW, "catalogue_whole"));
    }
    Ok(read)
}

struct Reader<'a> {
    units: &'a UnitBook,
    read: Read,
    limits: Vec<NewLimit>,
    /// Conditions seen so far, by item; the usual one is the empty text.
    conditions: HashMap<Option<(ItemKind, String)>, Vec<String>>,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row) -> std::result::Result<Vec<Remark>, Causes> {
        let mut remarks = Vec::new();
        let item = self.item(row, &mut remarks)?;
        let (condition, text) = (CONDITION.of(row), CONDITION_TEXT.of(row));
        let seen = self.conditions.entry(item.clone()).or_default();
        if seen.iter().any(|known| known == condition) {
            return Err(Causes::one(
                if condition.is_empty() { CODE.name } else { CONDITION.name },
                Reason::DuplicateId,
            ));
        }
        if !condition.is_empty() && text.is_empty() {
            return Err(Causes::one(CONDITION_TEXT.name, Reason::Blank));
        }
        seen.push(condition.to_owned());
        let mut causes = Causes::default();
        let before = self.limits.len();
        for (heading, stage) in LIMITS.iter().zip(Stage::ALL) {
            match (heading.of(row), limit_of(heading.of(row))) {
                ("", _) => {}
                (_, Some((limit, confirmed))) => self.limits.push(NewLimit {
                    item: item.clone(),
                    condition: condition.to_owned(),
                    condition_text: text.to_owned(),
                    stage: *stage,
                    limit,
                    confirmed,
                }),
                _ => causes.add(heading.name, "catalogue_no_limit"),
            }
        }
        if causes.is_empty() && !condition.is_empty() && self.limits.len() == before {
            causes.add(LIMITS[3].name, Reason::Blank);
        }
        if causes.is_empty() { Ok(remarks) } else { Err(causes) }
    }

    /// The item of a row, entered when it is seen for the first time; none for the row of everything.
    fn item(
        &mut self,
        row: &Row,
        remarks: &mut Vec<Remark>,
    ) -> std::result::Result<Option<(ItemKind, String)>, Causes> {
        if matches!(KIND.of(row), EVERYTHING | "全部" | "All") {
            return match (CODE.of(row), CONDITION.of(row)) {
                ("", "") => Ok(None),
                _ => Err(Causes::one(CODE.name, Reason::UnknownValue)),
            };
        }
        let mut causes = Causes::default();
        let kind = kind(KIND.of(row));
        if kind.is_none() {
            causes.add(KIND.name, Reason::UnknownValue);
        }
        let [code, name] = [&CODE, &NAME].map(|heading| heading.of(row).to_owned());
        if code.is_empty() {
            causes.add(CODE.name, Reason::Blank);
        }
        let Some(kind) = kind.filter(|_| causes.is_empty()) else { return Err(causes) };
        let key = (kind, code.clone());
        if let Some(known) = self.read.items.iter().find(|l| l.item.kind == kind && l.item.code == code) {
            let same = name.is_empty() || name == known.item.name;
            return if same { Ok(Some(key)) } else { Err(Causes::one(CODE.name, Reason::DuplicateId)) };
        }
        if name.is_empty() {
            return Err(Causes::one(NAME.name, Reason::Blank));
        }
        let public = match PUBLIC.of(row) {
            "" => None,
            "1" | "是" | "yes" => Some(true),
            "0" | "否" | "no" => Some(false),
            _ => return Err(Causes::one(PUBLIC.name, Reason::UnknownValue)),
        };
        let default_unit = (UNIT.is_in(row.header()) || UNIT_CODE.is_in(row.header())).then(|| {
            let found = self.units.find(UNIT_CODE.of(row), UNIT.of(row));
            if found.is_ok_and(|found| found.code_differs) {
                let note = Remark::new(row.number(), UNIT_CODE.name, "catalogue_unit_by_name");
                self.read.report.note([note]);
            }
            if found.is_err_and(|unfound| unfound != Unfound::Blank) {
                remarks.push(Remark::new(row.number(), UNIT.name, "catalogue_unknown_unit"));
            }
            found.ok().map(|found| found.unit)
        });
        let told = EXTRAS.is_in(row.header()).then(|| extras::cell::read(EXTRAS.of(row)));
        if told == Some(None) {
            return Err(Causes::one(EXTRAS.name, "catalogue_no_questions"));
        }
        let extras = told.flatten();
        let [major_code, major_name] = [&MAJOR_CODE, &MAJOR_NAME].map(|heading| heading.of(row).to_owned());
        let item = NewItem { kind, code, major_code, major_name, name };
        self.read.rows.insert(key.clone(), row.number());
        self.read.items.push(Listed { item, public, default_unit, extras });
        Ok(Some(key))
    }
}

fn kind(text: &str) -> Option<ItemKind> {
    let text = text.to_lowercase();
    ItemKind::parse(&text).or(match text.as_str() {
        "管理部件" | "部件" => Some(ItemKind::Component),
        "管理事件" | "管理事项" | "事件" | "事项" => Some(ItemKind::Event),
        _ => None,
    })
}

/// Marks behind a limit that nobody has confirmed, as exports write them in either language.
const MARKS: [&str; 4] = ["（待确认）", "(待确认)", "(to be confirmed)", "?"];

/// A limit and whether it is confirmed.
fn limit_of(text: &str) -> Option<(Limit, bool)> {
    let text = text.trim();
    let bare = MARKS.iter().find_map(|mark| text.strip_suffix(mark)).map(str::trim);
    let (amount, unit) = bare
        .unwrap_or(text)
        .split_at_checked(bare.unwrap_or(text).find(|c: char| !c.is_ascii_digit()).unwrap_or(0))?;
    let value = amount.parse().ok().filter(|value| (1..=10_000).contains(value))?;
    Some((Limit { value, unit: unit_of(unit.trim().trim_start_matches('个').trim())? }, bare.is_none()))
}

fn unit_of(text: &str) -> Option<TimeUnit> {
    TimeUnit::parse(text).or(match text.to_lowercase().as_str() {
        "紧急工作时" | "urgent hours" | "urgent hour" => Some(TimeUnit::UrgentHour),
        "工作时" | "working hours" | "working hour" => Some(TimeUnit::WorkingHour),
        "工作日" | "working days" | "working day" => Some(TimeUnit::WorkingDay),
        "自然日" | "calendar days" | "calendar day" => Some(TimeUnit::CalendarDay),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &str) -> Read {
        read(bytes.as_bytes(), &UnitBook::default()).unwrap_or_else(|problem| panic!("{problem}"))
    }

    #[test]
    fn limits_are_read_as_people_write_them() {
        let found = |text| limit_of(text).map(|(limit, confirmed)| (limit.value, limit.unit, confirmed));
        assert_eq!(found("4 工作时"), Some((4, TimeUnit::WorkingHour, true)));
        assert_eq!(found("2个工作日（待确认）"), Some((2, TimeUnit::WorkingDay, false)));
        assert_eq!(found("24 urgent hours (to be confirmed)"), Some((24, TimeUnit::UrgentHour, false)));
        assert_eq!(found("10calendar_day"), Some((10, TimeUnit::CalendarDay, true)));
        for bad in ["", "4", "工作时", "0 工作时", "4 小时", "-4 工作时", "10001 工作日", "四 工作时"]
        {
            assert_eq!(found(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_plain_list_is_a_catalogue() {
        let found = all(
            "kind,code,major_code,major_name,name\n管理事项,06010,06,市容环境类,暴露垃圾\ncomponent,01001,01,甲,乙\n",
        );
        assert_eq!((found.items.len(), found.report.accepted), (2, 2));
        assert!(found.limits.is_none());
        assert!(found.items.iter().all(|l| l.public.is_none() && l.default_unit.is_none()));
    }

    #[test]
    fn questions_come_with_their_item() {
        let file = |cell: &str| {
            all(&format!("kind,code,name,extras\nevent,01001,井盖,\"{cell}\"\nevent,01002,路灯,\n"))
        };
        let found =
            file("gone|yes-no|required|open|井盖还在吗||\nwide|number|optional|open|直径|厘米|gone=no");
        let asked: Vec<usize> = found.items.iter().map(|l| l.extras.as_ref().map_or(9, Vec::len)).collect();
        assert_eq!((asked, found.report.refused_rows()), (vec![2, 0], 0));
        let wrong = file("wide|number|optional|open|直径|厘米|gone=no");
        let told: Vec<(u64, &str)> =
            wrong.report.refused.iter().map(|r| (r.row, r.reason.as_str())).collect();
        assert_eq!(told, [(2, "catalogue_no_questions"), (1, "catalogue_whole")]);
        // a file that does not tell of them changes nothing
        assert!(all("kind,code,name\nevent,01001,井盖\n").items[0].extras.is_none());
    }

    #[test]
    fn one_row_that_does_not_fit_keeps_all_out() {
        let found = all("kind,code,major_code,major_name,name,condition_code,condition_text,limit_handle\n\
             all,,,,,,,2 工作日\n\
             event,06001,06,市容,私搭乱建,,,20 工作日\n\
             event,06001,,,,1,停工,4 工作时（待确认）\n\
             event,06001,06,市容,私搭乱建,1,又是停工,4 工作时\n\
             event,06002,06,市容,别的,2,,4 工作时\n\
             event,06003,06,市容,又一个,3,没有时限,\n\
             event,06004,06,市容,,,,\n\
             traffic,06005,06,市容,车,,,\n\
             event,06006,06,市容,好,,,半天\n");
        let told: Vec<(u64, &str, &str)> =
            found.report.refused.iter().map(|r| (r.row, r.field.as_str(), r.reason.as_str())).collect();
        assert_eq!(
            told,
            [
                (5, "condition_code", "duplicate_id"),
                (6, "condition_text", "blank"),
                (7, "limit_handle", "blank"),
                (8, "item_name", "blank"),
                (9, "item_kind", "unknown_value"),
                (10, "limit_handle", "catalogue_no_limit"),
                (1, "*", "catalogue_whole"),
            ]
        );
        assert_eq!((found.report.read, found.report.accepted, found.report.refused_rows()), (9, 0, 9));
    }
}
