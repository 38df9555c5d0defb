//! What the program sees of an item before a person does. What a rule forbids stops the submission and stands at its field; what is
//! only likely is told to whoever reviews. Pure: everything it looks at is given.
//!
//! Rules: the window is twelve months; a statement explains, with measures, effects and figures; a picture's caption has six
//! elements; pictures that are blurred, marked or compressed too much are sent back (notices of counties to their units, 2012 to 2017).

use crate::model::{Caption, Kind, Limit};
use crate::sharp::BLURRED;
use crate::window::Window;
use kernel::problem::FieldError;
use kernel::time::{Date, days_since_epoch};

/// An item as it is looked at.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    pub kind: Kind,
    pub statement: &'a str,
    pub dated: Option<Date>,
    /// The strictest limits of the periods that it is used for.
    pub limit: Limit,
    /// The window of each standard that it is used for.
    pub windows: &'a [Window],
    pub files: &'a [Piece],
    /// Standards for which the unit has handed in pictures already, with how many.
    pub others: &'a [(String, i64)],
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is still being looked at.
    Waiting,
    Ready,
    Refused,
}

/// A file of an item.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What people call it.
    pub name: String,
    pub stage: Stage,
    /// Whether it is a picture.
    pub picture: bool,
    /// Pixels of its short edge.
    pub edge: i64,
    pub pixels: i64,
    pub bytes: i64,
    /// When its camera says that it was taken.
    pub taken: Option<Date>,
    pub sharp: Option<i64>,
    pub caption: Caption,
    /// Number of another item with the same bytes.
    pub twin: Option<String>,
}

/// What was found. Its text is `field-<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether it stops the submission.
    pub hard: bool,
    pub error: FieldError,
}

/// Ten-thousandths of a byte for each pixel below which a picture shows blocks.
const COMPRESSED: i64 = 600;
/// Days that a camera's date may lie from the stated one.
const APART: i32 = 31;
/// Words with which effects are told.
const EFFECTS: [&str; 14] = [
    "成效", "效果", "提升", "提高", "下降", "减少", "增长", "达到", "同比", "改善", "覆盖", "满意", "实现",
    "解决",
];
/// Digits of any kind, and shares.
const FIGURES: &str = "0123456789０１２３４５６７８９%％";

struct Found(Vec<Finding>);

impl Found {
    fn stop(&mut self, error: FieldError) {
        self.0.push(Finding { hard: true, error });
    }

    fn advise(&mut self, error: FieldError) {
        self.0.push(Finding { hard: false, error });
    }
}

/// Everything that is to be said of an item: what stops it first.
pub fn check(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Found(Vec::new());
    day(look, &mut found);
    statement(look, &mut found);
    files(look, &mut found);
    found.0.sort_by_key(|finding| !finding.hard);
    found.0
}

fn day(look: &Look<'_>, found: &mut Found) {
    if look.windows.is_empty() {
        found.stop(FieldError::new("uses", "evidence-no-use"));
    }
    let Some(dated) = look.dated else {
        return found.stop(FieldError::new("dated", "required"));
    };
    if !look.windows.is_empty() && !look.windows.iter().any(|window| window.holds(dated)) {
        let first = look.windows.iter().map(|w| w.from).min().unwrap_or(dated);
        let last = look.windows.iter().map(|w| w.until).max().unwrap_or(dated);
        found.stop(FieldError::new("dated", "evidence-outside").arg("from", first).arg("until", last));
    }
}

fn statement(look: &Look<'_>, found: &mut Found) {
    let text = look.statement.trim();
    let length = i64::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(i64::MAX);
    if length > look.limit.characters {
        let error = FieldError::new("statement", "evidence-long").arg("max", look.limit.characters);
        found.stop(error.arg("have", length));
    }
    if look.kind != Kind::Statement {
        return;
    }
    if text.is_empty() {
        return found.stop(FieldError::new("statement", "required"));
    }
    if !text.contains(|c| FIGURES.contains(c)) {
        found.advise(FieldError::new("statement", "evidence-no-figures"));
    }
    if !EFFECTS.iter().any(|word| text.contains(word)) {
        found.advise(FieldError::new("statement", "evidence-no-effects"));
    }
}

fn files(look: &Look<'_>, found: &mut Found) {
    let pictures = look.files.iter().filter(|file| file.picture).count();
    let there = match look.kind {
        Kind::Statement => true,
        // what is online already need not be handed in as a copy: its address in the statement will do
        Kind::Rule => !look.files.is_empty() || !look.statement.trim().is_empty(),
        Kind::Table => !look.files.is_empty(),
        Kind::Picture => pictures > 0,
    };
    if !there {
        found.stop(FieldError::new("files", "evidence-no-file"));
    }
    let pictures = i64::try_from(pictures).unwrap_or(i64::MAX);
    let most = look.limit.pictures;
    if pictures > most {
        found.stop(FieldError::new("files", "evidence-many").arg("max", most).arg("have", pictures));
    }
    for (code, have) in look.others {
        if pictures > 0 && pictures <= most && have.saturating_add(pictures) > most {
            let error = FieldError::new("files", "evidence-many-there").arg("max", most).arg("have", have);
            found.stop(error.arg("code", code));
        }
    }
    for file in look.files {
        piece(look, file, found);
    }
}

fn piece(look: &Look<'_>, file: &Piece, found: &mut Found) {
    let about = |code: &'static str| FieldError::new("files", code).arg("name", &file.name);
    match file.stage {
        Stage::Waiting => return found.stop(about("evidence-waiting")),
        Stage::Refused => return found.stop(about("evidence-refused")),
        Stage::Ready => {}
    }
    if file.bytes > look.limit.megabytes.saturating_mul(1_000_000) {
        found.stop(about("evidence-large").arg("max", look.limit.megabytes));
    }
    if let Some(twin) = &file.twin {
        found.advise(about("evidence-twin").arg("number", twin));
    }
    if file.picture {
        picture(look, file, found);
    }
}

fn picture(look: &Look<'_>, file: &Piece, found: &mut Found) {
    let about = |code: &'static str| FieldError::new("files", code).arg("name", &file.name);
    let missing = file.caption.missing();
    if !missing.is_empty() {
        found.stop(about("evidence-caption").arg("count", missing.len()));
    }
    if file.edge < look.limit.short_edge {
        found.stop(about("evidence-small").arg("least", look.limit.short_edge).arg("have", file.edge));
    }
    if file.sharp.is_some_and(|sharp| sharp < BLURRED) {
        found.advise(about("evidence-blurred"));
    }
    if file.pixels > 0 && file.bytes.saturating_mul(10_000) / file.pixels < COMPRESSED {
        found.advise(about("evidence-compressed"));
    }
    if let (Some(taken), Some(dated)) = (file.taken, look.dated)
        && (days_since_epoch(taken) - days_since_epoch(dated)).abs() > APART
    {
        found.advise(about("evidence-taken").arg("day", taken));
    }
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
