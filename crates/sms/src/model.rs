//! A text message and what became of it.

use kernel::id::Id;
use kernel::masking::{Audience, mask_phone};
use kernel::time::Instant;
use store::{Marked, Sealed, coded, record, sealed_columns};

/// Mark for ids of messages.
#[derive(Debug)]
pub enum Sent {}

kernel::named! {
    /// 待发 → 已交网关, 网关不收 or 未发. Only a waiting message moves, and once.
    pub enum State {
        /// 待发: the time for it has not come, or the gateway has not answered yet.
        Waiting = "waiting",
        /// 已交网关: the gateway took it. Whether it reached the telephone only the gateway knows.
        Sent = "sent",
        /// 网关不收: the gateway answered that it does not send it, or never answered at all.
        Refused = "refused",
        /// 未发: over a limit, or sending was switched off meanwhile.
        Held = "held",
    }
}
coded!(State);

impl State {
    pub fn mood(self) -> &'static str {
        match self {
            State::Waiting => "soon",
            State::Sent => "ok",
            State::Refused => "late",
            State::Held => "",
        }
    }
}

sealed_columns! {
    pub MessagePhone = "sms_message"."phone" of "id", mark phone "phone_mark";
    /// Names and values that the text is made of; a title may stand among them.
    pub MessageArgs = "sms_message"."args" of "id";
    /// A status page's address opens it.
    pub MessageHref = "sms_message"."href" of "id";
}

record! {
    #[derive(Clone, Debug)]
    pub struct Message in "sms_message" {
        pub id: Id<Sent>,
        /// The number of the record that it tells of: `CASE-2026-000412`; empty for a trial.
        pub about: String,
        /// Names the text `sms-<kind>`.
        pub kind: String,
        pub locale: String,
        /// Empty once it is no longer needed.
        pub phone: Sealed<MessagePhone>,
        pub phone_mark: Marked<MessagePhone>,
        /// JSON: an array of name and value.
        pub args: Sealed<MessageArgs>,
        pub href: Sealed<MessageHref>,
        pub state: State,
        /// A code of the texts `sms-why-…`, or what the gateway answered.
        pub why: String,
        /// What the gateway calls it.
        pub gateway_id: String,
        /// How many messages the text takes; 0 until it is sent.
        pub parts: i64,
        pub made_at: Instant,
        pub due_at: Instant,
        pub settled_at: Option<Instant>,
    }
}

impl Message {
    /// Sent to see whether the gateway works; it tells of nothing.
    pub fn is_trial(&self) -> bool {
        self.about.is_empty()
    }

    /// `138****1234`; empty once the number is gone.
    pub fn masked(&self) -> String {
        mask_phone(self.phone.as_str(), Audience::Public)
    }
}

/// How many messages a text takes: 70 characters in one, 67 in each of several, counted in UTF-16 as the network does
/// (3GPP TS 23.038, UCS-2).
pub fn parts(text: &str) -> i64 {
    match text.encode_utf16().count() {
        0..=70 => 1,
        units => i64::try_from(units.div_ceil(67)).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_by_the_network_into_parts() {
        for (characters, wanted) in [(0, 1), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)]
        {
            assert_eq!(parts(&"字".repeat(characters)), wanted, "{characters}");
        }
        // two units each
        assert_eq!(parts(&"😀".repeat(35)), 1);
        assert_eq!(parts(&"😀".repeat(36)), 2);
    }
}
