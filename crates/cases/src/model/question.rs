//! Questions to the reporter.

use super::Case;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::Instant;
use store::{Sealed, coded, record, sealed_columns};

sealed_columns! {
    pub QuestionWish = "case_question"."wish" of "id";
    pub QuestionBody = "case_question"."body" of "id";
    /// In the reporter's words.
    pub QuestionReply = "case_question"."reply" of "id";
}

kernel::named! {
    /// How far a question has come.
    pub enum QuestionState {
        /// The unit would like to know; the office has not decided.
        Wished = "wished",
        /// The reporter has been asked.
        Asked = "asked",
        Answered = "answered",
        /// Nobody answered in time.
        Lapsed = "lapsed",
        /// The office did not put the unit's question, or took its own back; or the case went on without.
        Withdrawn = "withdrawn",
    }
}
coded!(QuestionState);

record! {
    /// A question. The unit's own words and the office's are kept apart: the reporter reads the office's, and the unit
    /// never learns whom it is put to.
    #[derive(Clone, Debug)]
    pub struct Question in "case_question" {
        pub id: Id<Question>,
        pub case_id: Id<Case>,
        pub state: QuestionState,
        pub wish: Sealed<QuestionWish>,
        pub body: Sealed<QuestionBody>,
        pub wished_by: Option<Id<Person>>,
        pub wished_at: Option<Instant>,
        pub asked_by: Option<Id<Person>>,
        pub asked_at: Option<Instant>,
        /// Working days to answer in.
        pub days: u32,
        pub reply: Sealed<QuestionReply>,
        pub ended_at: Option<Instant>,
        pub version: i64,
    }
}

impl Question {
    pub fn is_open(&self) -> bool {
        matches!(self.state, QuestionState::Wished | QuestionState::Asked)
    }
}
