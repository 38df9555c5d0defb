//! What the larger blocks of `templates/components.html` show. Pages fill these in Rust, where the decisions belong;
//! the macros only write the HTML. All texts are already in the reader's language.

use kernel::time::Instant;
use serde::Serialize;

/// The colour that repeats what a word says: `ok`, `soon`, `late`, `brand`, `accent`, `violet`, or empty.
pub type Mood = &'static str;

/// A deadline as a badge or as a large block.
#[derive(Clone, Debug, Default)]
pub struct Deadline {
    /// `ok`, `soon`, `overdue`, `multi`, `paused`, `provisional` or `done`.
    pub mood: Mood,
    /// "3 working hours left".
    pub text: String,
    /// The absolute time, always shown too; none where there is none (parked without end).
    pub at: Option<Instant>,
    /// The holidays of that year are not published yet: said beside the time.
    pub provisional: bool,
    /// What the text becomes while the page stays open.
    pub steps: Vec<DeadlineStep>,
}

/// A change of a deadline's words that will come while somebody looks at it.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineStep {
    /// RFC 3339.
    pub at: String,
    pub state: Mood,
    pub text: String,
}

impl Deadline {
    pub fn icon(&self) -> &'static str {
        match self.mood {
            "soon" => "hourglass",
            "overdue" => "clock-exclamation",
            "multi" => "alert-triangle",
            "paused" => "player-pause",
            "provisional" => "calendar-due",
            "done" => "check",
            _ => "clock",
        }
    }

    pub fn steps_json(&self) -> String {
        serde_json::to_string(&self.steps).unwrap_or_default()
    }

    pub fn datetime(&self) -> String {
        self.at.map(Instant::rfc3339).unwrap_or_default()
    }
}

/// A stage of a process in the stepper.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub name: String,
    /// When it was reached, or who has it now.
    pub meta: String,
    pub stage: Stage,
    pub late: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    Done,
    Current,
    #[default]
    ToCome,
}

impl Step {
    pub fn class(&self) -> &'static str {
        match (self.stage, self.late) {
            (Stage::Done, _) => " stepper-done",
            (Stage::Current, false) => " stepper-current",
            (Stage::Current, true) => " stepper-current stepper-late",
            (Stage::ToCome, _) => "",
        }
    }

    pub fn is_current(&self) -> bool {
        self.stage == Stage::Current
    }
}

/// Something this person may do now. A link to the page or form that does it.
#[derive(Clone, Debug, Default)]
pub struct Move {
    pub text: String,
    pub href: String,
    /// Name of an icon, or empty.
    pub icon: &'static str,
    /// The first of these is the page's main button; others stand behind "more" when there are many.
    pub main: bool,
}

/// A sentence of a history.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub icon: &'static str,
    pub mood: Mood,
    pub text: String,
    pub at: Option<Instant>,
    /// What stands behind the time: "the reporter is not named to the unit".
    pub meta: String,
    /// What a person wrote.
    pub note: String,
    pub photos: Vec<Photo>,
}

/// A picture somebody may see.
#[derive(Clone, Debug, Default)]
pub struct Photo {
    /// The large picture.
    pub href: String,
    /// The small one.
    pub thumb: String,
    pub alt: String,
    /// "5 March 2026, 09:12 · taken by …".
    pub caption: String,
}

/// A number that links to the facts behind it.
#[derive(Clone, Debug, Default)]
pub struct Tile {
    pub label: String,
    pub value: String,
    pub unit: String,
    pub note: String,
    pub href: String,
    pub mood: Mood,
}

/// A name and what it is. With `href` the value is a link.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub href: String,
    pub wide: bool,
}

impl Fact {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), ..Self::default() }
    }

    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }

    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// One of several answers to choose from by touch.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub text: String,
    /// Name of an icon, or empty.
    pub icon: &'static str,
}
