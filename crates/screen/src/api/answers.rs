//! What the API says and reads. Numbers and codes, never internal ids.

use crate::area::Area;
use crate::brief::{Brief, Counted};
use crate::figures::{Figures, Known, Line};
use crate::forms::Typed;
use crate::model::{Display, Panel, Standing};
use crate::queries::DisplayLine;
use kernel::id::Id;
use kernel::time::Instant;
use kernel::workflow::Named;
use places::PlaceIndex;
use places::model::Division;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Open cases of a kind or of a place.
#[derive(Serialize, ToSchema)]
pub(crate) struct WallLine {
    /// Of a kind `event-06010`, of a place the division's code; none where cases are of none.
    code: Option<String>,
    name: String,
    open: i64,
    overdue: i64,
}

/// An hour of the day in China.
#[derive(Serialize, ToSchema)]
pub(crate) struct WallHour {
    /// 0 to 23.
    hour: usize,
    /// Reported today; none for hours that have not begun.
    today: Option<i64>,
    /// Mean of this weekday in the last four weeks, to a tenth; none while there is none.
    usual: Option<f64>,
}

/// A step of a public case.
#[derive(Serialize, ToSchema)]
pub(crate) struct WallMove {
    case_number: String,
    /// RFC 3339, as all times here.
    at: String,
    /// The state it led to.
    state: &'static str,
    kind: String,
    /// The street section or division.
    place: String,
}

/// Letters of a rung that have not ended.
#[derive(Serialize, ToSchema)]
pub(crate) struct WallRung {
    /// `reminder`, `letter`, `summons`.
    rung: &'static str,
    open: i64,
}

/// The wall's figures.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScreenBody {
    made_at: String,
    /// Code of the division that they are of; none for the whole city.
    area: Option<String>,
    /// Since midnight.
    reported: i64,
    answered: i64,
    closed: i64,
    /// Now.
    open: i64,
    overdue: i64,
    /// Due within a day.
    soon: i64,
    /// Cases whose deadline falls in this month up to today, as the statistics count them.
    month_due: i64,
    /// Of these, closed and answered in time.
    month_on_time: i64,
    /// Of these, answered at least once.
    month_handled: i64,
    /// Of these, done again.
    month_rework: i64,
    hours: Vec<WallHour>,
    kinds: Vec<WallLine>,
    areas: Vec<WallLine>,
    /// The newest first.
    moves: Vec<WallMove>,
    letters: Vec<WallRung>,
    letters_late: i64,
}

fn code(index: &PlaceIndex, division: Option<Id<Division>>) -> Option<String> {
    division.and_then(|id| index.division(id)).map(|node| node.code.to_string())
}

#[expect(clippy::cast_precision_loss, reason = "some hundred reports an hour")]
fn tenths(n: i64) -> f64 {
    n as f64 / 10.0
}

impl ScreenBody {
    pub(super) fn of(known: &Known, area: &Area, figures: Figures) -> Self {
        let line = |line: Line, code: Option<String>| WallLine {
            code,
            name: line.name,
            open: line.open,
            overdue: line.overdue,
        };
        let kind = |l: Line| {
            let item = cases::open::item_code(&known.desk.catalogue, Some(Id::new(l.key)));
            line(l, Some(item).filter(|code| !code.is_empty()))
        };
        let place = |l: Line| {
            let of = code(&known.index, Some(Id::new(l.key)));
            line(l, of)
        };
        let hours = figures.hours;
        let hour = |hour: usize| WallHour {
            hour,
            today: (hour <= hours.now).then(|| hours.today.get(hour).copied().unwrap_or(0)),
            usual: hours.usual_tenths(hour).map(tenths),
        };
        Self {
            made_at: figures.made_at.rfc3339(),
            area: code(&known.index, area.division),
            reported: figures.reported,
            answered: figures.answered,
            closed: figures.closed,
            open: figures.open,
            overdue: figures.overdue,
            soon: figures.soon,
            month_due: figures.month.due,
            month_on_time: figures.month.on_time,
            month_handled: figures.month.handled,
            month_rework: figures.month.rework,
            hours: (0..24).map(hour).collect(),
            kinds: figures.kinds.into_iter().map(kind).collect(),
            areas: figures.areas.into_iter().map(place).collect(),
            moves: figures
                .moves
                .into_iter()
                .map(|m| WallMove {
                    case_number: m.number,
                    at: m.at.rfc3339(),
                    state: m.state.code(),
                    kind: m.kind,
                    place: m.place,
                })
                .collect(),
            letters: figures
                .letters
                .rungs
                .iter()
                .map(|(rung, open)| WallRung { rung: rung.code(), open: *open })
                .collect(),
            letters_late: figures.letters.late,
        }
    }
}

/// A number of a day.
#[derive(Serialize, ToSchema)]
pub(crate) struct BriefCount {
    day: String,
    /// None where the city was not there yet.
    count: Option<i64>,
    /// Of a rate, what `count` is a part of.
    whole: Option<i64>,
    /// The page that lists what was counted.
    list: Option<String>,
}

/// A number on three days.
#[derive(Serialize, ToSchema)]
pub(crate) struct BriefNumber {
    /// `reported`, `answered`, `closed`, `overdue` (at the end of the day), `on-time` (of what was due that day).
    number: &'static str,
    /// The day, the day before, the same weekday a week before.
    days: Vec<BriefCount>,
}

/// A problem of the brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct BriefTrouble {
    /// `overdue` (late longest), `reported` (by most), `again` (came back after it was closed).
    why: &'static str,
    case_number: String,
    title: String,
    address: String,
    /// Code of the division.
    division: Option<String>,
    /// The unit that answers for it; empty while none has it.
    unit: String,
}

