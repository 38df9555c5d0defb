//! Text that a spreadsheet would take for a formula, made harmless in CSV and made whole again on reading.
//!
//! The apostrophe in front is Excel's own mark for "this is text". Because text that already has it gets another, writing
//! and reading are exact inverses.

use std::borrow::Cow;

/// Excel and WPS start a formula at any of these; the full-width forms count in Chinese and Japanese versions.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn is_guarded_kind(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(TRIGGERS)
}

/// True when a spreadsheet might run this text.
pub(crate) fn is_formula_like(text: &str) -> bool {
    text.starts_with(TRIGGERS)
}

/// Puts an apostrophe before text that could be taken for a formula.
pub fn guard(text: &str) -> Cow<'_, str> {
    if is_guarded_kind(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes the apostrophe of [`guard`] away.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_guarded_kind(text) => rest,
        _ => text,
    }
}
