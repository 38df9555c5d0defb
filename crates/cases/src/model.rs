//! What a case is. The row is the entity: its fields are the columns of `case_file`.

use crate::workflow::{CASE, State, Step};
use kernel::calendar::{Limit, TimeUnit};
use kernel::coords::Point;
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::policy::{Standing, Tie};
use kernel::problem::Result;
use kernel::time::{Date, Instant};
use kernel::workflow::Move;
use store::{Marked, Sealed, record, sealed_columns};

mod cover;
mod forward;
mod question;
mod recording;
mod recurrence;
mod strikes;
mod voice;

pub use cover::{Cover, CoverArea, CoverLook};
pub use forward::{
    FORWARD, Forward, ForwardAsk, ForwardMail, ForwardParty, ForwardPhone, ForwardReply, ForwardState,
    ForwardStep,
};
pub use question::{Question, QuestionState};
pub use recording::{NewRecording, Recording, RecordingWords};
pub use recurrence::{Look, LookNote, LookState, Recurrence};
pub use strikes::{STRUCK, Strike, StrikeKind, Strikes, Written};
pub use voice::{Voice, VoiceDevice, VoiceOrigin, VoiceTie, VoiceVoter};

/// Mark for ids of sections, sites, divisions: they belong to `places`, which this crate asks for their names.
pub use places::model::{Division, Section, Site};

/// Mark for ids of catalogue items.
#[derive(Debug)]
pub enum Item {}

kernel::named! {
    /// Through which door a report came (来源).
    pub enum Source {
        /// 随手拍: the public page.
        Citizen = "citizen",
        /// 电话: somebody called.
        Phone = "phone",
        /// 窗口: at the counter.
        Counter = "counter",
        /// 督查: an inspector saw it.
        Inspection = "inspection",
        /// 巡查: the unit that adopted the street saw it.
        Patrol = "patrol",
        /// 工作人员.
        Staff = "staff",
        /// 领导批示.
        Instruction = "instruction",
        /// 部门批转, another system.
        Transfer = "transfer",
        /// 12345 热线: an order of the city's hotline, handed over by its system.
        Hotline = "hotline",
        /// 数字城管: a case of the urban management platform, handed over by it.
        Urban = "urban",
        /// 网站: another site's form or message board.
        Web = "web",
        /// 手机应用.
        App = "app",
        /// 信件: paper or electronic mail.
        Mail = "mail",
        /// 纸质表: a printed form, filled in by hand and read by the program.
        Paper = "paper",
        /// 社交媒体.
        Social = "social",
        /// 批量导入: a file that does not say.
        Import = "import",
        /// 其他渠道.
        Other = "other",
    }
}

kernel::named! {
    /// What a picture shows.
    pub enum PhotoKind {
        Before = "before",
        After = "after",
        /// Taken by whoever confirms, verifies or looks again.
        Check = "check",
        /// 补充照片: with the reporter's answer to a question.
        Reply = "reply",
        /// With somebody's 好了 or 没好.
        Voice = "voice",
        /// From somebody outside who was asked for help.
        Outside = "outside",
    }
}

kernel::named! {
    /// What the reporter says of the result.
    pub enum Satisfaction { Good = "good", Fair = "fair", Bad = "bad" }
}

kernel::named! {
    pub enum RequestKind { Extension = "extension", Parking = "parking" }
}

kernel::named! {
    pub enum RequestState { Asked = "asked", Granted = "granted", Refused = "refused", Withdrawn = "withdrawn" }
}

kernel::named! {
    /// Why the clock stood.
    pub enum PauseReason {
        Parking = "parking",
        Dispute = "dispute",
        Verification = "verification",
        /// The reporter was asked.
        Question = "question",
    }
}

impl PhotoKind {
    /// Whether everybody may see such a picture once the case is public. What inspectors photograph while they check is not
    /// for everybody, nor is what a reporter or neighbour adds: nobody has looked at whose yard it shows.
    pub fn is_for_everybody(self) -> bool {
        matches!(self, PhotoKind::Before | PhotoKind::After)
    }

    /// Whether the holder of the report's link sees it. What others sent is not theirs.
    pub fn is_for_reporter(self) -> bool {
        !matches!(self, PhotoKind::Voice | PhotoKind::Outside)
    }
}

