//! Tables in and out: CSV, XLSX, XLS, ODS, GeoJSON and JSON in, XLSX and CSV out. Knows nothing of what the tables mean.
//!
//! Reading goes in three steps, each usable alone:
//! 1. [`Source`] recognises a file by its content, finds its header and gives [`Row`]s, one at a time, within [`Limits`].
//! 2. [`Mapping`] turns a row's foreign columns into our [`Field`]s, after a TOML file that can be changed without a programmer.
//! 3. [`Report`] accounts for every row: accepted, repaired or refused, with the reason. Nothing is lost silently.
//!
//! ```
//! use sheets::{Mapping, Options, Report, Source};
//!
//! let mapping: Mapping = "[fields.title]\nfrom = '标题'\nrequired = true".parse()?;
//! let mut source = Source::from_bytes("编号,标题\n1,路灯不亮\n2,\n".as_bytes(), &Options::default())?;
//! let (mut session, mut report) = (mapping.session(), Report::default());
//! for row in source.rows()? {
//!     match session.apply(&row?) {
//!         Ok(mapped) => report.accept(mapped.repairs),
//!         Err(problems) => report.refuse(problems.row, problems.remarks),
//!     }
//! }
//! assert_eq!((report.read, report.accepted, report.refused_rows()), (2, 1, 1));
//! assert_eq!(report.refused[0].reason, "blank");
//! # Ok::<(), sheets::Error>(())
//! ```
//!
//! Writing: [`Writer`] takes typed [`Cell`]s; what it wrote reads back the same. Text that looks like a formula stays text.

mod cell;
mod error;
mod guard;
mod header;
mod heading;
mod mapping;
mod read;
mod report;
mod row;
mod source;
#[cfg(test)]
mod tests;
mod write;

pub use cell::{Cell, Column, Kind};
pub use error::{Error, Limits};
pub use geojson;
pub use guard::{guard, unguard};
pub use header::{Header, HeaderFault};
pub use heading::{Heading, Places};
pub use mapping::{Field, Fields, Mapped, Mapping, RowProblems, Session};
pub use read::dialect::Dialect;
pub use read::encoding::Encoding;
pub use report::{Reason, Remark, Report, WHOLE_ROW};
pub use row::Row;
pub use source::{Format, Options, Rows, Source};
pub use write::{FileKind, Table, Writer, Written, write, write_book};
