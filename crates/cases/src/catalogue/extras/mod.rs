//! 附加问题: what is asked beside the usual when somebody reports a problem of this kind. Data of the catalogue: what an item
//! asks is one set, edited as a draft and brought into force whole.
//!
//! Read in this order: this file, [`answers`] (what somebody answers), [`set`] (whether questions make sense), [`cell`] (a set
//! in a file).

pub mod answers;
pub mod cell;
pub mod set;

pub use answers::{Demand, NewAnswer, asked, check};
pub use set::{MOST, check_set};

use crate::model::Item;
use kernel::ctx::Locale;
use kernel::id::Id;

kernel::named! {
    /// How it is answered.
    pub enum ExtraKind {
        Text = "text",
        /// With a unit.
        Number = "number",
        One = "one",
        Several = "several",
        YesNo = "yes-no",
    }
}
store::coded!(ExtraKind);

/// What several choices are written with, in one answer and in files.
pub const BETWEEN: char = '、';

/// Mark for ids of questions.
#[derive(Debug)]
pub enum ExtraId {}

/// Words of the catalogue in Chinese and, where somebody gave them, in English. Where something is compared, it is the Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

impl Words {
    pub fn new(zh: &str, en: &str) -> Self {
        Self { zh: zh.trim().to_owned(), en: en.trim().to_owned() }
    }

    /// `厘米=cm`, or `厘米`.
    pub fn read(text: &str) -> Self {
        let (zh, en) = text.split_once('=').unwrap_or((text, ""));
        Self::new(zh, en)
    }

    /// As [`read`](Self::read) reads it.
    pub fn write(&self) -> String {
        if self.en.is_empty() { self.zh.clone() } else { format!("{}={}", self.zh, self.en) }
    }

    pub fn of(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// A question as it is edited and read from files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExtra {
    /// Names it for programs, and for questions behind it: `depth`.
    pub code: String,
    pub wording: Words,
    pub kind: ExtraKind,
    /// Of a number: centimetres.
    pub unit: Words,
    pub choices: Vec<Words>,
    pub required: bool,
    /// Its answer says something of a person, and is kept from whom the reporter is kept from.
    pub personal: bool,
    /// Asked only if the earlier question with this code was answered so.
    pub after: Option<(String, String)>,
}

/// A question in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    pub id: Id<ExtraId>,
    pub item: Id<Item>,
    pub asked: NewExtra,
}

impl NewExtra {
    /// What can be answered where it is chosen: as forms and the API send it, and as it is kept.
    pub fn options(&self) -> Vec<&str> {
        match self.kind {
            ExtraKind::One | ExtraKind::Several => self.choices.iter().map(|c| c.zh.as_str()).collect(),
            ExtraKind::YesNo => vec!["yes", "no"],
            ExtraKind::Text | ExtraKind::Number => Vec::new(),
        }
    }

    /// Whether it is chosen rather than written: nothing that somebody typed is in its answer.
    pub fn is_chosen(&self) -> bool {
        !matches!(self.kind, ExtraKind::Text)
    }
}