store::coded!(Source, PhotoKind, Satisfaction, RequestKind, RequestState, PauseReason);

record! {
    /// A case.
    #[derive(Clone, Debug)]
    pub struct Case in "case_file" {
        pub id: Id<Case>,
        /// `CASE-2026-000412`: what people say and write.
        pub number: String,
        pub state: State,
        pub source: Source,
        pub title: String,
        pub description: Sealed<CaseDescription>,
        pub item_id: Option<Id<Item>>,
        /// Code of the 立案条件, empty for the item's usual one.
        pub condition: String,
        pub urgent: bool,
        /// Degrees, CGCS2000.
        pub lng: Option<f64>,
        pub lat: Option<f64>,
        /// Coordinate system the position was given in.
        pub crs: String,
        pub accuracy_m: Option<f64>,
        pub address: String,
        pub section_id: Option<Id<Section>>,
        /// Metres from the start of the section.
        pub along_m: Option<f64>,
        pub division_id: Option<Id<Division>>,
        pub grid: Option<String>,
        pub site_id: Option<Id<Site>>,
        pub governing_unit: Option<Id<Unit>>,
        /// Whom the register of adopted streets names for the place and day.
        pub suggested_unit: Option<Id<Unit>>,
        pub lead_unit: Option<Id<Unit>>,
        /// Whom of its people the unit has given it to.
        pub handler_id: Option<Id<Person>>,
        pub reported_by: Option<Id<Person>>,
        pub answered_by: Option<Id<Person>>,
        pub reported_at: Instant,
        pub confirmed_at: Option<Instant>,
        pub registered_at: Option<Instant>,
        pub dispatched_at: Option<Instant>,
        pub received_at: Option<Instant>,
        /// The last answer.
        pub answered_at: Option<Instant>,
        pub verified_at: Option<Instant>,
        pub closed_at: Option<Instant>,
        /// When the present stage must be done.
        pub stage_due_at: Option<Instant>,
        pub stage_provisional: bool,
        /// The limit for handling, extensions included.
        pub limit_amount: Option<u32>,
        pub limit_unit: Option<String>,
        /// 处置时限: when the unit must have answered. Cases count as due (应结案) in the period this falls in.
        pub due_at: Option<Instant>,
        pub due_provisional: bool,
        /// Since when the clock stands.
        pub paused_at: Option<Instant>,
        pub parked_until: Option<Date>,
        /// Whether the answer that was accepted came by `due_at`.
        pub on_time: Option<bool>,
        pub rework_count: i64,
        pub return_count: i64,
        pub extension_count: i64,
        pub contest_count: i64,
        /// Supervision letters issued about it and not withdrawn.
        pub supervision_count: i64,
        pub satisfaction: Option<Satisfaction>,
        pub parent_id: Option<Id<Case>>,
        pub merged_into: Option<Id<Case>>,
        pub follower_count: i64,
        /// 反弹: whether it is an earlier, closed case again.
        pub is_recurrence: bool,
        /// How many later cases are this one again.
        pub recurrence_count: i64,
        /// Whether the public list and map show it.
        pub is_public: bool,
        /// The system it was brought in from, its number there, and who handled it there.
        pub outside_system: Option<String>,
        pub outside_id: Option<String>,
        pub outside_agency: Option<String>,
        /// What of its words the public does not read.
        pub strikes: Strikes,
        pub version: i64,
    }
}

impl Case {
    /// What the policy needs to know of it.
    pub fn standing(&self, assisting: &[Id<Unit>]) -> Standing {
        let mut ties = Vec::with_capacity(2 + assisting.len());
        ties.extend(self.governing_unit.map(|u| (Tie::Governs, u)));
        ties.extend(self.lead_unit.map(|u| (Tie::Leads, u)));
        ties.extend(assisting.iter().map(|u| (Tie::Assists, *u)));
        Standing { ties, owner: self.reported_by }
    }

    /// The row of the table for this move, or 409.
    pub fn check(&self, step: Step) -> Result<&'static Move<State, Step>> {
        CASE.step(self.state, step)
    }

    pub fn place(&self) -> Option<Point> {
        Some(Point { lng: self.lng?, lat: self.lat? })
    }

    /// The limit for handling.
    pub fn limit(&self) -> Option<Limit> {
        let unit = TimeUnit::parse(self.limit_unit.as_deref()?)?;
        Some(Limit { value: self.limit_amount?, unit })
    }

    pub fn is_overdue(&self, now: Instant) -> bool {
        self.paused_at.is_none() && self.stage_due_at.is_some_and(|due| due < now)
    }
}

