//! What a story is made of.

use serde::{Deserialize, Serialize};

use crate::facts::ItemKind;
use crate::pictures::Problem;
use crate::when::Moment;

/// The whole life of one case, up to now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseStory {
    /// Number in the list of stories.
    pub id: u32,
    /// 演示数据.
    pub mark: String,
    /// The story this one was split from. Such a story has no report of its own: its first step is a dispatch.
    pub parent: Option<u32>,
    /// Component or event of the catalogue.
    pub kind: ItemKind,
    /// Code of the catalogue item, unique within the kind.
    pub code: String,
    /// Name of the catalogue item.
    pub item: String,
    /// Condition on which it is registered 立案条件.
    pub condition: String,
    /// How bad it is.
    pub severity: Severity,
    /// Time allowed from registration to closing.
    pub limit: Limit,
    /// Where.
    pub place: Place,
    /// When it was reported, or split off.
    pub reported_at: Moment,
    /// By which way it came in.
    pub source: Source,
    /// Who reported it.
    pub reporter: Reporter,
    /// The report's text, 12 to about 200 characters.
    pub description: String,
    /// What the photographs show.
    pub problem: Problem,
    /// Seed for [`crate::pictures::draw`]: the same for before and after.
    pub picture_seed: u64,
    /// The unit that in the end has to deal with it, as a number in `Town::units`.
    pub unit: usize,
    /// All that is done, in order of time, none later than now.
    pub steps: Vec<Step>,
    /// When it is due by the planner's clock, extensions and parking counted; none if it was never registered.
    pub due: Option<Moment>,
    /// How it stands now.
    pub end: End,
}

/// Where a case is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Longitude and latitude, CGCS2000.
    pub at: [f64; 2],
    /// The address as a person would say it.
    pub address: String,
    /// The nearest section, as a number in `Town::sections`.
    pub section: usize,
    /// Metres from the section's first end.
    pub offset_m: f64,
    /// The site it is at, as a number in `Town::sites`.
    pub site: Option<usize>,
    /// Code of the community or village.
    pub division: String,
    /// Code of the unit grid cell, inside the ring road.
    pub cell: Option<String>,
}

/// How bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 一般
    General,
    /// 较重
    Serious,
    /// 紧急
    Urgent,
}

/// Unit of time of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// 紧急工作时: runs day and night.
    UrgentHour,
    /// 工作时: runs in duty hours.
    WorkingHour,
    /// 工作日: until the end of duty of the n-th working day after.
    WorkingDay,
    /// 自然日
    CalendarDay,
}

/// Time allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: TimeUnit,
}

/// Which way a report came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A citizen's 随手拍.
    Snapshot,
    /// An inspector 督查员.
    Inspector,
    /// Staff of the civilisation office.
    Staff,
    /// The telephone line 12345.
    Hotline,
    /// The patrol of a street-adopting unit 包街巡查.
    Patrol,
}

/// What sort of person reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReporterKind {
    /// A citizen who gave a name.
    Citizen,
    /// A citizen who gave none.
    Anonymous,
    /// A civilisation supervisor 文明监督员.
    Supervisor,
    /// An inspector.
    Inspector,
    /// A member of staff.
    Staff,
}

/// Who reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// What sort.
    pub kind: ReporterKind,
    /// Invented name; none for the anonymous.
    pub name: Option<String>,
    /// A number nobody holds; none for the anonymous and for staff.
    pub phone: Option<String>,
    /// The unit a member of staff or of a patrol belongs to, as a number in `Town::units`.
    pub unit: Option<usize>,
}

/// One thing done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// What.
    pub act: Act,
}

/// Who does a thing. Numbers are places in the lists of [`super::Roster`], or in `Town::units`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "role", content = "n", rename_all = "snake_case")]
pub enum Actor {
    /// The story's own reporter.
    Reporter,
    /// `Roster::inspectors`. The one who verifies is never the one who reported.
    Inspector(usize),
    /// `Roster::acceptors`: takes in, registers, closes.
    Acceptor(usize),
    /// `Roster::dispatchers`.
    Dispatcher(usize),
    /// `Roster::leaders`: decides on extension, parking and supervision.
    Leader(usize),
    /// A handler of the unit, a number in `Town::units`.
    Unit(usize),
}

