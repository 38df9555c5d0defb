//! What a partner, an order, a change, a message and a difference are. No I/O.

use crate::seal::{
    DifferenceOurs, DifferenceReason, DifferenceTheirs, InBody, InDetail, OutAnswer, OutBody, PartnerToken,
};
use cases::model::Case;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::{DAY, HOUR, Instant};
use serde::{Deserialize, Serialize};
use store::value::Json;
use store::{Sealed, record};

kernel::named! {
    /// What the partner is.
    pub enum PartnerKind {
        /// 12345 热线.
        Hotline = "hotline",
        /// 数字城管, 运管服平台.
        Urban = "urban",
    }
}

kernel::named! {
    /// How it is reached.
    pub enum Carrier {
        /// The protocol of `docs/exchange.md` over HTTP.
        Http = "http",
        /// Files in a folder that both sides reach.
        Folder = "folder",
    }
}

kernel::named! {
    pub enum PartnerState {
        Active = "active",
        /// Nothing is fetched, carried out or sent; what they push is kept.
        Paused = "paused",
        Removed = "removed",
    }
}

kernel::named! {
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Side { Ours = "ours", Theirs = "theirs" }
}

kernel::named! {
    /// What can differ.
    pub enum Aspect {
        State = "state",
        Deadline = "deadline",
        Unit = "unit",
        Category = "category",
        Text = "text",
        /// We have the order, they say that they do not.
        MissingThere = "missing-there",
        /// They list an order that has never come here.
        MissingHere = "missing-here",
    }
}

kernel::named! {
    /// What happened to an order over there.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Kind {
        Created = "created",
        /// State, unit, deadline or words are others now.
        Changed = "changed",
        /// 催办.
        Urged = "urged",
        Supplemented = "supplemented",
        /// 撤单.
        Withdrawn = "withdrawn",
        Closed = "closed",
        /// 回访不满意.
        Contested = "contested",
    }
}

kernel::named! {
    /// What a change's row has come to.
    pub enum InState {
        Waiting = "waiting",
        Done = "done",
        /// On the repair list; `fault` says why.
        Repair = "repair",
        /// By a person, with a reason.
        Dismissed = "dismissed",
    }
}

kernel::named! {
    pub enum OutState {
        Waiting = "waiting",
        Sent = "sent",
        /// Given up after [`PATIENCE`], or refused for good: on the repair list.
        Dead = "dead",
        /// By a person, or because the partner was removed.
        Skipped = "skipped",
    }
}

kernel::named! {
    pub enum DifferenceState {
        Open = "open",
        /// By a person.
        Settled = "settled",
        /// The two agree again.
        Gone = "gone",
    }
}

kernel::named! {
    /// What a person did about a difference.
    pub enum How {
        Theirs = "theirs",
        Ours = "ours",
        /// Ours was sent again; it stays open until they agree.
        Sent = "sent",
    }
}

kernel::named! {
    /// Which of their words are mapped to ours.
    pub enum ValueKind { Category = "category", State = "state", Unit = "unit" }
}

store::coded!(
    PartnerKind,
    Carrier,
    PartnerState,
    Aspect,
    Kind,
    InState,
    OutState,
    DifferenceState,
    How,
    ValueKind,
    crate::stage::Stage
);

/// How long a message is tried.
pub const PATIENCE: i64 = 3 * DAY;
/// How long a change waits for the one before it until a person is asked.
pub const GAP: i64 = HOUR;
/// Most partners of a city.
pub const MOST_PARTNERS: i64 = 20;
/// Most changes of one push, and of one page that is fetched.
pub const BATCH: usize = 100;

/// Whose word holds, aspect by aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wins {
    pub state: Side,
    pub deadline: Side,
    pub unit: Side,
    pub category: Side,
    pub text: Side,
}

impl Default for Wins {
    /// Theirs are the order's own facts, ours is what becomes of it.
    fn default() -> Self {
        Self {
            state: Side::Ours,
            deadline: Side::Theirs,
            unit: Side::Ours,
            category: Side::Ours,
            text: Side::Theirs,
        }
    }
}

impl Wins {
    /// An order that one side does not know is nobody's fact: what the other side has holds.
    pub fn of(&self, aspect: Aspect) -> Side {
        match aspect {
            Aspect::State => self.state,
            Aspect::Deadline => self.deadline,
            Aspect::Unit => self.unit,
            Aspect::Category => self.category,
            Aspect::Text => self.text,
            Aspect::MissingThere => Side::Ours,
            Aspect::MissingHere => Side::Theirs,
        }
    }
}

record! {
    /// Another system that orders are exchanged with.
    #[derive(Clone, Debug)]
    pub struct Partner in "xchg_partner" {
        pub id: Id<Partner>,
        /// `XP-0001`: what people see, and what the partner's engineers put into addresses.
        pub number: String,
        pub name: String,
        pub kind: PartnerKind,
        pub carrier: Carrier,
        /// Beginning of their addresses; empty for a folder.
        pub url: String,
        /// What they gave us to show them.
        pub token: Sealed<PartnerToken>,
        pub nonce: String,
        /// We fetch their changes.
        pub pulls: bool,
        /// They may push changes to us.
        pub takes: bool,
        /// We send results.
        pub sends: bool,
        /// Minutes between two fetches.
        pub every_minutes: i64,
        /// Coordinate system of their positions, where an order does not say.
        pub crs: String,
        pub wins: Json<Wins>,
        pub state: PartnerState,
        pub created_at: Instant,
        pub version: i64,
    }
}

