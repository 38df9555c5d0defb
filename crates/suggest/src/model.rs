//! Versions of what was learnt, and what became of offers.

use ::store::value::Json;
use ::store::{coded, record};
use cases::model::Case;
use classifier::Figures;
use kernel::id::Id;
use kernel::time::Instant;

kernel::named! {
    /// What is offered.
    pub enum Target {
        /// The catalogue item: what kind of problem it is.
        Item = "item",
        /// The unit that leads.
        Unit = "unit",
    }
}

kernel::named! {
    pub enum State {
        /// 使用中.
        InForce = "in-force",
        /// Replaced by a newer version.
        Retired = "retired",
        /// 未达标: not enough better than always saying the commonest.
        Weak = "weak",
    }
}

coded!(Target, State);

impl Target {
    /// The form's field that it fills.
    pub fn field(self) -> &'static str {
        match self {
            Target::Item => "item",
            Target::Unit => "lead",
        }
    }
}

impl State {
    pub fn mood(self) -> &'static str {
        match self {
            State::InForce => "active",
            State::Retired => "done",
            State::Weak => "paused",
        }
    }
}

record! {
    /// A version, without what was learnt.
    #[derive(Clone, Debug)]
    pub struct Version {
        pub id: Id<Trained>,
        pub target: Target,
        /// From 1, for each target.
        pub number: i64,
        pub state: State,
        pub trained_at: Instant,
        /// Cases it learnt from in the end: all there were.
        pub examples: i64,
        /// Measured with the older four fifths of them on the rest.
        pub figures: Json<Figures>,
    }
}

record! {
    /// A version with what was learnt.
    #[derive(Clone, Debug)]
    pub struct Trained in "suggest_model" {
        pub id: Id<Trained>,
        pub target: Target,
        pub number: i64,
        pub state: State,
        pub trained_at: Instant,
        pub examples: i64,
        pub figures: Json<Figures>,
        /// Compressed JSON of a [`classifier::Model`].
        pub model: Vec<u8>,
        pub version: i64,
    }
}

record! {
    /// An offer that a form came back with.
    #[derive(Clone, Debug)]
    pub struct OfferRow in "suggest_offer" {
        pub id: Id<OfferRow>,
        pub case_id: Id<Case>,
        pub target: Target,
        pub model_id: Id<Trained>,
        /// Labels, likeliest first.
        pub offered: Json<Vec<String>>,
        pub chosen: String,
        pub place: i64,
        pub at: Instant,
    }
}
