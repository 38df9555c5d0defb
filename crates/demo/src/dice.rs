//! Chance that is the same on every machine and in every version: xoshiro256++, seeded by splitmix64.
//!
//! Written out here, because a library's generator may change its stream between versions and the city must not.

use crate::arith;

/// A stream of chance.
#[derive(Clone, Debug)]
pub struct Dice {
    state: [u64; 4],
}

impl Dice {
    /// The stream that belongs to a seed.
    pub fn new(seed: u64) -> Self {
        let mut s = seed;
        let state = std::array::from_fn(|_| {
            s = s.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (s ^ (s >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        });
        Self { state }
    }

    /// The stream of one part of the work. Parts with streams of their own do not move when another part changes.
    pub fn of(seed: u64, part: &str) -> Self {
        Self::new(arith::fnv(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), part))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let out = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        out
    }

    /// A number from 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f64 {
        let top = u32::try_from(self.bits() >> 32).unwrap_or(0);
        f64::from(top) / 4_294_967_296.0
    }

    /// A real number between two bounds.
    pub fn real(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// The same in single precision, for the painter.
    pub fn f32(&mut self, low: f32, high: f32) -> f32 {
        arith::single(self.real(f64::from(low), f64::from(high)))
    }

    /// An index below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.bits()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of a list, which must not be empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// An index with the given weights; the last one when they are all zero.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut rest = self.unit() * weights.iter().sum::<f64>();
        for (i, w) in weights.iter().enumerate() {
            if rest < *w {
                return i;
            }
            rest -= w;
        }
        weights.len().saturating_sub(1)
    }

    /// Puts a list in random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_stream_never_changes() {
        let mut d = Dice::new(42);
        let drawn: Vec<u64> = (0..3).map(|_| d.bits()).collect();
        assert_eq!(drawn, [15021278609987233951, 5881210131331364753, 18149643915985481100]);
    }

    #[test]
    fn parts_have_streams_of_their_own() {
        assert_ne!(Dice::of(1, "a").bits(), Dice::of(1, "b").bits());
        assert_ne!(Dice::of(1, "a").bits(), Dice::of(2, "a").bits());
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut d = Dice::new(7);
        for _ in 0..1000 {
            assert!((3..=5).contains(&d.between(3, 5)));
            assert!((0.0..1.0).contains(&d.unit()));
            assert!(d.below(9) < 9);
        }
        assert_eq!(d.below(0), 0);
        assert_eq!(d.weighted(&[0.0, 1.0, 0.0]), 1);
    }
}
