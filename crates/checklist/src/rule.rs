//! How answers are counted. A rule stands at a question, a section or a repeat; in a workbook it is a short text such as
//! `ratio good=lit of=lamps target=0.95` or `deduct full=10 each=4 wanted=2`.

use scoring::Exact;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Where a rule finds what it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// At a question its own number; at a section or repeat the questions inside that are met, of those met or not.
    #[default]
    Own,
    /// Sums of whole numbers inside: what is good, and of how many where a ratio asks for it.
    Fields { good: String, of: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Rule {
    /// 符合 is 1, 不符合 is 0.
    Conforms,
    /// What each grade is worth, from 0 to 1.
    Graded { worth: BTreeMap<String, Exact> },
    /// Good ones of all. With a target: all of it from the target on, below it the share of the target that was
    /// reached, or nothing where it is `strict`.
    Ratio {
        #[serde(default)]
        counting: Counting,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<Exact>,
        #[serde(default)]
        strict: bool,
    },
    /// All of it from so many on, nothing below.
    Threshold {
        #[serde(default)]
        counting: Counting,
        at_least: u32,
    },
    /// Nothing as soon as one inside is not met.
    AnyFails,
    /// `full` marks, less `each` for every `per` that are missing from `wanted`, not below `floor`; as a share of `full`.
    Deduct {
        #[serde(default)]
        counting: Counting,
        full: Exact,
        each: Exact,
        wanted: u32,
        #[serde(default = "one")]
        per: u32,
        #[serde(default)]
        floor: Exact,
    },
    /// Rows of a repeat in their order: each counts that lies at least so many metres from all that counted before it. All
    /// of it from `at_least` on, nothing below.
    Spacing {
        /// A place, or a number of metres along the way.
        place: String,
        metres: u32,
        at_least: u32,
        /// Only rows where this question is met.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        met: Option<String>,
    },
}

fn one() -> u32 {
    1
}

/// Why a text is no rule, with the word it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFault {
    Unknown(String),
    Missing(&'static str),
    /// A setting that this rule does not have, or one written twice.
    Surplus(String),
    NotANumber(String),
}

impl RuleFault {
    /// Stable code for texts and APIs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "rule-unknown",
            Self::Missing(_) => "rule-setting-missing",
            Self::Surplus(_) => "rule-setting-surplus",
            Self::NotANumber(_) => "rule-not-a-number",
        }
    }

    pub fn what(&self) -> &str {
        match self {
            Self::Unknown(what) | Self::Surplus(what) | Self::NotANumber(what) => what,
            Self::Missing(what) => what,
        }
    }
}

/// Reads `0.95`, `95%` and `19/20`.
pub(crate) fn exact(text: &str) -> Option<Exact> {
    match text.split_once('/') {
        None => Exact::parse(text),
        Some((above, below)) => Exact::parse(above)?.over(&Exact::parse(below)?),
    }
}

impl Rule {
    /// Stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::Graded { .. } => "graded",
            Self::Ratio { .. } => "ratio",
            Self::Threshold { .. } => "threshold",
            Self::AnyFails => "any-fails",
            Self::Deduct { .. } => "deduct",
            Self::Spacing { .. } => "spacing",
        }
    }
}

impl fmt::Display for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Fields { good, of } = self {
            write!(f, " good={good}")?;
            if let Some(of) = of {
                write!(f, " of={of}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Conforms | Self::AnyFails => Ok(()),
            Self::Graded { worth } => {
                worth.iter().try_for_each(|(grade, worth)| write!(f, " {grade}={worth}"))
            }
            Self::Ratio { counting, target, strict } => {
                write!(f, "{counting}")?;
                if let Some(target) = target {
                    write!(f, " target={target}")?;
                }
                if *strict { f.write_str(" strict") } else { Ok(()) }
            }
            Self::Threshold { counting, at_least } => write!(f, "{counting} at-least={at_least}"),
            Self::Deduct { counting, full, each, wanted, per, floor } => {
                write!(f, "{counting} full={full} each={each} wanted={wanted}")?;
                if *per != 1 {
                    write!(f, " per={per}")?;
                }
                if floor.is_zero() { Ok(()) } else { write!(f, " floor={floor}") }
            }
            Self::Spacing { place, metres, at_least, met } => {
                write!(f, " place={place} metres={metres} at-least={at_least}")?;
                met.as_ref().map_or(Ok(()), |met| write!(f, " met={met}"))
            }
        }
    }
}

