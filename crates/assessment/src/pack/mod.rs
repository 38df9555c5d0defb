//! 成绩包: everything that a score was made of in one file, signed, so that anybody can work it out again without the program's
//! database.
//!
//! A pack holds the scheme, the rows of its rounds as they were read, what people said of them, and every figure. Its parts are
//! hashed one by one, each row too, and the hashes are signed with a key of the city's own. [`check`](check::check) looks at
//! three things that do not hang together: whether the signature is the key's, which parts are not what was signed, and which
//! figures come out otherwise when they are worked out anew.

pub mod check;
pub mod commands;
pub(crate) mod figures;
pub mod model;
pub(crate) mod seal;

pub use check::{Differs, Report, check};
pub use seal::key_name;
