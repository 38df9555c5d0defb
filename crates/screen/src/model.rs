//! A display, and what may stand on a wall. No input or output.

use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::{DAY, Date, Instant};
use places::model::Division;
use serde::{Deserialize, Serialize};
use store::record;
use store::value::Json;

kernel::named! {
    /// A part of the wall.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Panel {
        /// Today's counts, and the month's two rates.
        Figures = "figures",
        /// Reports by the hour, today and on usual days of the week.
        Hours = "hours",
        /// Open cases on the map.
        Map = "map",
        /// Open cases by kind.
        Kinds = "kinds",
        /// Reminders, supervision letters and summonses that have not ended.
        Letters = "letters",
        /// Open cases by place.
        Areas = "areas",
        /// What moved last.
        Moves = "moves",
    }
}

impl Panel {
    /// Whether it lies across the whole wall.
    pub fn is_strip(self) -> bool {
        matches!(self, Panel::Figures | Panel::Moves)
    }

    /// What a wall shows unless somebody said otherwise, in this order.
    pub fn usual() -> Vec<Panel> {
        <Panel as kernel::workflow::Named>::ALL.to_vec()
    }
}

kernel::named! {
    /// Whether a display's address still shows the wall.
    pub enum Standing {
        Used = "used",
        Expired = "expired",
        Revoked = "revoked",
    }
}

/// Most displays of a city that have not ended.
pub const MOST_DISPLAYS: i64 = 200;
/// Longest time that a display is registered for, in days: two years, then somebody looks whether it still hangs there.
pub const LONGEST: i32 = 731;
/// That it was seen is written down when it was written longer ago than this.
pub const SEEN_AFTER: i64 = kernel::time::MINUTE;

record! {
    /// 显示端: a wall that shows figures without anybody signing in. When it was last seen stands beside it, in the same row.
    #[derive(Clone, Debug)]
    pub struct Display in "screen_display" {
        pub id: Id<Display>,
        /// `SD-0001`: what people see.
        pub number: String,
        pub name: String,
        /// Where it hangs.
        pub place: String,
        /// Written on top of it; empty for the city's own.
        pub title: String,
        pub panels: Json<Vec<Panel>>,
        /// Only this division and what is below it; none for the whole city.
        pub division_id: Option<Id<Division>>,
        /// Fingerprint of the word in its address.
        pub word_hash: String,
        pub created_by: Option<Id<Person>>,
        pub created_at: Instant,
        /// Its last day.
        pub until_date: Date,
        pub revoked_at: Option<Instant>,
        pub version: i64,
    }
}

impl Display {
    pub fn standing(&self, now: Instant) -> Standing {
        standing(self.revoked_at, self.until_date, now)
    }
}

pub(crate) fn standing(revoked_at: Option<Instant>, until: Date, now: Instant) -> Standing {
    if revoked_at.is_some() {
        Standing::Revoked
    } else if now >= Instant::start_of(until).plus(DAY) {
        Standing::Expired
    } else {
        Standing::Used
    }
}

impl Standing {
    /// The colour that repeats what the word says.
    pub fn mood(self) -> &'static str {
        match self {
            Standing::Used => "ok",
            Standing::Expired => "soon",
            Standing::Revoked => "late",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_is_in_use_up_to_the_end_of_its_last_day() {
        let day = kernel::time::parse_date("2026-03-05").unwrap();
        let midnight = Instant::start_of(day).plus(DAY);
        let mut display = Display {
            id: Id::new(1),
            number: "SD-0001".to_owned(),
            name: String::new(),
            place: String::new(),
            title: String::new(),
            panels: Json(Panel::usual()),
            division_id: None,
            word_hash: String::new(),
            created_by: None,
            created_at: Instant::ZERO,
            until_date: day,
            revoked_at: None,
            version: 1,
        };
        assert_eq!(display.standing(midnight.plus(-1)), Standing::Used);
        assert_eq!(display.standing(midnight), Standing::Expired);
        display.revoked_at = Some(midnight);
        assert_eq!(display.standing(midnight.plus(-1)), Standing::Revoked);
    }
}
