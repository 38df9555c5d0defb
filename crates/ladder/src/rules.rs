//! The city's ladder: which steps there are, on what conditions, who issues them. Data, with defaults to be edited.

use crate::model::{Clock, Rung};
use kernel::calendar::{Limit, TimeUnit, WorkingCalendar};
use kernel::time::{DAY, Instant};
use serde::{Deserialize, Serialize};
use store::settings::Setting;

/// When a step is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "if")]
pub enum Condition {
    /// This many per cent of the limit, or less, are left.
    Left { percent: u32 },
    /// Late by this many per cent of the limit; 0 is the deadline itself, 100 once the whole limit again.
    Late { percent: u32 },
    /// So many reminders have been issued about the subject to its unit.
    Reminders { count: u32 },
    /// So many letters have been issued within the last days, about the subject or to the unit about anything.
    Letters { count: u32, days: u32, of: Scope },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    Subject,
    Unit,
}

/// A step of the ladder: done once for a subject and occasion, as soon as one of its conditions holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Stable: what has been done is remembered by it.
    pub code: String,
    pub rung: Rung,
    pub on: bool,
    pub when: Vec<Condition>,
}

/// Who issues a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// The program, at once.
    Itself,
    /// Two people: one submits, another signs.
    Signed,
}

/// What holds for all letters of a rung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub manner: Manner,
    /// 机关代字, before the year: 嘉创督.
    pub prefix: String,
    /// Time to answer; none: no answer is asked.
    pub answer_within: Option<Limit>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ladder {
    /// Whether the program climbs by itself. Letters can be proposed by hand either way.
    pub on: bool,
    pub rules: Vec<Rule>,
    pub reminder: Form,
    pub letter: Form,
    pub summons: Form,
    /// Who issues, as it stands above and below a letter.
    pub organ: String,
}

impl Ladder {
    pub fn form(&self, rung: Rung) -> &Form {
        match rung {
            Rung::Reminder => &self.reminder,
            Rung::Letter => &self.letter,
            Rung::Summons => &self.summons,
        }
    }

    pub fn form_mut(&mut self, rung: Rung) -> &mut Form {
        match rung {
            Rung::Reminder => &mut self.reminder,
            Rung::Letter => &mut self.letter,
            Rung::Summons => &mut self.summons,
        }
    }
}

impl Default for Ladder {
    /// A beginning, to be edited: no standard prescribes these steps.
    fn default() -> Self {
        let rule = |code: &str, rung, when: &[Condition]| Rule {
            code: code.to_owned(),
            rung,
            on: true,
            when: when.to_vec(),
        };
        let form =
            |manner, prefix: &str, answer| Form { manner, prefix: prefix.to_owned(), answer_within: answer };
        Self {
            // numbered papers do not leave a house that has not looked at these rules
            on: false,
            rules: vec![
                rule("soon", Rung::Reminder, &[Condition::Left { percent: 25 }]),
                rule("deadline", Rung::Reminder, &[Condition::Late { percent: 0 }]),
                rule(
                    "letter",
                    Rung::Letter,
                    &[Condition::Late { percent: 100 }, Condition::Reminders { count: 3 }],
                ),
                rule(
                    "summons",
                    Rung::Summons,
                    &[
                        Condition::Late { percent: 300 },
                        Condition::Letters { count: 2, days: 30, of: Scope::Subject },
                    ],
                ),
            ],
            reminder: form(Manner::Itself, "创催", None),
            letter: form(Manner::Signed, "创督", Some(Limit::new(2, TimeUnit::WorkingDay))),
            summons: form(Manner::Signed, "创约", Some(Limit::new(3, TimeUnit::WorkingDay))),
            organ: String::new(),
        }
    }
}

pub const LADDER: Setting<Ladder> = Setting::new("ladder", Ladder::default);

/// What has been issued so far, for the conditions that count.
#[derive(Clone, Debug, Default)]
pub struct Issued {
    /// Reminders about the subject to its present unit.
    pub reminders: u32,
    /// When letters about the subject were issued.
    pub letters_of_subject: Vec<Instant>,
    /// When letters to the unit were issued.
    pub letters_of_unit: Vec<Instant>,
}

/// Whether a condition holds.
pub fn holds(
    condition: Condition,
    clock: &Clock,
    issued: &Issued,
    calendar: &WorkingCalendar,
    now: Instant,
) -> bool {
    match condition {
        Condition::Left { percent } => now >= clock.due || left(clock, calendar, now) <= u64::from(percent),
        Condition::Late { percent: 0 } => now >= clock.due,
        Condition::Late { percent } => {
            now > clock.due
                && calendar.overdue_factor(clock.due, now, clock.limit) * 100.0 >= f64::from(percent)
        }
        Condition::Reminders { count } => count > 0 && issued.reminders >= count,
        Condition::Letters { count, days, of } => {
            let times = match of {
                Scope::Subject => &issued.letters_of_subject,
                Scope::Unit => &issued.letters_of_unit,
            };
            let since = now.plus(-i64::from(days) * DAY);
            let recent = times.iter().filter(|at| **at > since && **at <= now).count();
            count > 0 && recent >= count as usize
        }
    }
}

/// Per cent of the limit that are left, rounded up.
fn left(clock: &Clock, calendar: &WorkingCalendar, now: Instant) -> u64 {
    let left = calendar.remaining(now, clock.due, clock.limit.unit);
    let (have, all) = if clock.limit.unit.is_hours() {
        (left.whole * 60 + left.minutes, i64::from(clock.limit.value) * 60)
    } else {
        (left.whole, i64::from(clock.limit.value))
    };
    u64::try_from(have * 100).unwrap_or(0).div_ceil(u64::try_from(all).unwrap_or(1).max(1))
}

/// What to do with a step that is due and has not been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Issue,
    /// A later step of the same rung is due as well: two reminders at once help nobody.
    PassOver,
}

/// The steps that are due now, in the ladder's order. `done`: codes of steps done before for this occasion.
pub fn due<'l>(
    ladder: &'l Ladder,
    clock: &Clock,
    issued: &Issued,
    done: &[String],
    calendar: &WorkingCalendar,
    now: Instant,
) -> Vec<(&'l Rule, Doing)> {
    let holding: Vec<&Rule> = ladder
        .rules
        .iter()
        .filter(|rule| rule.on && rule.when.iter().any(|c| holds(*c, clock, issued, calendar, now)))
        .collect();
    holding
        .iter()
        .enumerate()
        .filter(|(_, rule)| !done.contains(&rule.code))
        .map(|(n, rule)| {
            let outrun = holding[n + 1..].iter().any(|later| later.rung == rule.rung);
            (*rule, if outrun { Doing::PassOver } else { Doing::Issue })
        })
        .collect()
}
