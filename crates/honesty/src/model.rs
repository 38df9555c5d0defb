//! What is kept of pictures, and warnings about them.

use ::store::files::File;
use ::store::value::Json;
use ::store::{Sealed, coded, record, sealed_columns};
use cases::model::{Case, Photo, PhotoKind};
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::time::Instant;
use serde::{Deserialize, Serialize};

sealed_columns! {
    /// Why somebody says that a picture is right or not.
    pub WarningReason = "honesty_warning"."reason" of "id";
}

kernel::named! {
    /// What a warning is about.
    pub enum Kind {
        /// 文件相同: the same bytes as an earlier picture.
        SameBytes = "same-bytes",
        /// 画面相同: the same photograph as an earlier one, perhaps cropped, mirrored or recoloured.
        Alike = "alike",
        /// 以前充后: the case's own picture of before.
        BeforeAsAfter = "before-as-after",
        /// 早于派遣: taken before the unit was told of the case.
        Early = "early",
        /// 晚于反馈: taken after it was sent.
        Late = "late",
        /// 地点不符: taken elsewhere.
        Far = "far",
        /// 编辑痕迹: an editing program has put its name into it.
        Edited = "edited",
        /// 无相机信息: nothing of the camera, where this sender's pictures usually have it.
        NoCamera = "no-camera",
    }
}

kernel::named! {
    /// What a person made of it.
    pub enum State {
        /// 待核实.
        Open = "open",
        /// 属实.
        Confirmed = "confirmed",
        /// 误报.
        FalseAlarm = "false-alarm",
    }
}

coded!(Kind, State);

impl Kind {
    /// Whether it is about two pictures.
    pub fn has_other(self) -> bool {
        matches!(self, Kind::SameBytes | Kind::Alike | Kind::BeforeAsAfter)
    }
}

impl State {
    /// Mood of its label, as the style sheet names it.
    pub fn mood(self) -> &'static str {
        match self {
            State::Open => "waiting",
            State::Confirmed => "late",
            State::FalseAlarm => "done",
        }
    }
}

/// What was measured. Only what belongs to the kind of warning is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// Signs of the prints that differ, of 63.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<u32>,
    /// Of a hundred places that show something, how many agree; and how many of 64 show something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreeing: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telling: Option<u32>,
    /// How much of one the other covers, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covered: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mirrored: bool,
    /// 90, 180 or 270; 0 where it was not turned.
    #[serde(skip_serializing_if = "is_zero")]
    pub degrees: u16,
    /// Metres between where the camera says it was and the place of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metres: Option<i64>,
    /// Minutes before it was dispatched, or after it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// When the camera says it was taken, as it is written there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub taken: String,
    /// The program that put its name into it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub software: String,
    /// Of this sender's last pictures, how many have what is missing here, and how many were looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual: Option<(i64, i64)>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks it by reference")]
fn is_zero(n: &u16) -> bool {
    *n == 0
}

record! {
    /// What is kept of a picture to find it again. Who took it is kept for one question alone: whether their pictures
    /// usually say what camera made them.
    #[derive(Clone, Debug)]
    pub struct Kept in "honesty_print" {
        pub photo_id: Id<Photo>,
        pub case_id: Id<Case>,
        pub file_id: Id<File>,
        pub kind: PhotoKind,
        pub taken_by: Option<Id<Person>>,
        pub added_at: Instant,
        pub sha256: String,
        pub has_camera: bool,
        /// [`alike::Print`]; empty where the picture could not be read.
        pub print: Vec<u8>,
    }
}

record! {
    /// Something that a person should look at.
    #[derive(Clone, Debug)]
    pub struct Warning in "honesty_warning" {
        pub id: Id<Warning>,
        /// `PC-000012`: what people say.
        pub number: String,
        pub kind: Kind,
        pub photo_id: Id<Photo>,
        pub case_id: Id<Case>,
        pub case_number: String,
        /// The unit that had answered.
        pub unit_id: Option<Id<Unit>>,
        pub governing_unit: Option<Id<Unit>>,
        /// The earlier picture; 0 for none.
        pub other_photo: Id<Photo>,
        pub other_case: Option<Id<Case>>,
        pub figures: Json<Figures>,
        pub state: State,
        /// Why a person decided so.
        pub reason: Sealed<WarningReason>,
        pub decided_by: Option<Id<Person>>,
        pub decided_at: Option<Instant>,
        pub created_at: Instant,
        pub version: i64,
    }
}

impl Warning {
    /// What the policy needs to know of it: warnings stand where their case stands.
    pub fn standing(&self) -> kernel::policy::Standing {
        let ties = self.governing_unit.map(|unit| (kernel::policy::Tie::Governs, unit));
        kernel::policy::Standing { ties: ties.into_iter().collect(), owner: None }
    }

    pub fn other(&self) -> Option<Id<Photo>> {
        (self.other_photo.raw() != 0).then_some(self.other_photo)
    }
}
