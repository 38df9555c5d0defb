//! Number work that gives the same bits on every machine.
//!
//! `f64::sin` and its kin ask the platform's libm, which may differ in the last digit; here are the few we need from
//! multiplication and addition alone. The casts between kinds of number live here too, so that each is looked at once.

/// Half a turn.
pub(crate) const PI: f64 = std::f64::consts::PI;

/// Sine, to about 1e-9.
pub(crate) fn sin(angle: f64) -> f64 {
    let turns = (angle / (2.0 * PI)).round();
    let mut x = angle - turns * 2.0 * PI;
    if x > PI / 2.0 {
        x = PI - x;
    } else if x < -PI / 2.0 {
        x = -PI - x;
    }
    let q = x * x;
    let mut sum = 0.0;
    for d in [210.0, 156.0, 110.0, 72.0, 42.0, 20.0, 6.0] {
        sum = (1.0 - sum) * q / d;
    }
    x * (1.0 - sum)
}

/// Cosine, to about 1e-9.
pub(crate) fn cos(angle: f64) -> f64 {
    sin(angle + PI / 2.0)
}

/// A count as a real number.
#[expect(clippy::cast_precision_loss, reason = "counts here stay far below 2^52")]
pub(crate) fn real(n: usize) -> f64 {
    n as f64
}

/// A whole number as a real one.
#[expect(clippy::cast_precision_loss, reason = "seconds and metres stay far below 2^52")]
pub(crate) fn real_of(n: i64) -> f64 {
    n as f64
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "Rust's cast saturates, and values here are small")]
pub(crate) fn whole(x: f64) -> i64 {
    x.round() as i64
}

/// The nearest count; below zero is zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates; values here are small"
)]
pub(crate) fn count(x: f64) -> usize {
    x.round() as usize
}

/// An index as a 32-bit number.
pub(crate) fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A real number in the single precision that the painter wants.
#[expect(clippy::cast_possible_truncation, reason = "pixels need no more")]
pub(crate) fn single(x: f64) -> f32 {
    x as f32
}

/// FNV-1a, 64 bits: turns a label into a seed.
pub(crate) fn fnv(seed: u64, text: &str) -> u64 {
    text.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{PI, cos, sin};

    #[test]
    fn agrees_with_the_platform() {
        for i in -2000..2000_i32 {
            let a = f64::from(i) * PI / 333.0;
            assert!((sin(a) - a.sin()).abs() < 1e-7, "{a}");
            assert!((cos(a) - a.cos()).abs() < 1e-7, "{a}");
        }
    }
}
