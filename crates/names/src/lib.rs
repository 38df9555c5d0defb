//! What people call a place or a unit, and what they write instead: pure arithmetic on names, no I/O.
//!
//! Somebody types 新花北路, 新华路北, `xhbl` or `xinhuabeilu` and means 新华北路. Two steps find it. [`index_keys`] says under
//! which keys a name is kept, [`query_keys`] which keys a text asks for: pairs of characters, pairs of sounds, initials. Names
//! that share keys are candidates. [`compare`] looks at each of them whole, says how near it is (0 to 1000), and why
//! ([`Why`]): a number that nobody can explain is of no use to whoever reads the list.
//!
//! All readings of a character count: 重庆 is found by `cq` and by `zq`.

mod align;
mod clean;
mod compare;
mod keys;
mod latin;
mod sound;

pub use clean::{LONGEST, clean, replaced};
pub use compare::{Match, NEAR, SURE, Text, compare, within};
pub use keys::{Key, index_keys, initials, query_keys};
pub use sound::readings;

/// Raised when [`index_keys`] answers differently than before, so that what is stored is made new.
pub const VERSION: i64 = 1;

kernel::named! {
    /// What a name is the name of. The codes are stored.
    pub enum Kind {
        /// A street, which has sections.
        Street = "street",
        Site = "site",
        Division = "division",
        Unit = "unit",
    }
}

kernel::named! {
    /// Why a name was offered. The codes are in translation keys and in the API.
    pub enum Why {
        /// It is what was typed.
        Same = "same",
        /// What was typed is a part of it.
        Part = "part",
        /// By the first letters of its sounds.
        Initials = "initials",
        /// By its sounds, written in letters.
        Pinyin = "pinyin",
        /// Other characters, the same sounds.
        Sound = "sound",
        /// Sounds that are often taken for each other: zh and z, n and l, an and ang.
        Confusable = "confusable",
        /// One character differs.
        Wrong = "wrong",
        /// What was typed lacks a character.
        Missing = "missing",
        /// What was typed has a character too many.
        Extra = "extra",
        /// Two characters stand the other way round.
        Swapped = "swapped",
        /// More than one of these.
        Several = "several",
    }
}

impl Why {
    /// Whether somebody had to guess what was meant. Parts, initials and pinyin are what was typed.
    pub fn is_guess(self) -> bool {
        !matches!(self, Why::Same | Why::Part | Why::Initials | Why::Pinyin)
    }
}