/// What got better.
#[derive(Serialize, ToSchema)]
pub(crate) struct BriefBetter {
    /// `overdue`, `on-time`, `rework`.
    measure: &'static str,
    before: i64,
    /// Of a rate, what `before` is a part of.
    before_whole: Option<i64>,
    now: i64,
    now_whole: Option<i64>,
}

/// The morning's brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct BriefBody {
    day: String,
    numbers: Vec<BriefNumber>,
    troubles: Vec<BriefTrouble>,
    better: Option<BriefBetter>,
    /// Whether the counts at the ends of days are final.
    complete: bool,
}

impl BriefBody {
    pub(super) fn of(index: &PlaceIndex, brief: Brief) -> Self {
        let [day, ..] = brief.days;
        let counted = |(day, c): (kernel::time::Date, Counted)| BriefCount {
            day: day.to_string(),
            count: (!c.href.is_empty()).then_some(c.part),
            whole: c.whole,
            list: Some(c.href).filter(|href| !href.is_empty()),
        };
        let whole = |n: i64| (n > 0).then_some(n);
        Self {
            day: day.to_string(),
            numbers: brief
                .numbers
                .into_iter()
                .map(|n| BriefNumber {
                    number: n.key,
                    days: brief.days.into_iter().zip(n.days).map(counted).collect(),
                })
                .collect(),
            troubles: brief
                .troubles
                .into_iter()
                .map(|t| BriefTrouble {
                    why: t.why.code(),
                    case_number: t.number,
                    title: t.title,
                    address: t.address,
                    division: code(index, t.division),
                    unit: t.unit,
                })
                .collect(),
            better: brief.better.map(|b| BriefBetter {
                measure: b.measure.code(),
                before: b.before.0,
                before_whole: whole(b.before.1),
                now: b.now.0,
                now_whole: whole(b.now.1),
            }),
            complete: brief.complete,
        }
    }
}

/// A display and what it shows.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DisplayDraft {
    name: String,
    /// Where it hangs.
    place: String,
    /// Its last day, `2026-12-31`.
    until: String,
    #[serde(flatten)]
    shows: DisplayArrangement,
}

/// What a display shows.
#[derive(Deserialize, Default, ToSchema)]
pub(crate) struct DisplayArrangement {
    /// Written on top; empty for the city's own title.
    #[serde(default)]
    title: String,
    /// `figures`, `hours`, `map`, `kinds`, `letters`, `areas`, `moves`, in the order in which they stand; none for all.
    #[serde(default)]
    panels: Vec<String>,
    /// Code of a division, with those below it; none for the whole city.
    area: Option<String>,
    /// As it was read; needed for a change.
    pub(super) version: Option<i64>,
}

/// Where a display hangs and until when.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DisplayRegistration {
    name: String,
    place: String,
    until: String,
    pub(super) version: i64,
}

/// The version that was seen.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DisplaySeen {
    pub(super) version: i64,
}

impl DisplayDraft {
    pub(super) fn typed(self) -> Typed {
        let Self { name, place, until, shows } = self;
        Typed { name, place, until, ..shows.typed() }
    }
}

impl DisplayArrangement {
    pub(super) fn typed(self) -> Typed {
        let area = self.area.unwrap_or_default();
        Typed { title: self.title, panels: self.panels, area, ..Typed::default() }
    }
}

impl DisplayRegistration {
    pub(super) fn typed(self) -> Typed {
        Typed { name: self.name, place: self.place, until: self.until, ..Typed::default() }
    }
}

/// A display.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisplayBody {
    /// `SD-0001`.
    number: String,
    name: String,
    place: String,
    title: String,
    panels: Vec<&'static str>,
    /// Code of a division; none for the whole city.
    area: Option<String>,
    /// `used`, `expired`, `revoked`.
    state: &'static str,
    until: String,
    created_at: String,
    revoked_at: Option<String>,
    /// When its page last asked, to the minute.
    seen_at: Option<String>,
    version: i64,
}

fn codes(panels: &[Panel]) -> Vec<&'static str> {
    panels.iter().map(|p| p.code()).collect()
}

impl DisplayBody {
    pub(super) fn of_line(index: &PlaceIndex, line: DisplayLine, standing: Standing) -> Self {
        Self {
            panels: codes(&line.panels.0),
            area: code(index, line.division_id),
            state: standing.code(),
            until: line.until_date.to_string(),
            created_at: line.created_at.rfc3339(),
            revoked_at: line.revoked_at.map(Instant::rfc3339),
            seen_at: line.seen_at.map(Instant::rfc3339),
            number: line.number,
            name: line.name,
            place: line.place,
            title: line.title,
            version: line.version,
        }
    }

    pub(super) fn of(index: &PlaceIndex, display: Display, seen: Option<Instant>, now: Instant) -> Self {
        Self {
            state: display.standing(now).code(),
            panels: codes(&display.panels.0),
            area: code(index, display.division_id),
            until: display.until_date.to_string(),
            created_at: display.created_at.rfc3339(),
            revoked_at: display.revoked_at.map(Instant::rfc3339),
            seen_at: seen.map(Instant::rfc3339),
            number: display.number,
            name: display.name,
            place: display.place,
            title: display.title,
            version: display.version,
        }
    }
}

/// All displays, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisplayList {
    pub(super) items: Vec<DisplayBody>,
}

/// A display's address, which is told this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisplayAddress {
    pub(super) number: String,
    pub(super) address: String,
    pub(super) version: i64,
}
