//! Rounds, their rows, and what the texts in them mean.

use super::summary::Summary;
use super::workflow::State;
use ::store::value::Json;
use ::store::{coded, record};
use cases::model::Case;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::{Date, Instant};

kernel::named! {
    /// What a row names.
    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum NameKind {
        /// 测评项目
        Item = "item",
        /// 街道
        Street = "street",
        /// 责任单位
        Unit = "unit",
    }
}
coded!(NameKind);

record! {
    /// A round that came as a workbook.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Round in "assessment_round" {
        pub id: Id<Round>,
        /// `AR-000003`: what people say.
        pub number: String,
        pub name: String,
        pub file_name: String,
        pub sha256: String,
        pub row_count: i64,
        pub state: State,
        /// The last day of the inspections.
        pub held_on: Option<Date>,
        /// How much it counts in its year, beside the year's other rounds: a number above 0, as it was written.
        pub weight: String,
        /// Why it was withdrawn.
        pub reason: String,
        /// What it came to when it was last changed; none for rounds from before this was kept.
        pub summary: Json<Option<Summary>>,
        pub created_by: Option<Id<Person>>,
        pub created_at: Instant,
        /// When units came to see it; none before, and after it was withdrawn.
        pub published_at: Option<Instant>,
        pub version: i64,
    }
}

record! {
    /// An item, a street or a unit that rows may name.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Name in "assessment_round_name" {
        pub id: Id<Name>,
        pub round_id: Id<Round>,
        pub kind: NameKind,
        /// Its place in the table that it came with.
        pub place: i64,
        /// Its number in that table; rows may say this instead of the name.
        pub code: String,
        pub name: String,
    }
}

record! {
    /// A row as it was read. All texts are the file's.
    #[derive(Clone, Debug, PartialEq)]
    pub struct RowRecord in "assessment_round_row" {
        pub id: Id<RowRecord>,
        pub round_id: Id<Round>,
        /// As a person counts in the file; the header is row 1.
        pub row_number: i64,
        pub serial: String,
        pub item: String,
        /// Only where the file keeps it in a column of its own; otherwise it is the digits behind the item.
        pub sub_item: String,
        pub point: String,
        pub lost: String,
        pub given: String,
        pub street: String,
        pub units: Json<Vec<String>>,
        /// What stood in columns that mean nothing here, by title.
        pub rest: Json<Vec<(String, String)>>,
    }
}

record! {
    /// What a person said a text means.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Match in "assessment_round_match" {
        pub id: Id<Match>,
        pub round_id: Id<Round>,
        pub kind: NameKind,
        pub text: String,
        /// 0 where the text stands for itself.
        pub name_id: Id<Name>,
        pub own: bool,
        pub decided_by: Option<Id<Person>>,
        pub decided_at: Instant,
        pub version: i64,
    }
}

record! {
    /// What a person said of one row.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Verdict in "assessment_round_verdict" {
        pub id: Id<Verdict>,
        pub round_id: Id<Round>,
        pub row_number: i64,
        /// False: it is set aside, kept and shown, and not scored.
        pub counts: bool,
        pub reason: String,
        pub decided_by: Option<Id<Person>>,
        pub decided_at: Instant,
        pub version: i64,
    }
}

record! {
    /// A row that became a case.
    #[derive(Clone, Debug, PartialEq)]
    pub struct RowCase in "assessment_round_case" {
        pub id: Id<RowCase>,
        pub round_id: Id<Round>,
        pub row_number: i64,
        pub case_id: Id<Case>,
        pub case_number: String,
        pub made_by: Option<Id<Person>>,
        pub made_at: Instant,
    }
}

impl Round {
    /// The day it counts for.
    pub fn day(&self) -> Date {
        self.held_on.unwrap_or_else(|| self.created_at.date())
    }

    /// Its texts may still be given a meaning.
    pub fn is_open(&self) -> bool {
        self.state == State::Draft
    }
}
