//! What a batch, a sheet and a scan are.

use cases::model::Case;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::Instant;
use serde::{Deserialize, Serialize};
use store::files::File;
use store::{Marked, Sealed, coded, record, sealed_columns};
use ticks::{Placed, Tick, Warp};

kernel::named! {
    /// 已印 → 已收回 or 作废. Only a printed sheet moves, and once.
    pub enum SheetState {
        /// Given out, or waiting to be.
        Printed = "printed",
        /// It came back and became a case.
        Returned = "returned",
        Void = "void",
    }
}

kernel::named! {
    /// 待识别 → 待录入 → 已录入, or by way of 待处理; 已退 from there and from the desk.
    pub enum ScanState {
        /// The program has not read it yet.
        Waiting = "waiting",
        /// A person must look: see [`Fault`].
        Repair = "repair",
        /// It became a case whose words wait to be typed.
        Desk = "desk",
        Done = "done",
        /// Put away, with a reason.
        Refused = "refused",
    }
}

kernel::named! {
    /// Why a person must look.
    pub enum Fault {
        /// It cannot be opened as a picture.
        NoPicture = "no-picture",
        /// No code was found, or it cannot be read.
        NoCode = "no-code",
        /// A code that is none of this city's sheets.
        ForeignCode = "foreign-code",
        /// The sheet came back before.
        Used = "used",
        Void = "void",
        /// A corner mark is missing, cut off or covered.
        NoMarks = "no-marks",
        Faint = "faint",
        /// Too few pixels.
        Small = "small",
        /// Too much ink for an empty box and too little for a tick.
        Unsure = "unsure",
        NoTick = "no-tick",
        Several = "several",
        /// The kind that is ticked is not in the catalogue any more.
        KindGone = "kind-gone",
    }
}

kernel::named! {
    /// Which way a scan came.
    pub enum Door { Page = "page", Program = "program", Folder = "folder" }
}

kernel::named! {
    /// Whether whoever wrote it wants an answer.
    pub enum Wants {
        Call = "call",
        Nothing = "nothing",
        /// Both boxes, none, or one that is not sure: whoever types looks.
        Unclear = "unclear",
    }
}

coded!(SheetState, ScanState, Fault, Door, Wants);

impl From<ticks::Fault> for Fault {
    fn from(of: ticks::Fault) -> Self {
        match of {
            ticks::Fault::NoMarks => Fault::NoMarks,
            ticks::Fault::Faint => Fault::Faint,
            ticks::Fault::Small => Fault::Small,
        }
    }
}

impl SheetState {
    pub fn mood(self) -> &'static str {
        match self {
            SheetState::Printed => "waiting",
            SheetState::Returned => "done",
            SheetState::Void => "",
        }
    }
}

impl ScanState {
    pub fn mood(self) -> &'static str {
        match self {
            ScanState::Waiting => "waiting",
            ScanState::Repair => "late",
            ScanState::Desk => "active",
            ScanState::Done => "done",
            ScanState::Refused => "",
        }
    }
}

/// A kind as it was printed beside its box. An empty code is "something else".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// `event-06010`.
    pub code: String,
    pub name: String,
}

record! {
    /// Forms that were printed together, for one place.
    #[derive(Clone, Debug)]
    pub struct Batch in "paper_batch" {
        pub id: Id<Batch>,
        /// `PB-2026-0001`.
        pub number: String,
        /// Where they are given out: 雄关街道便民服务中心.
        pub place: String,
        pub amount: i64,
        /// JSON of [`Kind`]s, in the order of the boxes.
        pub kinds: String,
        /// Where they are handed in, as it is printed.
        pub returns: String,
        /// The number to call, as it is printed.
        pub phone: String,
        pub printed_by: String,
        pub made_at: Instant,
    }
}

impl Batch {
    pub fn kinds(&self) -> Vec<Kind> {
        serde_json::from_str(&self.kinds).unwrap_or_default()
    }
}

record! {
    /// One printed form.
    #[derive(Clone, Debug)]
    pub struct Sheet in "paper_sheet" {
        pub id: Id<Sheet>,
        /// `PF-2026-000001`, printed on the form and on its counterfoil.
        pub number: String,
        pub batch_id: Id<Batch>,
        /// 1 for the first of its batch.
        pub nth: i64,
        pub state: SheetState,
        /// Why it is void.
        pub reason: String,
        pub case_id: Option<Id<Case>>,
        pub settled_at: Option<Instant>,
        pub version: i64,
    }
}

sealed_columns! {
    /// What staff wrote when they put a scan away: it may name whoever wrote the form.
    pub ScanReason = "paper_scan"."reason" of "id";
    /// The number that was typed: by it a person's forms are found when they ask for them.
    pub ScanPhone = "paper_scan"."phone" of "id", mark phone "phone_mark";
}

record! {
    /// A picture of a form.
    #[derive(Clone, Debug)]
    pub struct Scan in "paper_scan" {
        pub id: Id<Scan>,
        /// `PS-2026-000001`.
        pub number: String,
        pub file_id: Id<File>,
        pub door: Door,
        pub state: ScanState,
        pub fault: Option<Fault>,
        pub sheet_id: Option<Id<Sheet>>,
        pub case_id: Option<Id<Case>>,
        pub wants: Wants,
        /// JSON of [`Reading`]; empty before it was read.
        pub reading: String,
        /// Quarter turns to the right by which people see it.
        pub turn: i64,
        pub reason: Sealed<ScanReason>,
        pub phone: Sealed<ScanPhone>,
        pub phone_mark: Marked<ScanPhone>,
        pub brought_by: String,
        pub brought_id: Option<Id<Person>>,
        pub received_at: Instant,
        pub done_by: String,
        pub done_at: Option<Instant>,
        /// Whether its picture was erased.
        pub erased: bool,
        pub version: i64,
    }
}

impl Scan {
    pub fn reading(&self) -> Reading {
        serde_json::from_str(&self.reading).unwrap_or_default()
    }
}

/// What the program saw: numbers, no words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Where the sheet lies in the picture; none where that was not found.
    pub place: Option<Lies>,
    /// Of each box, in the order in which they are printed.
    pub boxes: Vec<Seen>,
}

/// See [`Placed`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lies {
    pub warp: [f64; 8],
    pub scale: f64,
    pub black: f64,
}

/// What a box says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// `empty`, `ticked`, `unsure`.
    pub tick: String,
    /// Ten-thousandths of its inside that are ink.
    pub ink: i64,
}

impl From<Placed> for Lies {
    fn from(of: Placed) -> Self {
        Self { warp: of.warp.0, scale: of.scale, black: of.black }
    }
}

impl From<&Lies> for Placed {
    fn from(of: &Lies) -> Self {
        Self { warp: Warp(of.warp), scale: of.scale, black: of.black }
    }
}

/// What a tick is called in readings and in the API.
pub fn code_of(tick: Tick) -> &'static str {
    match tick {
        Tick::Empty => "empty",
        Tick::Ticked => "ticked",
        Tick::Unsure => "unsure",
    }
}
