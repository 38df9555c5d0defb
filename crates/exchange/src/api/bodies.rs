//! What the API says and reads. Numbers and codes, never internal ids.

use crate::change::Change;
use crate::forms::Typed;
use crate::incoming::Forecast;
use crate::model::{Value, Wins};
use crate::queries::Line;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

fn moment(at: Option<Instant>) -> Option<String> {
    at.map(Instant::rfc3339)
}

/// What a partner is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartnerDraft {
    pub name: String,
    /// `hotline` or `urban`.
    pub kind: String,
    /// `http` or `folder`; it stays as it was set up.
    pub carrier: String,
    /// Beginning of their addresses, for `http`.
    #[serde(default)]
    pub url: String,
    /// The credential they gave; left out: as it was.
    pub token: Option<String>,
    /// We fetch their changes.
    pub pulls: bool,
    /// They may push changes.
    pub takes: bool,
    /// We send results.
    pub sends: bool,
    /// Minutes between two fetches, 1 to 1440.
    pub every_minutes: i64,
    /// Coordinate system of their positions: `cgcs2000`, `wgs84`, `gcj02`, `bd09`.
    pub crs: String,
    /// As it was read; needed for a change.
    pub version: Option<i64>,
}

impl PartnerDraft {
    pub(super) fn typed(self) -> Typed {
        Typed {
            name: self.name.trim().to_owned(),
            kind: self.kind,
            carrier: self.carrier,
            url: self.url.trim().to_owned(),
            token: self.token.unwrap_or_default(),
            pulls: self.pulls,
            takes: self.takes,
            sends: self.sends,
            every: self.every_minutes.to_string(),
            crs: self.crs,
        }
    }
}

/// Whose word holds: `ours` or `theirs`.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct WinsBody {
    pub state: String,
    pub deadline: String,
    pub unit: String,
    pub category: String,
    pub text: String,
}

impl WinsBody {
    fn of(wins: Wins) -> Self {
        let code = |side: crate::model::Side| side.code().to_owned();
        Self {
            state: code(wins.state),
            deadline: code(wins.deadline),
            unit: code(wins.unit),
            category: code(wins.category),
            text: code(wins.text),
        }
    }
}

/// Rules, resting on what was read.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RulesBody {
    pub version: i64,
    #[serde(flatten)]
    pub wins: WinsBody,
}

/// A partner and how it does.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartnerBody {
    /// `XP-0001`.
    pub number: String,
    pub name: String,
    pub kind: &'static str,
    pub carrier: &'static str,
    pub url: String,
    /// Whether a credential of theirs is kept. It is never told.
    pub has_token: bool,
    pub pulls: bool,
    pub takes: bool,
    pub sends: bool,
    pub every_minutes: i64,
    pub crs: String,
    pub wins: WinsBody,
    /// `active` or `paused`.
    pub state: &'static str,
    pub last_success: Option<String>,
    pub last_failure: Option<String>,
    /// Why the last exchange failed; null after one that went well.
    pub last_error: Option<String>,
    pub next_pull_at: Option<String>,
    pub compared_at: Option<String>,
    pub compare_error: Option<String>,
    /// Counts end at 1000.
    pub waiting_in: i64,
    pub broken_in: i64,
    pub waiting_out: i64,
    pub dead_out: i64,
    pub unmapped: i64,
    pub differences: i64,
    pub version: i64,
}

