//! The life of a survey: drafted, published and frozen, closed. Results are made once, when no answer can follow: figures of a running
//! survey would give away each new answer by the difference that it makes.

use kernel::workflow::ClockEffect::{End, Start};
use kernel::workflow::{Move, Workflow};

kernel::named! {
    pub enum State {
        /// 草稿: everything can be changed.
        Draft = "draft",
        /// 已发布: questions and sample stand; answers come in.
        Published = "published",
        /// 已结束: no answer is taken any more; results are shown.
        Closed = "closed",
    }
}
store::coded!(State);

kernel::named! {
    pub enum Step {
        Publish = "publish",
        Close = "close",
    }
}

use State::{Closed, Draft, Published};

pub const SURVEY: Workflow<State, Step> = Workflow {
    entity: "survey",
    start: &[Draft],
    ends: &[Closed],
    moves: &[
        Move { from: &[Draft], name: Step::Publish, to: Published, clock: Start },
        Move { from: &[Published], name: Step::Close, to: Closed, clock: End },
    ],
};

impl State {
    pub fn mood(self) -> &'static str {
        match self {
            Draft => "",
            Published => "active",
            Closed => "done",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound_and_nothing_opens_again() {
        assert_eq!(SURVEY.faults(), Vec::<String>::new());
        assert!(SURVEY.step(Closed, Step::Publish).is_err() && SURVEY.step(Draft, Step::Close).is_err());
    }
}
