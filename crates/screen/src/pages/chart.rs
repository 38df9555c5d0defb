//! The line of today's hours as a drawing of the server's own: it needs no script, is sharp on any wall, and is not drawn anew
//! while nothing changed.

use crate::figures::Hours;
use web::Ui;

/// Size of the drawing, in its own units.
const WIDTH: i64 = 480;
const HEIGHT: i64 = 210;
/// Room for the numbers at its left and foot, and above it.
const LEFT: i64 = 34;
const FOOT: i64 = 24;
const TOP: i64 = 12;
const RIGHT: i64 = 10;

/// A line across the drawing with its number.
pub(super) struct Level {
    pub(super) y: String,
    pub(super) text: String,
}

/// An hour named at the foot.
pub(super) struct Foot {
    pub(super) x: String,
    pub(super) text: String,
}

/// An hour in the table that says the same.
pub(super) struct Row {
    pub(super) hour: String,
    pub(super) today: String,
    pub(super) usual: String,
}

/// A chart, ready to be written.
pub(super) struct Chart {
    pub(super) width: i64,
    pub(super) height: i64,
    /// Where lines across begin and end.
    pub(super) left: i64,
    pub(super) right: i64,
    /// `x,y x,y …`; empty without a usual day.
    pub(super) usual: String,
    pub(super) today: String,
    /// Where the line of today ends.
    pub(super) end: (String, String),
    pub(super) levels: Vec<Level>,
    pub(super) foot: Vec<Foot>,
    pub(super) rows: Vec<Row>,
    /// What it says in one sentence.
    pub(super) sentence: String,
}

impl Chart {
    pub(super) fn new(ui: &Ui, hours: &Hours) -> Self {
        let top = top(hours.most_tenths());
        let point = |hour: usize, tenths: i64| format!("{},{}", x(hour), y(tenths, top));
        let usual = |hour: usize| hours.usual_tenths(hour);
        let today = |hour: usize| hours.today.get(hour).copied().unwrap_or(0);
        let shown = 0..=hours.now;
        let line: Vec<String> = shown.map(|hour| point(hour, today(hour) * 10)).collect();
        let before: Vec<String> = (0..24).filter_map(|hour| Some(point(hour, usual(hour)?))).collect();
        let level = |part: i64| Level { y: y(top * part / 2, top), text: tenths(top * part / 2) };
        let row = |hour: usize| Row {
            hour: format!("{hour:02}:00"),
            today: if hour <= hours.now { ui.number(today(hour)) } else { String::new() },
            usual: usual(hour).map_or_else(String::new, tenths),
        };
        let so_far = hours.usual_so_far_tenths().map(tenths);
        let key = if so_far.is_some() { "screen-hours-says" } else { "screen-hours-says-new" };
        let args = [
            ("count", hours.total().to_string()),
            ("usual", so_far.unwrap_or_default()),
            ("weeks", hours.weeks.to_string()),
        ];
        Self {
            width: WIDTH,
            height: HEIGHT,
            left: LEFT,
            right: WIDTH - RIGHT,
            usual: before.join(" "),
            today: line.join(" "),
            end: (x(hours.now), y(today(hours.now) * 10, top)),
            levels: (0..=2).map(level).collect(),
            foot: (0..24).step_by(6).chain([23]).map(|h| Foot { x: x(h), text: format!("{h:02}") }).collect(),
            rows: (0..24).map(row).collect(),
            sentence: ui.ta(key, args),
        }
    }
}

/// The end of the axis, in tenths: an even number of reports, not below what is shown.
fn top(most: i64) -> i64 {
    let reports = (most + 9) / 10;
    (reports + reports % 2).max(2) * 10
}

/// A count in tenths as people read it: whole ones without a point.
fn tenths(n: i64) -> String {
    if n % 10 == 0 { (n / 10).to_string() } else { format!("{}.{}", n / 10, n % 10) }
}

fn x(hour: usize) -> String {
    let hour = i64::try_from(hour).unwrap_or(0);
    tenths(LEFT * 10 + (WIDTH - LEFT - RIGHT) * 10 * hour / 23)
}

fn y(value: i64, top: i64) -> String {
    let room = (HEIGHT - TOP - FOOT) * 10;
    tenths(TOP * 10 + room - room * value / top.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_ends_at_an_even_number_not_below_what_is_shown() {
        for (most, end) in [(10, 20), (20, 20), (21, 40), (30, 40), (175, 180), (181, 200)] {
            assert_eq!(top(most), end, "{most}");
        }
    }

    #[test]
    fn points_lie_within_the_drawing() {
        assert_eq!((x(0), x(23)), ("34".to_owned(), "470".to_owned()));
        assert_eq!((y(0, 20), y(20, 20)), ("186".to_owned(), "12".to_owned()));
        assert_eq!(y(10, 20), "99");
        assert_eq!((tenths(17), tenths(20)), ("1.7".to_owned(), "2".to_owned()));
    }
}
