//! How endpoints and deliveries are told to people.

use crate::model::{DeliveryState, EndpointState};
use crate::queries::{COUNTED, Line};
use kernel::time::Instant;
use kernel::workflow::Named;
use web::Ui;
use web::parts::Mood;

/// Colour and word for how an endpoint does.
pub(super) fn standing(ui: &Ui, line: &Line) -> (Mood, String) {
    let word = |key: &str| ui.t(format!("hook-standing-{key}"));
    match (line.endpoint.state, line.endpoint.stop_reason) {
        (EndpointState::Paused, _) => ("paused", word("paused")),
        (EndpointState::Stopped, Some(why)) => ("late", ui.t(format!("hook-stop-{}", why.code()))),
        (EndpointState::Stopped | EndpointState::Removed, _) => ("late", word("stopped")),
        (EndpointState::Active, _) if line.health.streak > 0 => ("late", word("failing")),
        (EndpointState::Active, _) if line.health.last_success.is_none() => ("waiting", word("untried")),
        (EndpointState::Active, _) => ("active", word("well")),
    }
}

/// "5 minutes ago", or that it never was.
pub(super) fn ago(ui: &Ui, at: Option<Instant>) -> String {
    at.map_or_else(|| ui.t("hook-never"), |at| ui.ago(&at))
}

/// A count that ends at [`COUNTED`].
pub(super) fn counted(ui: &Ui, count: i64) -> String {
    if count < COUNTED { ui.number(count) } else { format!("{}+", ui.number(COUNTED)) }
}

pub(super) fn mood(state: DeliveryState) -> Mood {
    match state {
        DeliveryState::Waiting => "waiting",
        DeliveryState::Sent => "done",
        DeliveryState::Dead => "late",
        DeliveryState::Skipped => "paused",
    }
}

/// The name of a kind of event.
pub(super) fn kind(ui: &Ui, kind: &str) -> String {
    ui.t(format!("public-event-{}", kind.replace('.', "-")))
}

/// What came back last: a status, or why there is none.
pub(super) fn outcome(ui: &Ui, status: Option<i64>, error: Option<&str>) -> String {
    match (status, error) {
        (Some(status), _) => format!("HTTP {status}"),
        (None, Some(error)) => ui.t(format!("hook-error-{error}")),
        (None, None) => String::new(),
    }
}