impl PartnerBody {
    pub(super) fn of(line: Line) -> Self {
        let (p, h) = (line.partner, line.health);
        Self {
            number: p.number,
            name: p.name,
            kind: p.kind.code(),
            carrier: p.carrier.code(),
            url: p.url,
            has_token: !p.token.is_empty(),
            pulls: p.pulls,
            takes: p.takes,
            sends: p.sends,
            every_minutes: p.every_minutes,
            crs: p.crs,
            wins: WinsBody::of(p.wins.0),
            state: p.state.code(),
            last_success: moment(h.last_success),
            last_failure: moment(h.last_failure),
            last_error: h.last_error,
            next_pull_at: (p.pulls && h.next_pull_at > 0).then(|| Instant(h.next_pull_at).rfc3339()),
            compared_at: moment(h.compared_at),
            compare_error: h.compare_error,
            waiting_in: line.waiting_in,
            broken_in: line.broken_in,
            waiting_out: line.waiting_out,
            dead_out: line.dead_out,
            unmapped: line.unmapped,
            differences: line.differences,
            version: p.version,
        }
    }
}

/// All partners.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartnerList {
    pub items: Vec<PartnerBody>,
}

/// The key with which a partner pushes, told once.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyBody {
    pub number: String,
    /// `xk_…`, for the header `X-Exchange-Key`.
    pub key: String,
    pub version: i64,
}

/// The version that a change rests on.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SeenBody {
    pub version: i64,
}

/// A word of theirs.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValueBody {
    /// `category`, `state` or `unit`.
    pub kind: &'static str,
    pub theirs: String,
    /// Code of a catalogue item, of a stage or of a unit; null until a person has said.
    pub ours: Option<String>,
    /// How often it was met while nobody had said.
    pub met: i64,
}

impl ValueBody {
    pub(super) fn of(value: Value) -> Self {
        Self {
            kind: value.kind.code(),
            theirs: value.theirs,
            ours: Some(value.ours).filter(|o| !o.is_empty()),
            met: value.met,
        }
    }
}

/// The words of a partner.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValueList {
    pub items: Vec<ValueBody>,
}

/// What a word is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValueDraft {
    pub kind: String,
    pub theirs: String,
    #[serde(default)]
    pub ours: String,
}

/// What the next fetch would do with a change.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForecastBody {
    pub order: String,
    pub revision: i64,
    pub kind: String,
    /// `create`, `note`, `reply`, `compare`, `void`, `close`, `contest`, `rework`, `differ`, `wait`, `known`, `after`,
    /// `nothing` or `repair`.
    pub what: &'static str,
    pub case: Option<String>,
    /// Why it would go to the repair list.
    pub why: Option<String>,
    /// Words that nobody has mapped.
    pub unknown: Vec<String>,
}

/// What the next fetch would do.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrialBody {
    pub items: Vec<ForecastBody>,
    pub more: bool,
}

impl ForecastBody {
    pub(super) fn of(told: Forecast) -> Self {
        let filled = |text: String| Some(text).filter(|t| !t.is_empty());
        Self {
            order: told.order_no,
            revision: told.revision,
            kind: told.kind,
            what: told.what,
            case: filled(told.case),
            why: filled(told.why),
            unknown: told
                .unknown
                .into_iter()
                .map(|(kind, theirs)| format!("{}: {theirs}", kind.code()))
                .collect(),
        }
    }
}

/// Changes that a partner pushes, in its order.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PushBody {
    /// At most 100.
    #[schema(value_type = Vec<Change>)]
    pub changes: Vec<serde_json::Value>,
}

/// What became of a change that was pushed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReceiptBody {
    pub change: String,
    /// `taken`, `known` or `refused`.
    pub result: &'static str,
    pub why: Option<String>,
}

/// What became of each change, in the order in which they came.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReceiptList {
    pub results: Vec<ReceiptBody>,
}

/// An order as it stands here, for the partner whose it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderBody {
    pub order: String,
    pub case: Option<String>,
    /// `received`, `accepted`, `dispatched`, `handled`, `closed`, `refused`, `withdrawn` or `suspended`; null before it
    /// has become a case.
    pub stage: Option<&'static str>,
    /// The revision that was carried out last.
    pub applied: i64,
    /// Sequence of the last message that was made of it.
    pub sequence: i64,
    pub unit_code: Option<String>,
    pub unit_name: Option<String>,
    pub deadline: Option<String>,
}