impl Partner {
    /// What cases call the system they came from.
    pub fn system(&self) -> String {
        format!("exchange:{}", self.number)
    }

    pub fn source(&self) -> cases::model::Source {
        match self.kind {
            PartnerKind::Hotline => cases::model::Source::Hotline,
            PartnerKind::Urban => cases::model::Source::Urban,
        }
    }
}

record! {
    /// How a partner does.
    #[derive(Clone, Debug, Default)]
    pub struct Health in "xchg_health" {
        pub partner_id: i64,
        /// How far their changes were fetched, in their words.
        pub cursor: String,
        pub next_pull_at: i64,
        /// Fetches that failed since the last one that did not.
        pub pull_streak: i64,
        pub last_pull_at: Option<Instant>,
        pub last_success: Option<Instant>,
        pub last_failure: Option<Instant>,
        /// See the texts `exchange-error-…`.
        pub last_error: Option<String>,
        /// Messages that failed since the last one that did not.
        pub streak: i64,
        /// Nothing is sent before this.
        pub rest_until: i64,
        pub compared_at: Option<Instant>,
        pub compare_error: Option<String>,
    }
}

record! {
    /// A word of theirs and what it is here.
    #[derive(Clone, Debug)]
    pub struct Value in "xchg_value" {
        pub id: Id<Value>,
        pub partner_id: Id<Partner>,
        pub kind: ValueKind,
        pub theirs: String,
        /// Code of a catalogue item, of a [`Stage`](crate::stage::Stage) or of a unit; empty until a person has said.
        pub ours: String,
        /// How many changes and listings used it while nobody had said.
        pub met: i64,
        pub first_at: Instant,
        pub version: i64,
    }
}

record! {
    /// An order of theirs as we know it, and the case it became.
    #[derive(Clone, Debug)]
    pub struct Order in "xchg_order" {
        pub id: Id<Order>,
        pub partner_id: Id<Partner>,
        /// 工单号: their own number.
        pub order_no: String,
        pub case_id: Option<Id<Case>>,
        /// The case whose end is the order's end: its own, or the one that was merged with.
        pub follows_id: Option<Id<Case>>,
        /// The revision that was carried out last.
        pub applied: i64,
        /// How many messages were made of it.
        pub sent: i64,
        /// Their word for its state.
        pub state: String,
        pub stage: Option<crate::stage::Stage>,
        pub category: String,
        pub unit: String,
        pub deadline: Option<Instant>,
        /// A deadline of theirs that somebody said holds.
        pub agreed_deadline: Option<Instant>,
        /// Fingerprints of their text, as it is and as it was taken over.
        pub words: String,
        pub taken_words: String,
        pub urged: i64,
        /// When they last said where it stands, by our clock.
        pub heard_at: Instant,
        pub version: i64,
    }
}

record! {
    /// A change as it came.
    #[derive(Clone, Debug)]
    pub struct Incoming in "xchg_in" {
        pub id: Id<Incoming>,
        /// `XI-000001`.
        pub number: String,
        pub partner_id: Id<Partner>,
        pub order_no: String,
        pub change_id: String,
        pub revision: i64,
        /// A [`Kind`]; empty where it could not be read.
        pub kind: String,
        pub at: Instant,
        pub body: Sealed<InBody>,
        pub hash: String,
        pub state: InState,
        /// See the texts `exchange-fault-…`.
        pub fault: Option<String>,
        /// What exactly, for engineers.
        pub detail: Sealed<InDetail>,
        pub received_at: Instant,
        pub ended_at: Option<Instant>,
        pub version: i64,
    }
}

record! {
    /// A message for the partner.
    #[derive(Clone, Debug)]
    pub struct Message in "xchg_out" {
        pub id: Id<Message>,
        pub partner_id: Id<Partner>,
        pub order_id: Id<Order>,
        pub order_no: String,
        pub case_id: Id<Case>,
        pub case_number: String,
        /// The event of the log it tells of; negative for one that somebody asked for.
        pub event_id: i64,
        /// The same on every try, so that the partner knows it again.
        pub message: String,
        pub seq: i64,
        pub kind: String,
        pub at: Instant,
        pub body: Sealed<OutBody>,
        pub state: OutState,
        pub tries: i64,
        pub first_try_at: Option<Instant>,
        pub next_at: Instant,
        pub held_until: Instant,
        pub last_status: Option<i64>,
        pub last_error: Option<String>,
        /// The first characters of what they answered.
        pub answer: Sealed<OutAnswer>,
        pub ended_at: Option<Instant>,
    }
}

record! {
    /// Where the two disagree.
    #[derive(Clone, Debug)]
    pub struct Difference in "xchg_difference" {
        pub id: Id<Difference>,
        /// `XD-000001`.
        pub number: String,
        pub partner_id: Id<Partner>,
        pub order_id: Option<Id<Order>>,
        pub order_no: String,
        pub case_id: Option<Id<Case>>,
        pub case_number: String,
        pub aspect: Aspect,
        /// Codes and times, as [`crate::compare`] wrote them.
        pub ours: Sealed<DifferenceOurs>,
        pub theirs: Sealed<DifferenceTheirs>,
        pub since: Instant,
        pub state: DifferenceState,
        pub how: Option<How>,
        pub reason: Sealed<DifferenceReason>,
        pub ended_by: Option<Id<Person>>,
        pub ended_at: Option<Instant>,
        /// When ours was last sent because of it.
        pub sent_at: Option<Instant>,
        pub open_key: Option<String>,
        pub version: i64,
    }
}
