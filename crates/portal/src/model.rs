//! 意见建议: what somebody wrote to the office, and the answer.

use kernel::id::Id;
use kernel::time::{DAY, Instant};
use store::{Sealed, coded, record, sealed_columns};

/// Mark for ids of suggestions.
#[derive(Debug)]
pub enum Sent {}

kernel::named! {
    pub enum Kind {
        /// 建议
        Suggestion = "suggestion",
        /// 投诉
        Complaint = "complaint",
        /// 找错: something on this site is wrong.
        Mistake = "mistake",
        /// 减负: this program asks people for what it should not.
        Burden = "burden",
    }
}
coded!(Kind);

sealed_columns! {
    pub SentBody = "suggestion"."body" of "id";
    /// It says back what was asked.
    pub SentAnswer = "suggestion"."answer" of "id";
    pub SenderContact = "suggestion"."contact" of "id";
}

record! {
    #[derive(Clone, Debug)]
    pub struct Suggestion in "suggestion" {
        pub id: Id<Sent>,
        /// What people call it: `SUG-2026-000012`.
        pub number: String,
        pub kind: Kind,
        pub body: Sealed<SentBody>,
        /// How the sender can be reached, if they want that.
        pub contact: Option<Sealed<SenderContact>>,
        pub sent_at: Instant,
        pub answer: Option<Sealed<SentAnswer>>,
        pub answered_at: Option<Instant>,
        pub version: i64,
    }
}

/// Longest text, and longest way to be reached, in characters.
pub const BODY_MAX: usize = 2000;
pub const CONTACT_MAX: usize = 100;
pub const ANSWER_MAX: usize = 2000;

/// An answer is expected within this time. The State Council's site inspection counts what is older than three months
/// as a failure of the whole site; a month leaves time to notice.
pub const ANSWER_WITHIN: i64 = 30 * DAY;

impl Suggestion {
    pub fn late(&self, now: Instant) -> bool {
        self.answer.is_none() && self.sent_at.plus(ANSWER_WITHIN) < now
    }
}
