//! What a period, a request, an item and a line of the ledger are.

use crate::window::Window;
use crate::workflow::State;
use ::store::files::File;
use ::store::value::Json;
use ::store::{Sealed, coded, record, sealed_columns};
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::policy::{Standing, Tie};
use kernel::time::{Date, Instant};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

kernel::named! {
    /// 材料种类
    pub enum Kind {
        /// 规范性文件
        Rule = "rule",
        /// 情况说明
        Statement = "statement",
        /// 实景图片
        Picture = "picture",
        /// 统计表格
        Table = "table",
    }
}

impl Kind {
    /// What a scheme calls this kind. Schemes are written by people: 说明报告 is 情况说明, 图片 is 实景图片.
    pub fn of_word(word: &str) -> Option<Self> {
        let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
        match () {
            () if has(&["图片", "照片", "实景"]) => Some(Kind::Picture),
            () if has(&["表格", "统计", "报表"]) => Some(Kind::Table),
            () if has(&["说明", "报告", "总结"]) => Some(Kind::Statement),
            () if has(&["文件", "制度", "规范"]) => Some(Kind::Rule),
            () => None,
        }
    }
}

kernel::named! {
    pub enum PeriodState { Open = "open", Closed = "closed" }
}

kernel::named! {
    /// 征集's state. Only an open one moves, and once.
    pub enum RequestState {
        Open = "open",
        Answered = "answered",
        /// It was never made: see [`Why`].
        Stopped = "stopped",
        Withdrawn = "withdrawn",
    }
}

kernel::named! {
    /// Why a request was not made.
    pub enum Why {
        /// The unit was asked for the same within twelve months.
        Asked = "asked",
        /// It handed in within twelve months what serves it.
        There = "there",
        /// It was asked as often this month as the city allows.
        Quota = "quota",
    }
}

kernel::named! {
    /// What a line of the ledger counts.
    pub enum Burden {
        Request = "request",
        /// Standards asked for.
        Standard = "standard",
        Stopped = "stopped",
        Item = "item",
        File = "file",
        Return = "return",
        /// A request that was answered, with the days that it took.
        Answer = "answer",
    }
}

coded!(Kind, PeriodState, RequestState, Why, Burden);

/// What is taken of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limit {
    /// Most characters of the statement.
    pub characters: i64,
    /// Most pictures for one standard, of one unit.
    pub pictures: i64,
    /// Fewest pixels of a picture's short edge.
    pub short_edge: i64,
    /// Largest file, in megabytes.
    pub megabytes: i64,
}

impl Default for Limit {
    /// 500 characters: 全国文明单位 edition of 2020; three pictures and 800 pixels are what cities commonly ask for. Both are data.
    fn default() -> Self {
        Self { characters: 500, pictures: 3, short_edge: 800, megabytes: 10 }
    }
}

/// Limits of each kind by its code; a kind that is not named has the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Limits(pub BTreeMap<String, Limit>);

impl Limits {
    pub fn of(&self, kind: Kind) -> Limit {
        self.0.get(kind.code()).copied().unwrap_or_default()
    }
}

record! {
    /// 材料期
    #[derive(Clone, Debug)]
    pub struct Period in "evidence_period" {
        pub id: Id<Period>,
        /// `EP-0001`.
        pub number: String,
        pub name: String,
        /// Of a published edition.
        pub scheme_number: String,
        pub scheme_name: String,
        /// `2027-08`.
        pub test_month: String,
        pub opens: Date,
        pub closes: Date,
        pub limits: Json<Limits>,
        pub state: PeriodState,
        pub made_by: String,
        pub made_at: Instant,
        pub version: i64,
    }
}

impl Period {
    pub fn window(&self) -> Option<Window> {
        Window::before(&self.test_month)
    }

    /// Whether something may be handed in on this day.
    pub fn takes_on(&self, day: Date) -> bool {
        self.state == PeriodState::Open && self.opens <= day && day <= self.closes
    }
}

/// What is there already instead of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// Code of the standard.
    pub code: String,
    /// `ER-…` or `EV-…`.
    pub number: String,
}

record! {
    /// 征集, to one unit.
    #[derive(Clone, Debug)]
    pub struct Request in "evidence_request" {
        pub id: Id<Request>,
        /// `ER-2026-0001`.
        pub number: String,
        pub period_id: Id<Period>,
        pub unit_id: Id<Unit>,
        pub kind: Kind,
        pub codes: Json<Vec<String>>,
        pub what: String,
        pub guidance: String,
        pub due_on: Date,
        pub state: RequestState,
        pub why: Option<Why>,
        pub pointers: Json<Vec<Pointer>>,
        /// Why it was withdrawn.
        pub reason: String,
        pub answer_item: Option<Id<Item>>,
        pub asked_by: String,
        pub asked_at: Instant,
        pub answered_at: Option<Instant>,
        pub version: i64,
    }
}

