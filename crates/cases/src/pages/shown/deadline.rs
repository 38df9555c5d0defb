//! "3 working hours left", in the colour that goes with it.

use crate::clock::{self, Mood, Timing};
use crate::desk::Desk;
use kernel::calendar::{Limit, Remaining, TimeUnit};
use kernel::time::{Date, Instant};
use web::Ui;
use web::parts::{Deadline, DeadlineStep};

/// The present deadline; none where none runs and nothing was decided.
pub(crate) fn deadline(
    ui: &Ui,
    desk: &Desk,
    of: &Timing,
    provisional: bool,
    parked_until: Option<Date>,
) -> Option<Deadline> {
    let plain = |mood, text| Deadline { mood, text, ..Deadline::default() };
    let timed = |mood, text| Deadline { at: of.stage_due_at, provisional, ..plain(mood, text) };
    Some(match clock::mood(of, desk, ui.now()) {
        Mood::None => return None,
        Mood::Done { on_time: true } => plain("done", ui.t("time-closed-on-time")),
        Mood::Done { on_time: false } => plain("overdue", ui.t("time-closed-late")),
        Mood::Paused => match parked_until {
            Some(day) => plain("paused", ui.ta("time-parked-until", [("date", ui.date(&day))])),
            None => plain("paused", ui.t("time-paused")),
        },
        Mood::Ok(left) => {
            let mood = if provisional { "provisional" } else { "ok" };
            Deadline { steps: step(ui, of.stage_due_at), ..timed(mood, remaining(ui, &left)) }
        }
        Mood::Soon(left) => {
            Deadline { steps: step(ui, of.stage_due_at), ..timed("soon", remaining(ui, &left)) }
        }
        Mood::Overdue { times: 11.., .. } => timed("multi", ui.t("time-late-many")),
        Mood::Overdue { times: n @ 1.., .. } => timed("multi", ui.n("time-late-times", n)),
        Mood::Overdue { late, .. } => timed("overdue", remaining(ui, &late)),
    })
}

/// While somebody looks at it, the deadline passes.
fn step(ui: &Ui, due: Option<Instant>) -> Vec<DeadlineStep> {
    due.map(|at| DeadlineStep { at: at.rfc3339(), state: "overdue", text: ui.t("time-late-now") })
        .into_iter()
        .collect()
}

fn remaining(ui: &Ui, left: &Remaining) -> String {
    let way = if left.late { "late" } else { "left" };
    match (left.unit.is_hours(), left.whole) {
        (true, 0) => ui.n(format!("time-{way}-minutes"), left.minutes.max(1)),
        (false, 0) => ui.t(format!("time-{way}-today")),
        (_, whole) => ui.n(format!("time-{way}-{}", left.unit.as_str()), whole),
    }
}

/// "2 working days".
pub(crate) fn limit_text(ui: &Ui, limit: Limit) -> String {
    ui.n(format!("time-{}", TimeUnit::as_str(limit.unit)), limit.value)
}
