//! What a city sets. Where the numbers come from is told in docs/photo-honesty.md, with the command that measures them.

use kernel::problem::{Findings, Result};
use serde::{Deserialize, Serialize};
use store::settings::Setting;

/// From when on a person is asked to look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Off: pictures are still noted, so that nothing is missed when it is switched on, but nobody is warned.
    pub on: bool,
    /// Signs of 63 by which two prints may differ to be looked at closely. More finds more and takes longer.
    pub distance: u32,
    /// Of a hundred places of two pictures laid over each other, how many must agree.
    pub agreeing: u32,
    /// The same for pictures of one case, which show the same place by right.
    pub agreeing_same_case: u32,
    /// Places, of 64, that must show something at all.
    pub telling: u32,
    /// By how many minutes a camera's clock may be wrong.
    pub minutes: i64,
    /// By how many metres a place may be wrong, beside what the report itself says of its accuracy.
    pub metres: i64,
    /// Words that name an editing program, in small letters.
    pub editors: Vec<String>,
    /// Of a sender's last pictures, how many in a hundred must name a camera for one without to be noticed; 0 never warns.
    pub camera_share: i64,
    /// How many of them there must be.
    pub camera_pictures: i64,
}

/// Names that editing programs put into a picture's software tag. What a phone writes there itself (its system's version)
/// is none of them.
const EDITORS: &[&str] = &[
    "photoshop",
    "lightroom",
    "gimp",
    "snapseed",
    "meitu",
    "美图",
    "picsart",
    "pixelmator",
    "canva",
    "affinity",
    "醒图",
    "黄油相机",
    "faceu",
    "b612",
    "paint.net",
    "acdsee",
];

impl Default for Rules {
    fn default() -> Self {
        Self {
            on: true,
            distance: 16,
            agreeing: 70,
            agreeing_same_case: 80,
            telling: 12,
            minutes: 10,
            metres: 300,
            editors: EDITORS.iter().map(|e| (*e).to_owned()).collect(),
            camera_share: 90,
            camera_pictures: 10,
        }
    }
}

impl Rules {
    /// Every number within what makes sense; the names are those of the form's fields.
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        findings.within("distance", self.distance.into(), 0, 20);
        findings.within("agreeing", self.agreeing.into(), 30, 100);
        findings.within("agreeing_same_case", self.agreeing_same_case.into(), 30, 100);
        findings.within("telling", self.telling.into(), 4, 64);
        findings.within("minutes", self.minutes, 0, 10_080);
        findings.within("metres", self.metres, 10, 100_000);
        findings.within("camera_share", self.camera_share, 0, 100);
        findings.within("camera_pictures", self.camera_pictures, 3, 1000);
        findings.check(self.editors.len() <= 100, "editors", "too-many-editors");
        findings.done()
    }
}

pub const RULES: Setting<Rules> = Setting::new("photo-honesty", Rules::default);