impl Request {
    pub fn standing(&self) -> Standing {
        Standing::of(Tie::Leads, self.unit_id)
    }
}

record! {
    /// 材料
    #[derive(Clone, Debug)]
    pub struct Item in "evidence_item" {
        pub id: Id<Item>,
        /// `EV-2026-000001`.
        pub number: String,
        pub unit_id: Id<Unit>,
        pub kind: Kind,
        pub title: String,
        pub statement: String,
        /// When the paper was issued, the picture taken, the figures counted.
        pub dated: Option<Date>,
        pub state: State,
        pub request_id: Option<Id<Request>>,
        /// Why it was returned or withdrawn, last.
        pub reason: String,
        pub made_by: String,
        pub made_id: Option<Id<Person>>,
        pub made_at: Instant,
        pub submitted_at: Option<Instant>,
        pub first_by: String,
        pub first_id: Option<Id<Person>>,
        pub first_at: Option<Instant>,
        pub second_by: String,
        pub second_id: Option<Id<Person>>,
        pub second_at: Option<Instant>,
        pub filed_by: String,
        pub filed_at: Option<Instant>,
        pub version: i64,
    }
}

record! {
    /// One standard that an item is used for.
    #[derive(Clone, Debug)]
    pub struct Use in "evidence_use" {
        pub id: Id<Use>,
        pub item_id: Id<Item>,
        pub period_id: Id<Period>,
        pub scheme_name: String,
        pub code: String,
        /// What the standard is called.
        pub name: String,
        /// 牵头单位 of the standard, where the register has it.
        pub lead_unit: Option<Id<Unit>>,
        /// Ten-thousandths of what the standard is worth.
        pub grade: Option<i64>,
        pub graded_by: String,
        pub graded_at: Option<Instant>,
        pub added_at: Instant,
        pub version: i64,
    }
}

/// The six elements of a picture's caption: 时间, 地点, 人物, 主题, 背景, 事由.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caption {
    pub time: String,
    pub place: String,
    pub people: String,
    pub subject: String,
    pub background: String,
    pub cause: String,
}

impl Caption {
    pub const ELEMENTS: [&'static str; 6] = ["time", "place", "people", "subject", "background", "cause"];

    pub fn get(&self, element: &str) -> &str {
        match element {
            "time" => &self.time,
            "place" => &self.place,
            "people" => &self.people,
            "subject" => &self.subject,
            "background" => &self.background,
            "cause" => &self.cause,
            _ => "",
        }
    }

    pub fn set(&mut self, element: &str, text: &str) {
        let field = match element {
            "time" => &mut self.time,
            "place" => &mut self.place,
            "people" => &mut self.people,
            "subject" => &mut self.subject,
            "background" => &mut self.background,
            "cause" => &mut self.cause,
            _ => return,
        };
        text.trim().clone_into(field);
    }

    /// Elements that nobody wrote.
    pub fn missing(&self) -> Vec<&'static str> {
        Self::ELEMENTS.into_iter().filter(|element| self.get(element).trim().is_empty()).collect()
    }

    pub fn line(&self) -> String {
        let said: Vec<&str> =
            Self::ELEMENTS.into_iter().map(|element| self.get(element)).filter(|t| !t.is_empty()).collect();
        said.join(" · ")
    }
}

sealed_columns! {
    /// Captions name people.
    pub CaptionText = "evidence_file"."caption" of "id";
}

record! {
    /// A file of an item.
    #[derive(Clone, Debug)]
    pub struct ItemFile in "evidence_file" {
        pub id: Id<ItemFile>,
        pub item_id: Id<Item>,
        pub file_id: Id<File>,
        pub sha256: String,
        pub place: i64,
        /// JSON of [`Caption`]; empty where there is none.
        pub caption: Sealed<CaptionText>,
        /// How sharp a picture is, see [`crate::sharp`]; none before it was measured.
        pub sharp: Option<i64>,
        pub added_at: Instant,
        pub version: i64,
    }
}

impl ItemFile {
    pub fn caption(&self) -> Caption {
        serde_json::from_str(self.caption.as_str()).unwrap_or_default()
    }
}

/// Mark for ids of lines of the ledger.
#[derive(Debug)]
pub enum Entry {}

record! {
    /// 减负台账, a line.
    #[derive(Clone, Debug)]
    pub struct BurdenEntry in "burden_entry" {
        pub id: Id<Entry>,
        pub unit_id: Id<Unit>,
        pub at: Instant,
        /// `2026-11`.
        pub month: String,
        /// The week's Monday.
        pub week: Date,
        pub what: Burden,
        pub amount: i64,
        pub days: i64,
        /// Number of the request or item.
        pub about: String,
    }
}
