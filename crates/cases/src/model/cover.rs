//! A picture of which parts are taken out for whoever may not see them.

use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::Instant;
use serde::{Deserialize, Serialize};
use store::files::File;
use store::pictures::{Area, CoverKind};
use store::record;
use store::value::Json;

kernel::named! {
    /// How a part is taken out.
    pub enum CoverLook {
        /// 涂黑.
        Black = "black",
        /// 马赛克.
        Pixels = "pixels",
    }
}

/// A rectangle, in ten-thousandths of the picture's sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverArea {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    /// Made coarse instead of black.
    pub pixels: bool,
}

impl CoverArea {
    pub fn look(self) -> CoverLook {
        if self.pixels { CoverLook::Pixels } else { CoverLook::Black }
    }

    pub fn area(self) -> Area {
        let kind = if self.pixels { CoverKind::Pixels } else { CoverKind::Black };
        Area { x: self.x, y: self.y, width: self.width, height: self.height, kind }
    }
}

record! {
    /// What is taken out of a picture, and the picture without it.
    #[derive(Clone, Debug)]
    pub struct Cover in "case_cover" {
        pub id: Id<Cover>,
        /// The picture as it came.
        pub file_id: Id<File>,
        pub areas: Json<Vec<CoverArea>>,
        /// The unit that handles the case gets the covered picture as well.
        pub from_unit: bool,
        /// The new picture; none while it is being made, when nobody outside gets any.
        pub covered_id: Option<Id<File>>,
        pub made_by: Option<Id<Person>>,
        pub made_at: Instant,
        pub version: i64,
    }
}