sealed_columns! {
    /// What was said: it often holds a telephone number.
    pub CaseDescription = "case_file"."description" of "id";
    pub ReporterName = "case_reporter"."name" of "case_id";
    pub ReporterPhone = "case_reporter"."phone" of "case_id", mark phone "phone_mark";
    pub ReporterMail = "case_reporter"."mail" of "case_id";
    pub ReporterReference = "case_reporter"."reference" of "case_id";
    /// A telephone number or an address of mail.
    pub FollowerContact = "case_follower"."contact" of "id", mark exact "contact_mark";
}

record! {
    /// Who reported; see the policy's `view-reporter`.
    #[derive(Clone, Debug, Default)]
    pub struct Reporter in "case_reporter" {
        pub case_id: ReporterOf,
        pub name: Sealed<ReporterName>,
        pub phone: Sealed<ReporterPhone>,
        pub phone_mark: Marked<ReporterPhone>,
        pub mail: Sealed<ReporterMail>,
        /// What another system calls them, whose case was brought in.
        pub reference: Sealed<ReporterReference>,
        pub wants_answer: bool,
    }
}

/// A reporter is found by its case.
pub type ReporterOf = i64;

record! {
    /// A request for more time or for parking.
    #[derive(Clone, Debug)]
    pub struct Request in "case_request" {
        pub id: Id<Request>,
        pub case_id: Id<Case>,
        pub kind: RequestKind,
        pub state: RequestState,
        /// Units of the case's own limit that are asked for.
        pub amount: u32,
        pub until_date: Option<Date>,
        pub asked_by: Id<Person>,
        pub asked_at: Instant,
        pub decided_by: Option<Id<Person>>,
        pub decided_at: Option<Instant>,
        pub version: i64,
    }
}

record! {
    /// A stretch of time that does not count.
    #[derive(Clone, Debug)]
    pub struct PauseRow in "case_pause" {
        pub id: Id<PauseRow>,
        pub case_id: Id<Case>,
        pub reason: PauseReason,
        pub started_at: Instant,
        pub ended_at: Option<Instant>,
    }
}

record! {
    /// A picture of a case.
    #[derive(Clone, Debug)]
    pub struct Photo in "case_photo" {
        pub id: Id<Photo>,
        pub case_id: Id<Case>,
        pub file_id: Id<store::files::File>,
        pub kind: PhotoKind,
        pub taken_by: Option<Id<Person>>,
        pub added_at: Instant,
    }
}

impl Case {
    /// A case of which nothing is known yet, for `..Case::blank(now)`.
    pub fn blank(now: Instant) -> Self {
        Self {
            id: Id::new(0),
            number: String::new(),
            state: State::Reported,
            source: Source::Staff,
            title: String::new(),
            description: Sealed::default(),
            item_id: None,
            condition: String::new(),
            urgent: false,
            lng: None,
            lat: None,
            crs: "cgcs2000".to_owned(),
            accuracy_m: None,
            address: String::new(),
            section_id: None,
            along_m: None,
            division_id: None,
            grid: None,
            site_id: None,
            governing_unit: None,
            suggested_unit: None,
            lead_unit: None,
            handler_id: None,
            reported_by: None,
            answered_by: None,
            reported_at: now,
            confirmed_at: None,
            registered_at: None,
            dispatched_at: None,
            received_at: None,
            answered_at: None,
            verified_at: None,
            closed_at: None,
            stage_due_at: None,
            stage_provisional: false,
            limit_amount: None,
            limit_unit: None,
            due_at: None,
            due_provisional: false,
            paused_at: None,
            parked_until: None,
            on_time: None,
            rework_count: 0,
            return_count: 0,
            extension_count: 0,
            contest_count: 0,
            supervision_count: 0,
            satisfaction: None,
            parent_id: None,
            merged_into: None,
            follower_count: 0,
            is_recurrence: false,
            recurrence_count: 0,
            is_public: false,
            outside_system: None,
            outside_id: None,
            outside_agency: None,
            strikes: Strikes::default(),
            version: 1,
        }
    }
}
