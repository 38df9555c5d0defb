//! The account of a workbook that was read: every fault with sheet, row and column.

use crate::model::Checklist;
use serde::{Deserialize, Serialize};

/// One remark about one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFault {
    pub sheet: String,
    /// As a person counts in the sheet, the header is row 1; 0 for the sheet as a whole.
    pub row: u64,
    /// The header; blank for the row as a whole.
    pub column: String,
    /// Stable code; [`crate::words::sentence`] has its words.
    pub code: String,
    /// The name, text or sign that it is about.
    pub what: String,
    /// Characters before it in the cell, where it is an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
}

/// What became of a workbook: a checklist, or the reasons why there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// There is one only if there are no faults.
    pub checklist: Option<Checklist>,
    pub faults: Vec<SheetFault>,
    /// What was passed over without changing the checklist.
    pub notes: Vec<SheetFault>,
}

/// Codes of this reader; those of expressions, rules and checklists are their own.
pub(crate) mod code {
    pub(crate) const FILE: &str = "xlsform-file";
    pub(crate) const NOT_A_WORKBOOK: &str = "xlsform-not-a-workbook";
    pub(crate) const NO_SHEET: &str = "xlsform-no-sheet";
    pub(crate) const NO_COLUMN: &str = "xlsform-no-column";
    pub(crate) const COLUMN_TWICE: &str = "xlsform-column-twice";
    pub(crate) const COLUMN_REFUSED: &str = "xlsform-column-refused";
    pub(crate) const COLUMN_UNKNOWN: &str = "xlsform-column-unknown";
    pub(crate) const CELL_UNUSED: &str = "xlsform-cell-unused";
    pub(crate) const TOO_MANY_ROWS: &str = "xlsform-too-many-rows";
    pub(crate) const TYPE_UNKNOWN: &str = "xlsform-type-unknown";
    pub(crate) const TYPE_PASSED_OVER: &str = "xlsform-type-passed-over";
    pub(crate) const OR_OTHER: &str = "xlsform-or-other";
    pub(crate) const NOT_CLOSED: &str = "xlsform-not-closed";
    pub(crate) const NOT_OPEN: &str = "xlsform-not-open";
    pub(crate) const TOO_DEEP: &str = "xlsform-too-deep";
    pub(crate) const KIND_UNKNOWN: &str = "xlsform-kind-unknown";
    pub(crate) const RULE_MISSING: &str = "xlsform-rule-missing";
    pub(crate) const MORE_STRAY: &str = "xlsform-more-stray";
    pub(crate) const LIST_CHANGED: &str = "xlsform-list-changed";
    pub(crate) const EXPRESSION_MISSING: &str = "xlsform-expression-missing";
    pub(crate) const SETTINGS_ROWS: &str = "xlsform-settings-rows";

    /// For the test that every code has its sentence.
    #[cfg(test)]
    pub(crate) const ALL: [&str; 21] = [
        FILE,
        NOT_A_WORKBOOK,
        NO_SHEET,
        NO_COLUMN,
        COLUMN_TWICE,
        COLUMN_REFUSED,
        COLUMN_UNKNOWN,
        CELL_UNUSED,
        TOO_MANY_ROWS,
        TYPE_UNKNOWN,
        TYPE_PASSED_OVER,
        OR_OTHER,
        NOT_CLOSED,
        NOT_OPEN,
        TOO_DEEP,
        KIND_UNKNOWN,
        RULE_MISSING,
        MORE_STRAY,
        LIST_CHANGED,
        EXPRESSION_MISSING,
        SETTINGS_ROWS,
    ];
}

/// The account while it is being written.
#[derive(Default)]
pub(super) struct Account {
    pub(super) faults: Vec<SheetFault>,
    pub(super) notes: Vec<SheetFault>,
}

/// Faults and notes that are told of one workbook.
const MOST: usize = 500;

fn remark(sheet: &str, row: u64, column: &str, code: &str, what: &str) -> SheetFault {
    let column = column.chars().take(60).collect();
    let what = what.chars().take(80).collect();
    SheetFault { sheet: sheet.to_owned(), row, column, code: code.to_owned(), what, at: None }
}

impl Account {
    pub(super) fn fault(&mut self, sheet: &str, row: u64, column: &str, code: &str, what: &str) {
        self.fault_at(sheet, row, column, code, (what, None));
    }

    pub(super) fn fault_at(
        &mut self,
        sheet: &str,
        row: u64,
        column: &str,
        code: &str,
        what: (&str, Option<usize>),
    ) {
        if self.faults.len() < MOST {
            let fault = remark(sheet, row, column, code, what.0);
            self.faults.push(SheetFault { at: what.1, ..fault });
        }
    }

    pub(super) fn note(&mut self, sheet: &str, row: u64, column: &str, code: &str, what: &str) {
        if self.notes.len() < MOST {
            self.notes.push(remark(sheet, row, column, code, what));
        }
    }
}
