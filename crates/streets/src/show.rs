//! How metres and days are written, in one place.

use web::Ui;

/// Whole metres.
#[expect(clippy::cast_possible_truncation, reason = "lengths of streets in metres")]
pub(crate) fn whole(metres: f64) -> i64 {
    metres.round() as i64
}

/// 1,234 米
pub(crate) fn metres(ui: &Ui, metres: f64) -> String {
    ui.ta("places-metres", [("metres", web::show::number(whole(metres)))])
}

/// 12.3 公里
pub(crate) fn kilometres(metres: f64) -> String {
    format!("{:.1}", metres / 1000.0)
}

/// 120–340 米
pub(crate) fn stretch(ui: &Ui, from_m: f64, to_m: f64) -> String {
    ui.ta("streets-from-to", [("from", whole(from_m).to_string()), ("to", whole(to_m).to_string())])
}
