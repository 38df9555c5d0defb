//! What a city decides for itself about questions, neighbours, recurrence, second looks and recordings. Data with defaults to begin with;
//! no law or standard prescribes these numbers.

use kernel::problem::{FieldError, Problem, Result};
use serde::{Deserialize, Serialize};
use store::settings::Setting;

kernel::named! {
    /// What becomes of a case whose reporter did not answer in time.
    pub enum Unanswered {
        /// On without the answer.
        Resume = "resume",
        /// 终止办理: it cannot be found without.
        Drop = "drop",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Working days in which the reporter may answer a question.
    pub reply_days: u32,
    /// Whether a case ends when nobody has answered by then; else it goes on.
    pub drop_unanswered: bool,
    /// Metres within which somebody may say 好了 or 没好.
    pub voice_m: u32,
    /// Days after closing in which the reporter may rate, and change the rating.
    pub rating_days: u32,
    /// Days after closing in which the reporter may contest.
    pub contest_days: u32,
    /// 反弹: the same kind within so many metres and days of a closed case.
    pub recurrence_m: u32,
    pub recurrence_days: u32,
    /// 回头看: of a hundred closed cases, so many are looked at again, so many days after closing. 0: none.
    pub look_percent: u32,
    pub look_days: u32,
    /// From this likeness on (0 to 100) two open cases are offered as one.
    pub alike_percent: u32,
    /// Hours after which a device shows none of the pages that it kept for somebody.
    pub offline_hours: u32,
    /// Longest recording of a report, in seconds. 0: none are taken.
    pub recording_seconds: u32,
    /// Largest, in millions of bytes.
    pub recording_mb: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            reply_days: 5,
            drop_unanswered: false,
            voice_m: 200,
            rating_days: 30,
            contest_days: 15,
            recurrence_m: 50,
            recurrence_days: 30,
            look_percent: 5,
            look_days: 30,
            alike_percent: 60,
            offline_hours: 72,
            recording_seconds: 120,
            recording_mb: 16,
        }
    }
}

pub const RULES: Setting<Rules> = Setting::new("case-rules", Rules::default);

/// A number of the rules as a form names it, with what it may be.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub field: &'static str,
    pub least: u32,
    pub most: u32,
    pub of: fn(&mut Rules) -> &mut u32,
}

const fn bound(field: &'static str, least: u32, most: u32, of: fn(&mut Rules) -> &mut u32) -> Bound {
    Bound { field, least, most, of }
}

/// In the order in which the page shows them.
pub const BOUNDS: &[Bound] = &[
    bound("reply_days", 1, 60, |r| &mut r.reply_days),
    bound("voice_m", 10, 2000, |r| &mut r.voice_m),
    bound("rating_days", 1, 366, |r| &mut r.rating_days),
    bound("contest_days", 1, 366, |r| &mut r.contest_days),
    bound("alike_percent", 30, 95, |r| &mut r.alike_percent),
    bound("recurrence_m", 1, 500, |r| &mut r.recurrence_m),
    bound("recurrence_days", 1, 366, |r| &mut r.recurrence_days),
    bound("look_percent", 0, 100, |r| &mut r.look_percent),
    bound("look_days", 1, 366, |r| &mut r.look_days),
    bound("offline_hours", 1, 336, |r| &mut r.offline_hours),
    bound("recording_seconds", 0, 600, |r| &mut r.recording_seconds),
    bound("recording_mb", 1, 20, |r| &mut r.recording_mb),
];

impl Rules {
    pub fn unanswered(&self) -> Unanswered {
        if self.drop_unanswered { Unanswered::Drop } else { Unanswered::Resume }
    }

    /// How long and how large a recording may be; none where the city takes none.
    pub fn recording(&self) -> Option<sound::Limits> {
        let millis = u64::from(self.recording_seconds) * 1000;
        let bytes = self.recording_mb as usize * 1_000_000;
        (millis > 0).then_some(sound::Limits { bytes, millis })
    }

    /// Every number that is out of its bounds.
    pub fn check(&self) -> Result<()> {
        let mut copy = self.clone();
        let wrong: Vec<FieldError> = BOUNDS
            .iter()
            .filter(|b| !(b.least..=b.most).contains((b.of)(&mut copy)))
            .map(|b| FieldError::new(b.field, "between").arg("min", b.least).arg("max", b.most))
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(Problem::invalid(wrong)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_within_their_bounds_and_the_bounds_hold() {
        Rules::default().check().unwrap();
        for bound in BOUNDS {
            for value in [bound.most + 1, bound.least.wrapping_sub(1)] {
                let mut rules = Rules::default();
                *(bound.of)(&mut rules) = value;
                assert_eq!(rules.check().unwrap_err().fields[0].field, bound.field);
            }
        }
    }
}
