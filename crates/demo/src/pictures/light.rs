//! The light of an hour and the leaves of a month.

use super::Shot;

/// A colour.
pub(super) type Rgb = [u8; 3];

/// What the hour does to the colours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Light {
    pub(super) sky_top: Rgb,
    pub(super) sky_low: Rgb,
    /// What each colour is multiplied by.
    pub(super) tint: [f32; 3],
    /// Windows and lamps are lit.
    pub(super) lamps: bool,
    /// How strong shadows are, 0 to 1.
    pub(super) shadow: f32,
}

impl Light {
    /// The light of an hour.
    pub(super) fn at(hour: u8) -> Self {
        let (sky_top, sky_low, tint, lamps, shadow) = match hour {
            5..=7 => ([126, 170, 214], [255, 222, 190], [1.0, 0.95, 0.92], false, 0.16),
            8..=10 => ([104, 176, 228], [226, 241, 248], [1.0, 1.0, 0.99], false, 0.22),
            11..=15 => ([92, 170, 230], [220, 238, 247], [1.0, 1.0, 1.0], false, 0.26),
            16..=17 => ([112, 164, 208], [255, 230, 188], [1.0, 0.96, 0.88], false, 0.24),
            18..=19 => ([92, 104, 158], [250, 176, 128], [0.88, 0.76, 0.74], true, 0.14),
            20..=21 => ([36, 48, 92], [112, 108, 150], [0.56, 0.58, 0.74], true, 0.05),
            _ => ([20, 28, 60], [58, 66, 108], [0.44, 0.47, 0.64], true, 0.03),
        };
        Self { sky_top, sky_low, tint, lamps, shadow }
    }
}

/// What trees look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaves {
    /// Light green.
    Spring,
    /// Deep green.
    Summer,
    /// The gold of poplars.
    Autumn,
    /// None.
    Bare,
}

impl Leaves {
    /// The leaves of a month; none where there is snow.
    pub(super) fn of(shot: &Shot) -> Self {
        match shot.month {
            _ if shot.problem == super::Problem::Snow => Self::Bare,
            4 | 5 => Self::Spring,
            6..=9 => Self::Summer,
            10 => Self::Autumn,
            _ => Self::Bare,
        }
    }

    /// Dark, middle and light colour of a crown.
    pub(super) fn colours(self) -> [Rgb; 3] {
        match self {
            Self::Spring => [[112, 158, 82], [146, 190, 98], [186, 216, 130]],
            Self::Summer => [[58, 116, 74], [84, 148, 86], [130, 182, 104]],
            Self::Autumn => [[196, 132, 44], [228, 170, 62], [246, 204, 104]],
            Self::Bare => [[122, 106, 94], [140, 122, 108], [160, 142, 126]],
        }
    }
}

/// A colour made lighter (above 1) or darker.
pub(super) fn shade(c: Rgb, k: f32) -> Rgb {
    c.map(|v| byte(f32::from(v) * k))
}

/// Part of the way from one colour to another.
pub(super) fn blend(a: Rgb, b: Rgb, t: f32) -> Rgb {
    std::array::from_fn(|i| byte(f32::from(a[i]) + (f32::from(b[i]) - f32::from(a[i])) * t))
}

/// A channel's value, kept within its bounds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0-255 first")]
pub(super) fn byte(x: f32) -> u8 {
    x.clamp(0.0, 255.0) as u8
}