/// What was found on the spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// 存在
    There,
    /// 不存在
    NotThere,
    /// 无法核实
    Unclear,
}

/// A verb with what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Act {
    /// Send in the report: the story's item, place, source, reporter, description and the picture before. Always
    /// the first step, except in a story with a parent.
    Report,
    /// 核实: go and see whether it is there. Only after a snapshot or a call; what staff see themselves needs none.
    Confirm {
        /// What was found.
        found: Found,
        /// In words.
        note: String,
    },
    /// 立案 under the story's condition and limit; the clock starts.
    Register {
        /// The office's opinion.
        note: String,
    },
    /// 派遣, the first time or again.
    Dispatch {
        /// The unit that is to handle it, a number in `Town::units`.
        unit: usize,
        /// What it is asked to do.
        note: String,
    },
    /// 回退 by the unit it was sent to; the next step is a dispatch to another.
    Return {
        /// Why it is not theirs.
        reason: String,
    },
    /// Ask for an extension 延期.
    AskExtension {
        /// Why.
        reason: String,
        /// How much more, in the limit's own unit.
        more: u32,
    },
    /// Grant the extension asked for last.
    GrantExtension {
        /// Opinion.
        note: String,
    },
    /// Refuse the extension asked for last.
    RefuseExtension {
        /// Why not.
        reason: String,
    },
    /// Ask for parking 挂账.
    AskParking {
        /// Why it cannot be done now.
        reason: String,
        /// Until when.
        until: Moment,
    },
    /// 挂账, as asked for last; the clock stops.
    Park {
        /// Opinion.
        note: String,
        /// Until when.
        until: Moment,
    },
    /// Take it up again; the clock runs on.
    Resume {
        /// Opinion.
        note: String,
    },
    /// 催办
    Remind {
        /// Text.
        note: String,
    },
    /// 督办 with a letter.
    Supervise {
        /// What is demanded.
        text: String,
    },
    /// 反馈: the unit says what it did, with the picture after.
    Answer {
        /// What was done.
        text: String,
    },
    /// 核查: go and see whether it is fixed. Not passed means rework 返工; the unit answers again.
    Verify {
        /// Is it fixed?
        passed: bool,
        /// In words.
        note: String,
    },
    /// 结案
    Close {
        /// Opinion.
        note: String,
    },
    /// The reporter's appraisal after closing.
    Rate {
        /// 1 very dissatisfied to 5 very satisfied.
        score: u8,
        /// In words, may be empty.
        text: String,
    },
    /// The reporter says it is not fixed.
    Contest {
        /// Why.
        text: String,
    },
    /// The contest is not upheld; the case stays closed.
    DismissContest {
        /// Why not.
        reason: String,
    },
    /// The contest is upheld; handling starts again with a dispatch.
    Reopen {
        /// Opinion.
        note: String,
    },
    /// 作废
    Void {
        /// Why.
        reason: String,
    },
    /// The same thing is already on file: join the two. The last step.
    Merge {
        /// The story that stays, reported earlier and open at this moment.
        into: u32,
    },
    /// Several units have to act: cut it into children, each dispatched on its own. The last step.
    Split {
        /// The stories that carry on; their `parent` is this one.
        children: Vec<u32>,
        /// Why.
        note: String,
    },
}

/// How a story stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum End {
    /// Closed.
    Closed {
        /// Before it was due?
        on_time: bool,
    },
    /// Voided.
    Void,
    /// Joined to another.
    Merged,
    /// Cut into several.
    Split,
    /// Reported, not yet registered.
    Waiting,
    /// Registered, with time left.
    Open,
    /// Less than four duty hours left, or four hours if urgent.
    DueSoon,
    /// Past its time and not closed.
    Overdue,
    /// Parked.
    Parked,
}
