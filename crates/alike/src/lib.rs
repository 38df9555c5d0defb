//! Whether two pictures are the same photograph: pure arithmetic on pixels, no I/O.
//!
//! Several steps, because any alone is wrong. A [`Print`] of 1.3 kilobytes is compared with every print a city has:
//! it finds what *may* be the same, also cropped, mirrored, turned or recoloured ([`guesses`]). Then the two pictures are laid over each
//! other and compared place by place ([`compare`]): the same street photographed again from the same spot shares its
//! outlines, but not its light and small things, and most of its places differ.
//!
//! How much each step finds and misses is measured, not guessed: docs/photo-honesty.md.

mod align;
mod print;
mod raster;
mod turn;

pub use align::{Seen, at_first_sight, compare, compare_at, likeness};
pub use print::{Guess, Print, Role, guesses};
pub use raster::Raster;
pub use turn::Turn;
