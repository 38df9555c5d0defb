//! The brief in words, in the reader's language: what the page, the paper and the table of it say alike.

use super::better::{Measure, Share};
use super::{Better, Brief, Counted, Number, Trouble, Why};
use kernel::time::Date;
use kernel::workflow::Named;
use papers::{Closing, Document, Level, Table};
use places::PlaceIndex;
use web::Ui;

/// A number with its three days.
pub(crate) struct Line {
    pub(crate) label: String,
    /// What is said, and the list that it counts.
    pub(crate) days: Vec<(String, String)>,
    /// Against the two other days; empty for rates.
    pub(crate) change: String,
}

/// A problem.
pub(crate) struct Point {
    /// Why it stands here.
    pub(crate) why: String,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) place: String,
    pub(crate) unit: String,
    pub(crate) list: &'static str,
}

/// The sheet.
pub(crate) struct Sheet {
    /// The day, with its day of the week.
    pub(crate) day: String,
    /// Heads of the three columns.
    pub(crate) heads: Vec<String>,
    pub(crate) lines: Vec<Line>,
    pub(crate) points: Vec<Point>,
    /// What got better, and the two lists it rests on; none when nothing did.
    pub(crate) better: Option<(String, [String; 2])>,
    pub(crate) complete: bool,
}

/// 2026年3月5日 星期四 / Thursday, 5 March 2026.
pub(crate) fn day_text(ui: &Ui, day: Date) -> String {
    let weekday = ui.t(format!("weekday-{}", day.weekday().to_monday_zero_offset()));
    ui.ta("screen-day", [("date", ui.date(&day)), ("weekday", weekday)])
}

/// −3, ±0, +5.
fn signed(n: i64) -> String {
    match n {
        0 => "±0".to_owned(),
        n if n > 0 => format!("+{n}"),
        n => format!("−{}", n.unsigned_abs()),
    }
}

fn text(ui: &Ui, counted: &Counted) -> String {
    match counted.whole {
        None if counted.href.is_empty() => "–".to_owned(),
        None => ui.number(counted.part),
        Some(0) => "–".to_owned(),
        Some(whole) => {
            format!("{} ({}/{})", ui.percent(counted.part, whole), ui.number(counted.part), ui.number(whole))
        }
    }
}

fn line(ui: &Ui, number: &Number) -> Line {
    let change = match number.days.as_slice() {
        [now, before, week] if !before.href.is_empty() && !week.href.is_empty() => {
            match (now.more_than(before), now.more_than(week)) {
                (Some(day), Some(week)) => {
                    ui.ta("brief-change", [("day", signed(day)), ("week", signed(week))])
                }
                _ => String::new(),
            }
        }
        _ => String::new(),
    };
    Line {
        label: ui.named("brief-number", number.key),
        days: number.days.iter().map(|c| (text(ui, c), c.href.clone())).collect(),
        change,
    }
}

fn point(ui: &Ui, index: &PlaceIndex, trouble: &Trouble) -> Point {
    let heading = format!("brief-why-{}", trouble.why.code());
    let why = match trouble.why {
        Why::Overdue(since) => ui.ta(heading, [("since", ui.short(&since)), ("ago", ui.ago(&since))]),
        Why::Reported(others) => ui.n(heading, others),
        Why::Again => ui.ta(heading, [("at", ui.short(&trouble.reported_at))]),
    };
    let division = index.division_name(trouble.division);
    let place = [division, trouble.address.clone()];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    Point {
        why,
        number: trouble.number.clone(),
        title: trouble.title.clone(),
        place: if place.is_empty() { ui.t("screen-no-place") } else { place.join(" ") },
        unit: if trouble.unit.is_empty() { ui.t("brief-no-unit") } else { trouble.unit.clone() },
        list: trouble.why.list(),
    }
}

fn better(ui: &Ui, better: &Better) -> (String, [String; 2]) {
    let share = |(part, whole): Share| match better.measure {
        Measure::Overdue => ui.number(part),
        Measure::OnTime | Measure::Rework => {
            format!("{} ({}/{})", ui.percent(part, whole), ui.number(part), ui.number(whole))
        }
    };
    let args = [("before", share(better.before)), ("now", share(better.now))];
    (ui.ta(format!("brief-better-{}", better.measure.code()), args), better.lists.clone())
}

impl Sheet {
    pub(crate) fn new(ui: &Ui, index: &PlaceIndex, brief: &Brief) -> Self {
        let day = |n: usize| brief.days.get(n).copied().unwrap_or_default();
        let head = |key: &str, n: usize| format!("{} {}", ui.t(key), ui.day(&day(n)));
        Self {
            day: day_text(ui, day(0)),
            heads: vec![head("brief-that-day", 0), head("brief-day-before", 1), head("brief-week-before", 2)],
            lines: brief.numbers.iter().map(|n| line(ui, n)).collect(),
            points: brief.troubles.iter().map(|t| point(ui, index, t)).collect(),
            better: brief.better.as_ref().map(|b| better(ui, b)),
            complete: brief.complete,
        }
    }

    /// As an official paper; `city` signs.
    pub(crate) fn paper(&self, ui: &Ui) -> Document {
        let organ = ui.ta("brief-organ", [("city", ui.city.clone())]);
        let rows = self.lines.iter().map(|line| {
            let days = line.days.iter().map(|(text, _)| text.clone());
            std::iter::once(line.label.clone()).chain(days).collect()
        });
        let head = std::iter::once(ui.t("brief-number")).chain(self.heads.iter().cloned());
        let table = Table { head: head.collect(), rows: rows.collect(), widths: vec![4, 4, 4, 4] };
        let mut document = Document {
            head: organ.clone(),
            title: ui.ta("brief-paper", [("day", self.day.clone())]),
            closing: Some(Closing { organ, date: ui.date(&ui.now().date()) }),
            ..Document::default()
        }
        .item(Level::First, ui.t("brief-numbers"))
        .table(table)
        .item(Level::First, ui.t("brief-problems"));
        if self.points.is_empty() {
            document = document.paragraph(ui.t("brief-no-problems"));
        }
        for point in &self.points {
            let args = [
                ("why", point.why.clone()),
                ("number", point.number.clone()),
                ("title", point.title.clone()),
                ("place", point.place.clone()),
                ("unit", point.unit.clone()),
            ];
            document = document.item(Level::Third, ui.ta("brief-point", args));
        }
        if let Some((better, _)) = &self.better {
            document = document.item(Level::First, ui.t("brief-better")).paragraph(better.clone());
        }
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_their_sign() {
        assert_eq!([-3, 0, 5].map(signed), ["−3", "±0", "+5"]);
    }
}
