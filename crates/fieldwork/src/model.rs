//! Checklists of a city, records, and what they observe. No input or output.

use crate::workflow::State;
use checklist::{Answers, Checklist, Observation, Value};
use inspections::model::{Drawn, Inspection};
use inspections::visits::Visit;
use kernel::coords::Point;
use kernel::ctx::{Ctx, Locale, Person, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use store::files::File;
use store::value::Json;
use store::{Sealed, record, sealed_columns};

/// Longest reason, in characters.
pub const REASON: usize = 300;
/// Most files of a record.
pub const FILES: usize = 120;

kernel::named! {
    pub enum EditionState {
        /// Imported, and not in use.
        Draft = "draft",
        /// Frozen, and in use until a later version is published.
        Published = "published",
        /// No longer used; answers that were given by it keep it.
        Retired = "retired",
    }
}

kernel::named! {
    /// Where a record came from.
    pub enum Door {
        /// The plain form.
        Form = "form",
        /// The page that works without a network, or another program by the API.
        Api = "api",
        /// A program of the ODK family.
        OpenRosa = "openrosa",
    }
}

kernel::named! {
    /// What an observation came to.
    pub enum Outcome {
        Met = "met",
        Part = "part",
        Unmet = "unmet",
        NotCounted = "not-counted",
    }
}
store::coded!(EditionState, Door, Outcome);

record! {
    /// 检查表: a checklist through all its versions.
    #[derive(Clone, Debug)]
    pub struct Sheet in "field_sheet" {
        pub id: Id<Sheet>,
        /// `form_id` of its workbook.
        pub code: String,
        pub name_zh: String,
        pub name_en: String,
        /// Whether what is not met becomes a case by itself.
        pub automatic: bool,
        pub created_by: String,
        pub created_at: Instant,
        pub version: i64,
    }
}

impl Sheet {
    pub fn name(&self, locale: Locale) -> &str {
        if locale == Locale::En { &self.name_en } else { &self.name_zh }
    }
}

record! {
    /// A version of a checklist.
    #[derive(Clone, Debug)]
    pub struct Edition in "field_edition" {
        pub id: Id<Edition>,
        pub sheet_id: Id<Sheet>,
        /// `version` of its workbook.
        pub label: String,
        pub state: EditionState,
        pub model: Json<Checklist>,
        pub created_by: String,
        pub created_at: Instant,
        pub published_by: String,
        pub published_at: Option<Instant>,
        pub version: i64,
    }
}

record! {
    /// Which checklist a type of point is looked at by, from a day on.
    #[derive(Clone, Debug)]
    pub struct Use in "field_use" {
        pub id: Id<Use>,
        /// Code of the type.
        pub kind: String,
        pub sheet_id: Option<Id<Sheet>>,
        pub from_date: Date,
        /// What was said last of a type has the highest.
        pub serial: i64,
        pub set_by: String,
    }
}

sealed_columns! {
    /// What an inspector wrote may name whom they spoke with.
    pub RecordAnswers = "field_record"."answers" of "id";
    pub ReadingAnswers = "field_reading"."answers" of "id";
}

record! {
    /// 考察记录: what an inspector found at a point.
    #[derive(Clone, Debug)]
    pub struct Record in "field_record" {
        pub id: Id<Record>,
        /// `FR-2026-000001`
        pub number: String,
        pub visit_id: Id<Visit>,
        /// 0 for the one of its visit that counts; others have their own id.
        pub lane: i64,
        pub inspection_id: Id<Inspection>,
        /// Its number.
        pub inspection: String,
        /// The point as it was drawn, as everything up to `lat`.
        pub point_id: Id<Drawn>,
        pub point_number: String,
        pub point_name: String,
        pub kind: String,
        /// Code of the smallest division that it lies in; empty where it lies in none.
        pub division: String,
        /// Who answers for it.
        pub unit_id: Option<Id<Unit>>,
        pub lng: f64,
        pub lat: f64,
        /// The second of two visits.
        pub second: bool,
        pub person_id: Id<Person>,
        pub person_name: String,
        pub edition_id: Id<Edition>,
        pub door: Door,
        pub state: State,
        /// [`Answers`] as JSON.
        pub answers: Sealed<RecordAnswers>,
        pub started_at: Instant,
        pub ended_at: Option<Instant>,
        /// Where the inspector said they were.
        pub at_lng: Option<f64>,
        pub at_lat: Option<f64>,
        pub at_accuracy: Option<f64>,
        /// Why it was returned or set aside.
        pub reason: String,
        pub reviewed_by: String,
        /// How many times it was handed in.
        pub turn: i64,
        pub created_at: Instant,
        pub handed_at: Option<Instant>,
        pub version: i64,
    }
}

impl Record {
    pub fn answers(&self) -> Result<Answers> {
        serde_json::from_str(self.answers.as_str()).map_err(Problem::internal)
    }

    pub fn point(&self) -> Point {
        Point::new(self.lng, self.lat)
    }

    pub fn at(&self) -> Option<Point> {
        self.at_lng.zip(self.at_lat).map(|(lng, lat)| Point::new(lng, lat))
    }

    /// The day that `today()` means in its answers.
    pub fn day(&self) -> Date {
        self.ended_at.unwrap_or(self.started_at).date()
    }

    pub fn is_own(&self, ctx: &Ctx) -> bool {
        ctx.person() == Some(self.person_id)
    }

    pub fn href(&self) -> String {
        format!("/fieldwork/records/{}", self.number)
    }
}

record! {
    /// Answers as they were handed in once.
    #[derive(Clone, Debug)]
    pub struct Reading in "field_reading" {
        pub id: Id<Reading>,
        pub record_id: Id<Record>,
        /// 1, 2 …
        pub turn: i64,
        /// The sender's own name for this sending: the same again is the same.
        pub instance: String,
        pub edition_id: Id<Edition>,
        pub answers: Sealed<ReadingAnswers>,
        pub at: Instant,
        /// Why it was returned afterwards.
        pub reason: String,
    }
}

record! {
    /// A picture or sound of a record.
    #[derive(Clone, Debug)]
    pub struct FieldFile in "field_file" {
        pub id: Id<FieldFile>,
        pub record_id: Id<Record>,
        /// As the answers name it.
        pub name: String,
        pub file_id: Id<File>,
        pub added_at: Instant,
    }
}

record! {
    /// What a record says of a standard at one place of its checklist.
    #[derive(Clone, Debug)]
    pub struct Observed in "field_observation" {
        pub id: Id<Observed>,
        pub record_id: Id<Record>,
        pub record_number: String,
        pub inspection_id: Id<Inspection>,
        pub inspection: String,
        pub point_id: Id<Drawn>,
        pub point_number: String,
        pub point_name: String,
        pub kind: String,
        pub division: String,
        pub unit_id: Option<Id<Unit>>,
        pub second: bool,
        pub person_id: Id<Person>,
        /// Code in the scheme.
        pub standard: String,
        pub item: String,
        /// `lines[2]/stops[5]/clean`
        pub path: String,
        pub outcome: Outcome,
        /// From 0 to 1, as it is written in full: `0.875`, `7/12`. `0` where it is not counted.
        pub share: String,
        /// 1, or 0 where it is not counted.
        pub weight: i64,
        pub good: i64,
        pub of_all: i64,
        pub counted: i64,
        pub why: Json<checklist::Why>,
        pub at: Instant,
    }
}

impl Observed {
    /// An observation of a record, as a row.
    pub fn of(record: &Record, seen: Observation, id: Id<Observed>, at: Instant) -> Self {
        let share = match &seen.value {
            Value::Share(share) => Some(share.clone()),
            Value::NotApplicable => None,
        };
        let outcome = match &share {
            None => Outcome::NotCounted,
            Some(share) if *share == scoring::Exact::one() => Outcome::Met,
            Some(share) if share.is_zero() => Outcome::Unmet,
            Some(_) => Outcome::Part,
        };
        let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        Self {
            id,
            record_id: record.id,
            record_number: record.number.clone(),
            inspection_id: record.inspection_id,
            inspection: record.inspection.clone(),
            point_id: record.point_id,
            point_number: record.point_number.clone(),
            point_name: record.point_name.clone(),
            kind: record.kind.clone(),
            division: record.division.clone(),
            unit_id: record.unit_id,
            second: record.second,
            person_id: record.person_id,
            standard: seen.standard,
            item: seen.item,
            path: seen.path,
            outcome,
            weight: i64::from(share.is_some()),
            share: share.unwrap_or_default().to_string(),
            good: whole(seen.good),
            of_all: whole(seen.of),
            counted: whole(seen.counted),
            why: Json(seen.why),
            at,
        }
    }
}

record! {
    /// A case that an answer became.
    #[derive(Clone, Debug)]
    pub struct Found in "field_finding" {
        pub id: Id<Found>,
        pub record_id: Id<Record>,
        pub path: String,
        pub case_id: Id<cases::model::Case>,
        pub case_number: String,
        pub made_by: String,
        pub made_at: Instant,
    }
}

/// A fraction as [`Observed::share`] has it.
pub fn share(text: &str) -> scoring::Exact {
    let part = |text: &str| scoring::Exact::parse(text);
    let found = match text.split_once('/') {
        None => part(text),
        Some((above, below)) => part(above).zip(part(below)).and_then(|(a, b)| a.over(&b)),
    };
    found.unwrap_or_default()
}