/// Words behind the name of a rule, taken one after the other.
struct Settings<'t>(Vec<(&'t str, Option<&'t str>)>);

impl<'t> Settings<'t> {
    fn take(&mut self, name: &str) -> Option<&'t str> {
        let at = self.0.iter().position(|(word, value)| *word == name && value.is_some())?;
        self.0.remove(at).1
    }

    fn flag(&mut self, name: &str) -> bool {
        let at = self.0.iter().position(|(word, value)| *word == name && value.is_none());
        at.map(|at| self.0.remove(at)).is_some()
    }

    fn whole(&mut self, name: &'static str) -> Result<Option<u32>, RuleFault> {
        let Some(text) = self.take(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| RuleFault::NotANumber(text.to_owned()))
    }

    fn exact(&mut self, name: &'static str) -> Result<Option<Exact>, RuleFault> {
        let Some(text) = self.take(name) else { return Ok(None) };
        exact(text).map(Some).ok_or_else(|| RuleFault::NotANumber(text.to_owned()))
    }

    fn counting(&mut self) -> Result<Counting, RuleFault> {
        let of = self.take("of").map(str::to_owned);
        match (self.take("good"), of) {
            (Some(good), of) => Ok(Counting::Fields { good: good.to_owned(), of }),
            (None, None) => Ok(Counting::Own),
            (None, Some(_)) => Err(RuleFault::Missing("good")),
        }
    }
}

fn wanted<T>(value: Option<T>, name: &'static str) -> Result<T, RuleFault> {
    value.ok_or(RuleFault::Missing(name))
}

impl FromStr for Rule {
    type Err = RuleFault;

    fn from_str(text: &str) -> Result<Self, RuleFault> {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let pairs = words.map(|word| match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        });
        let mut given = Settings(pairs.collect());
        let rule = match name {
            "conforms" => Self::Conforms,
            "any-fails" => Self::AnyFails,
            "graded" => {
                let mut worth = BTreeMap::new();
                for (grade, value) in std::mem::take(&mut given.0) {
                    let Some(value) = value else { return Err(RuleFault::Surplus(grade.to_owned())) };
                    let number = exact(value).ok_or_else(|| RuleFault::NotANumber(value.to_owned()))?;
                    if worth.insert(grade.to_owned(), number).is_some() {
                        return Err(RuleFault::Surplus(grade.to_owned()));
                    }
                }
                Self::Graded { worth }
            }
            "ratio" => Self::Ratio {
                counting: given.counting()?,
                target: given.exact("target")?,
                strict: given.flag("strict"),
            },
            "threshold" => Self::Threshold {
                counting: given.counting()?,
                at_least: wanted(given.whole("at-least")?, "at-least")?,
            },
            "deduct" => Self::Deduct {
                counting: given.counting()?,
                full: wanted(given.exact("full")?, "full")?,
                each: wanted(given.exact("each")?, "each")?,
                wanted: wanted(given.whole("wanted")?, "wanted")?,
                per: given.whole("per")?.unwrap_or(1),
                floor: given.exact("floor")?.unwrap_or_default(),
            },
            "spacing" => Self::Spacing {
                place: wanted(given.take("place"), "place")?.to_owned(),
                metres: wanted(given.whole("metres")?, "metres")?,
                at_least: wanted(given.whole("at-least")?, "at-least")?,
                met: given.take("met").map(str::to_owned),
            },
            other => return Err(RuleFault::Unknown(other.to_owned())),
        };
        match given.0.first() {
            None => Ok(rule),
            Some((name, _)) => Err(RuleFault::Surplus((*name).to_owned())),
        }
    }
}
