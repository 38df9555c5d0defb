//! A checklist as a workbook that ODK's programs and `pyxform` read: sheets `survey`, `choices` and `settings`, words in
//! columns `label::中文 (zh)` and `label::English (en)`. <https://xlsform.org>
//!
//! What XLSForm has no word for stands in columns of ours whose names begin with `cc_`; other programs pass them over.
//! `select_one cc_conforms` is 符合/不符合/不适用, `select_one cc_conforms_strict` the same without 不适用. A question for
//! several pictures takes several rows of type `image`; the later ones name the first in `cc_more`.

mod choices;
mod columns;
mod read;
mod report;
mod survey;
mod write;

pub use read::read;
#[cfg(test)]
pub(crate) use report::code;
pub use report::{Import, SheetFault};
pub(crate) use write::more_label;
pub use write::write;

/// The list of 符合, 不符合 and 不适用.
pub const CONFORMS: &str = "cc_conforms";
/// The list of 符合 and 不符合.
pub const CONFORMS_STRICTLY: &str = "cc_conforms_strict";
