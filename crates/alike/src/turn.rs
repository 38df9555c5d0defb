//! The eight ways in which a rectangle can be laid onto itself: mirrored, turned, both.

/// What was done to the new picture, as what has to be done to get back: transpose first, then mirror.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Rows become columns.
    pub transposed: bool,
    /// Left and right exchanged.
    pub mirrored: bool,
    /// Top and bottom exchanged.
    pub upside_down: bool,
}

impl Turn {
    pub const ALL: [Turn; 8] = {
        const fn turn(transposed: bool, mirrored: bool, upside_down: bool) -> Turn {
            Turn { transposed, mirrored, upside_down }
        }
        [
            turn(false, false, false),
            turn(false, true, false),
            turn(false, false, true),
            turn(false, true, true),
            turn(true, false, false),
            turn(true, true, false),
            turn(true, false, true),
            turn(true, true, true),
        ]
    };

    /// Whether nothing was turned.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Whether the picture is the other way round, as in a mirror: no camera does that.
    pub fn is_mirror(self) -> bool {
        self.transposed ^ self.mirrored ^ self.upside_down
    }

    /// By how many degrees, beside being mirrored: 0, 90, 180 or 270.
    pub fn degrees(self) -> u16 {
        match (self.transposed, self.upside_down) {
            (false, false) => 0,
            (true, false) => 90,
            (false, true) => 180,
            (true, true) => 270,
        }
    }
}
