//! Signs to hang up: a name in large letters, who answers, a number to call, a code to scan. Four to a sheet of A4, to be cut
//! apart, or one to a sheet of A5.

use crate::Error;
use crate::fonts::Fonts;
use crate::pdf;

/// What stands on a sign. Empty texts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sign {
    /// Above everything, white on a dark ground.
    pub head: String,
    /// The name of the place, in large letters.
    pub title: String,
    /// Below the name.
    pub subtitle: String,
    /// Labels and what stands beside them.
    pub lines: Vec<(String, String)>,
    /// What the code says: an address.
    pub code: String,
    /// Below the code: the sign's number.
    pub number: String,
    /// At the foot.
    pub foot: String,
}

/// How signs lie on their sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// Four of A6 on a sheet of A4, with lines to cut along.
    #[default]
    FourOnA4,
    /// One on a sheet of A5.
    OneOnA5,
}

/// The sheets as one PDF, in the order of the signs. `title` is that of the file.
pub fn signs(fonts: &Fonts, title: &str, sheet: Sheet, signs: &[Sign]) -> Result<Vec<u8>, Error> {
    pdf::signs(fonts, title, sheet, signs)
}
