//! Entries, events, and what a city is.

use ::store::value::Json;
use ::store::{Sealed, coded, record, sealed_columns};
use kernel::id::Id;
use kernel::time::{Date, Instant};
use kernel::workflow::ClockEffect::{End, Run};
use kernel::workflow::{Move, Workflow};
use scoring::Exact;
use serde::{Deserialize, Serialize};

kernel::named! {
    /// What the city is.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Status {
        /// 申报城市
        Applicant = "applicant",
        /// 提名城市
        Nominee = "nominee",
        /// 全国文明城市
        Holder = "holder",
    }
}

kernel::named! {
    /// 四种措施
    pub enum Measure {
        /// 扣测评分
        Deduct = "deduct",
        /// 停止申报、提名资格
        Bar = "bar",
        /// 停止称号资格若干个月
        Suspend = "suspend",
        /// 取消称号
        Revoke = "revoke",
    }
}

/// What follows for a city of one status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// So many points, as long as the entry's months run.
    Deduct(Exact),
    /// As long as the entry's months run.
    Bar,
    /// For so many months from the decision.
    Suspend(i64),
    /// From the decision on.
    Revoke,
}

impl Effect {
    pub fn measure(&self) -> Measure {
        match self {
            Effect::Deduct(_) => Measure::Deduct,
            Effect::Bar => Measure::Bar,
            Effect::Suspend(_) => Measure::Suspend,
            Effect::Revoke => Measure::Revoke,
        }
    }
}

record! {
    /// A kind of event that counts.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Entry in "assessment_negative_entry" {
        pub id: Id<Entry>,
        /// As the list numbers it: `G15`.
        pub code: String,
        pub name: String,
        /// The document that says so.
        pub basis: String,
        /// For how long an event counts, from its day.
        pub months: i64,
        pub effects: Json<Vec<(Status, Effect)>>,
        /// No new events of it.
        pub retired: bool,
        pub version: i64,
    }
}

impl Entry {
    pub fn effect(&self, status: Status) -> Option<&Effect> {
        self.effects.0.iter().find(|(of, _)| *of == status).map(|(_, effect)| effect)
    }
}

kernel::named! {
    pub enum State {
        /// 待核实: counts nowhere yet.
        Reported = "reported",
        /// 已认定
        Confirmed = "confirmed",
        /// 不予认定
        Dismissed = "dismissed",
        /// 申诉后撤销
        Lifted = "lifted",
    }
}

kernel::named! {
    pub enum Step {
        Confirm = "confirm",
        Dismiss = "dismiss",
        Lift = "lift",
        Reopen = "reopen",
    }
}
coded!(State);

pub const EVENT: Workflow<State, Step> = Workflow {
    entity: "negative-event",
    start: &[State::Reported],
    ends: &[State::Confirmed, State::Dismissed, State::Lifted],
    moves: &[
        Move { from: &[State::Reported], name: Step::Confirm, to: State::Confirmed, clock: End },
        Move { from: &[State::Reported], name: Step::Dismiss, to: State::Dismissed, clock: End },
        Move { from: &[State::Confirmed], name: Step::Lift, to: State::Lifted, clock: End },
        Move {
            from: &[State::Dismissed, State::Lifted],
            name: Step::Reopen,
            to: State::Reported,
            clock: Run,
        },
    ],
};

impl State {
    /// The colour that repeats the word.
    pub fn mood(self) -> &'static str {
        match self {
            State::Reported => "waiting",
            State::Confirmed => "late",
            State::Dismissed | State::Lifted => "done",
        }
    }
}

sealed_columns! {
    /// What happened may name people.
    pub NegativeAccount = "assessment_negative_event"."account" of "id";
}

record! {
    #[derive(Clone, Debug)]
    pub struct Event in "assessment_negative_event" {
        pub id: Id<Event>,
        /// `NE-2026-0001`
        pub number: String,
        pub entry_id: Id<Entry>,
        pub happened_on: Date,
        pub title: String,
        pub account: Sealed<NegativeAccount>,
        /// Where it is known from.
        pub source: String,
        /// The district, street or unit that it is about; empty for the city.
        pub subject: String,
        pub state: State,
        /// The day of the decision that holds.
        pub decided_on: Option<Date>,
        /// Why it was dismissed or lifted.
        pub reason: String,
        pub created_at: Instant,
        pub version: i64,
    }
}

/// What the city was from which day on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Titles(pub Vec<(Date, Status)>);

impl Titles {
    /// An applicant until something else is entered.
    pub fn on(&self, day: Date) -> Status {
        let until = self.0.iter().filter(|(from, _)| *from <= day);
        until.max_by_key(|(from, _)| *from).map_or(Status::Applicant, |(_, status)| *status)
    }
}

pub const TITLES: ::store::settings::Setting<Titles> =
    ::store::settings::Setting::new("assessment-titles", Titles::default);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(EVENT.faults(), Vec::<String>::new());
    }

    #[test]
    fn a_city_is_what_it_last_became() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let titles = Titles(vec![(day("2025-05-23"), Status::Holder), (day("2021-01-01"), Status::Nominee)]);
        assert_eq!(titles.on(day("2020-12-31")), Status::Applicant);
        assert_eq!(titles.on(day("2025-05-22")), Status::Nominee);
        assert_eq!(titles.on(day("2025-05-23")), Status::Holder);
    }
}
