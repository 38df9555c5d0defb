//! What an adoption is: a unit answers for metres of a street section, on days, by a standard. No I/O.

mod check;
mod draft;

pub use check::{Held, Overlap, OverlapKind, SectionCheck, check};
pub use draft::{Contact, Draft, Taker, leader_fits, phone_fits};
pub use places::model::Section;

use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::policy::{Standing, Tie};
use kernel::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use store::value::Json;
use store::{Sealed, record, sealed_columns};

kernel::named! {
    /// Why an adoption ended.
    pub enum EndReason {
        /// Another unit took over.
        Replaced = "replaced",
        /// Cut in two.
        Split = "split",
        /// Became one with its neighbour.
        Joined = "joined",
        /// The street section itself changed.
        Section = "section",
        /// The unit was merged into another.
        Merged = "merged",
        /// It simply ended.
        Ended = "ended",
        /// Entered by mistake: held on no day.
        Mistake = "mistake",
    }
}
store::coded!(EndReason);

/// Metres by which stretches may miss or overlap each other without anybody minding; also how far outside a stretch a place
/// may lie and still be its.
pub const TOLERANCE_M: f64 = 1.0;

/// Shortest stretch.
pub const SHORTEST_M: f64 = 5.0;

sealed_columns! {
    pub AdoptionPhone = "adoption"."phone" of "id";
    /// What somebody met on the way.
    pub PatrolNote = "patrol"."note" of "id";
}

record! {
    /// A row of the register 包街台账.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Adoption in "adoption" {
        pub id: Id<Adoption>,
        /// `BJ-0001`: what people see, and what stands on the sign.
        pub number: String,
        pub section_id: Id<Section>,
        /// Metres from the section's beginning.
        pub from_m: f64,
        pub to_m: f64,
        pub unit_id: Id<Unit>,
        /// Who in the unit answers for it.
        pub leader: String,
        pub phone: Sealed<AdoptionPhone>,
        /// Whether the telephone number may be shown to everybody.
        pub public_phone: bool,
        pub standard_id: Id<Standard>,
        pub from_date: Date,
        /// The last day; none while it is open.
        pub until_date: Option<Date>,
        pub end_reason: Option<EndReason>,
        /// Why another unit answers for the same metres too; empty for the one that answers first.
        pub shared: String,
        /// Whether somebody has been told that it ends soon.
        pub warned: bool,
        pub created_at: Instant,
        pub version: i64,
    }
}

impl Adoption {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from_date <= day && self.until_date.is_none_or(|until| day <= until)
    }

    /// Whether it held, holds or will hold on any day at all.
    pub fn holds_ever(&self) -> bool {
        self.until_date.is_none_or(|until| self.from_date <= until)
    }

    pub fn length_m(&self) -> f64 {
        self.to_m - self.from_m
    }

    /// Whether a place along its section is its, within the tolerance.
    pub fn covers(&self, along_m: f64) -> bool {
        self.from_m - TOLERANCE_M <= along_m && along_m <= self.to_m + TOLERANCE_M
    }

    /// Metres that it shares with a stretch of the same section; nought or less when they are apart.
    pub fn common_m(&self, from_m: f64, to_m: f64) -> f64 {
        self.to_m.min(to_m) - self.from_m.max(from_m)
    }

    /// What the policy needs to know: who governs the place, and whose stretch it is.
    pub fn standing(&self, governing: Option<Id<Unit>>) -> Standing {
        let mut ties = vec![(Tie::Leads, self.unit_id)];
        ties.extend(governing.map(|unit| (Tie::Governs, unit)));
        Standing { ties, owner: None }
    }
}

/// One thing a standard asks for, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardItem {
    pub zh: String,
    pub en: String,
}

record! {
    /// What an adopted street should be like, such as 五好.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Standard in "street_standard" {
        pub id: Id<Standard>,
        pub code: String,
        pub name_zh: String,
        pub name_en: String,
        pub items: Json<Vec<StandardItem>>,
        pub active: bool,
        pub version: i64,
    }
}

impl Standard {
    pub fn name(&self, locale: kernel::ctx::Locale) -> &str {
        match locale {
            kernel::ctx::Locale::ZhCn => &self.name_zh,
            kernel::ctx::Locale::En => &self.name_en,
        }
    }

    pub fn items(&self, locale: kernel::ctx::Locale) -> Vec<&str> {
        self.items
            .0
            .iter()
            .map(|item| match locale {
                kernel::ctx::Locale::ZhCn => item.zh.as_str(),
                kernel::ctx::Locale::En => item.en.as_str(),
            })
            .collect()
    }
}

/// The five goods, shipped with every city.
pub const FIVE_GOODS: Id<Standard> = Id::new(1);

record! {
    /// A patrol of a stretch: one a person a day.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Patrol in "patrol" {
        pub id: Id<Patrol>,
        pub adoption_id: Id<Adoption>,
        pub person_id: Id<Person>,
        pub person: String,
        pub day: Date,
        pub findings: i64,
        pub note: Sealed<PatrolNote>,
        pub version: i64,
    }
}

/// The number of an adoption.
pub fn number(n: i64) -> String {
    format!("BJ-{n:04}")
}
