//! Points on the earth and the four coordinate systems met in Chinese maps.
//!
//! We store CGCS2000 (the national system, EPSG:4490), which at the scale of a city is WGS-84. Tencent, AMap and WeChat
//! give GCJ-02, which moves a point by up to some 700 m; Baidu gives BD-09, GCJ-02 moved again. Convert at the edge,
//! keep the source system beside the point.

use serde::{Deserialize, Serialize};

/// A place in degrees; the system is the owner's business, [`Crs::Cgcs2000`] when nothing else is said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// East positive, -180 to 180.
    pub lng: f64,
    /// North positive, -90 to 90.
    pub lat: f64,
}

impl Point {
    pub const fn new(lng: f64, lat: f64) -> Self {
        Self { lng, lat }
    }

    /// The point, when its numbers are finite and on the globe. 0/0, which devices send for "no fix", is refused.
    pub fn checked(lng: f64, lat: f64) -> Option<Self> {
        let on_globe = lng.abs() <= 180.0 && lat.abs() <= 90.0;
        let no_fix = lng.abs() < 1e-9 && lat.abs() < 1e-9;
        (on_globe && !no_fix).then_some(Self { lng, lat })
    }

    /// Inside the box around China in which GCJ-02 moves points. It holds parts of the neighbours too.
    pub fn in_china_box(self) -> bool {
        (72.004..=137.8347).contains(&self.lng) && (0.8293..=55.8271).contains(&self.lat)
    }
}

/// A coordinate reference system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Crs {
    Cgcs2000,
    Wgs84,
    Gcj02,
    Bd09,
}

impl Crs {
    pub const ALL: [Crs; 4] = [Crs::Cgcs2000, Crs::Wgs84, Crs::Gcj02, Crs::Bd09];

    pub fn as_str(self) -> &'static str {
        match self {
            Crs::Cgcs2000 => "cgcs2000",
            Crs::Wgs84 => "wgs84",
            Crs::Gcj02 => "gcj02",
            Crs::Bd09 => "bd09",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|crs| crs.as_str() == code)
    }
}

/// Moves `point` from one system to another. Exact to far below a centimetre both ways; a point outside
/// [`Point::in_china_box`] comes back unchanged.
pub fn convert(point: Point, from: Crs, to: Crs) -> Point {
    if !point.in_china_box() || level(from) == level(to) {
        return point;
    }
    let gcj = match from {
        Crs::Cgcs2000 | Crs::Wgs84 => wgs_to_gcj(point),
        Crs::Gcj02 => point,
        Crs::Bd09 => undo(gcj_to_bd, point),
    };
    match to {
        Crs::Cgcs2000 | Crs::Wgs84 => undo(wgs_to_gcj, gcj),
        Crs::Gcj02 => gcj,
        Crs::Bd09 => gcj_to_bd(gcj),
    }
}

/// How many times a system has been moved away from the true one.
fn level(crs: Crs) -> u8 {
    match crs {
        Crs::Cgcs2000 | Crs::Wgs84 => 0,
        Crs::Gcj02 => 1,
        Crs::Bd09 => 2,
    }
}

/// Krasovsky 1940, the ellipsoid of GCJ-02: semi-major axis in metres, square of the eccentricity.
const AXIS_M: f64 = 6_378_245.0;
const ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;

/// The published shift of GCJ-02: polynomials and waves around 105°E 35°N.
fn wgs_to_gcj(p: Point) -> Point {
    let (x, y) = (p.lng - 105.0, p.lat - 35.0);
    let wave = |height: f64, at: f64| height * (at * std::f64::consts::PI).sin();
    let ripple = wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let north_waves =
        ripple + wave(20.0, y) + wave(40.0, y / 3.0) + wave(160.0, y / 12.0) + wave(320.0, y / 30.0);
    let east_waves =
        ripple + wave(20.0, x) + wave(40.0, x / 3.0) + wave(150.0, x / 12.0) + wave(300.0, x / 30.0);
    let root = x.abs().sqrt();
    let north_m =
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + north_waves * 2.0 / 3.0;
    let east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + east_waves * 2.0 / 3.0;

    let lat = p.lat.to_radians();
    let w = 1.0 - ECCENTRICITY_2 * lat.sin().powi(2);
    let meridian_m = AXIS_M * (1.0 - ECCENTRICITY_2) / (w * w.sqrt());
    let parallel_m = AXIS_M / w.sqrt() * lat.cos();
    Point::new(p.lng + (east_m / parallel_m).to_degrees(), p.lat + (north_m / meridian_m).to_degrees())
}

/// Baidu's shift on top of GCJ-02.
fn gcj_to_bd(p: Point) -> Point {
    const TURN: f64 = std::f64::consts::PI * 3000.0 / 180.0;
    let radius = p.lng.hypot(p.lat) + 0.000_02 * (p.lat * TURN).sin();
    let angle = p.lat.atan2(p.lng) + 0.000_003 * (p.lng * TURN).cos();
    Point::new(radius * angle.cos() + 0.0065, radius * angle.sin() + 0.006)
}

/// Solves `shift(x) = moved` by fixed-point steps. Both shifts change by well under one part in ten per step, so that
/// a dozen steps reach the last bits of a double.
fn undo(shift: fn(Point) -> Point, moved: Point) -> Point {
    let mut guess = moved;
    for _ in 0..30 {
        let there = shift(guess);
        let (east, north) = (moved.lng - there.lng, moved.lat - there.lat);
        guess = Point::new(guess.lng + east, guess.lat + north);
        if east.abs() < 1e-12 && north.abs() < 1e-12 {
            break;
        }
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Vector = (&'static str, [f64; 2], [f64; 2], [f64; 2]);

    /// (place, WGS-84, GCJ-02, BD-09), computed with npm gcoord 1.0.7's forward formulas.
    const VECTORS: [Vector; 6] = [
        (
            "Jiayuguan",
            [98.2773, 39.7865],
            [98.27788092055259, 39.78731938786133],
            [98.28425536008814, 39.79360960191769],
        ),
        (
            "Beijing",
            [116.391275, 39.907217],
            [116.39751613242785, 39.90861825184878],
            [116.40388916682339, 39.91496166642458],
        ),
        (
            "Shanghai",
            [121.473662, 31.230372],
            [121.47818518069063, 31.228429828145522],
            [121.48474341865291, 31.234283340832437],
        ),
        (
            "Guangzhou",
            [113.264385, 23.129112],
            [113.26971458288735, 23.126435336538538],
            [113.27613576798366, 23.132723116471208],
        ),
        (
            "Urumqi",
            [87.616848, 43.825592],
            [87.61969799823531, 43.826797436147594],
            [87.62614810195592, 43.83294127029601],
        ),
        (
            "Lhasa",
            [91.117212, 29.646922],
            [91.11877233157072, 29.64421410234028],
            [91.12531592115727, 29.650094267536577],
        ),
    ];

    fn near(a: Point, b: Point, degrees: f64) -> bool {
        (a.lng - b.lng).abs() < degrees && (a.lat - b.lat).abs() < degrees
    }

    #[test]
    fn agrees_with_the_known_vectors() {
        for (place, wgs, gcj, bd) in VECTORS {
            let (wgs, gcj, bd) =
                (Point::new(wgs[0], wgs[1]), Point::new(gcj[0], gcj[1]), Point::new(bd[0], bd[1]));
            for (from, a) in [(Crs::Cgcs2000, wgs), (Crs::Wgs84, wgs), (Crs::Gcj02, gcj), (Crs::Bd09, bd)] {
                for (to, b) in [(Crs::Cgcs2000, wgs), (Crs::Wgs84, wgs), (Crs::Gcj02, gcj), (Crs::Bd09, bd)] {
                    let got = convert(a, from, to);
                    assert!(near(got, b, 1e-9), "{place} {from:?} to {to:?}: {got:?}, wanted {b:?}");
                }
            }
        }
    }

    #[test]
    fn abroad_nothing_moves() {
        let new_york = Point::new(-74.006, 40.7128);
        for from in Crs::ALL {
            for to in Crs::ALL {
                assert_eq!(convert(new_york, from, to), new_york);
            }
        }
    }

    #[test]
    fn no_fix_and_nonsense_are_no_points() {
        assert!(Point::checked(0.0, 0.0).is_none());
        assert!(Point::checked(f64::NAN, 30.0).is_none());
        assert!(Point::checked(39.8, 98.3).is_none(), "latitude and longitude exchanged");
        assert!(Point::checked(98.3, 39.8).is_some());
    }

    #[test]
    fn codes_round_trip() {
        for crs in Crs::ALL {
            assert_eq!(Crs::parse(crs.as_str()), Some(crs));
        }
        assert_eq!(Crs::parse("WGS84"), None);
    }

    proptest! {
        // a margin inside the box: at its very edge a moved point may leave it
        #[test]
        fn there_and_back(lng in 73.1..136.9_f64, lat in 1.9..54.9_f64, from in 0..4_usize, to in 0..4_usize) {
            let start = Point::new(lng, lat);
            let back = convert(convert(start, Crs::ALL[from], Crs::ALL[to]), Crs::ALL[to], Crs::ALL[from]);
            prop_assert!(near(back, start, 1e-7), "{start:?} came back as {back:?}");
        }

        #[test]
        fn moves_are_small(lng in 73.1..136.9_f64, lat in 3.0..53.9_f64) {
            let start = Point::new(lng, lat);
            prop_assert!(near(convert(start, Crs::Wgs84, Crs::Bd09), start, 0.03));
        }
    }
}
