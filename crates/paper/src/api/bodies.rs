//! What the API takes and answers with.

use crate::model::{ScanState, Wants};
use crate::queries::{BatchLine, Receipt, ScanLine, Whole};
use crate::settings::Design;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Forms that were printed together.
#[derive(Serialize, ToSchema)]
pub(super) struct FormBatch {
    number: String,
    /// Where they are given out.
    place: String,
    amount: i64,
    returned: i64,
    void: i64,
    printed_by: String,
    /// RFC 3339, as all times here.
    made_at: String,
}

impl FormBatch {
    pub(super) fn of(line: &BatchLine) -> Self {
        Self {
            number: line.number.clone(),
            place: line.place.clone(),
            amount: line.amount,
            returned: line.returned,
            void: line.void,
            printed_by: line.printed_by.clone(),
            made_at: line.made_at.rfc3339(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct BatchesBody {
    pub items: Vec<FormBatch>,
    /// For `after` of the next page.
    pub next: Option<String>,
}

/// What to print.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BatchDraft {
    /// Where they are given out, at most 60 characters.
    pub place: String,
    /// 1 to 500.
    pub amount: i64,
}

/// One form.
#[derive(Serialize, ToSchema)]
pub(super) struct FormSheet {
    number: String,
    /// `printed`, `returned`, `void`.
    state: &'static str,
    /// The case that it became, for keys that may see scans.
    case: Option<String>,
    settled_at: Option<String>,
    /// Why it is void.
    reason: Option<String>,
}

/// A batch with its sheets.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeBatch {
    number: String,
    place: String,
    amount: i64,
    /// Names of the kinds beside the boxes, in their order.
    kinds: Vec<String>,
    printed_by: String,
    made_at: String,
    sheets: Vec<FormSheet>,
}

fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

impl WholeBatch {
    pub(super) fn of(whole: &Whole) -> Self {
        let batch = &whole.batch;
        let sheets = whole.sheets.iter().map(|(sheet, case)| FormSheet {
            number: sheet.number.clone(),
            state: sheet.state.code(),
            case: filled(case),
            settled_at: sheet.settled_at.map(Instant::rfc3339),
            reason: filled(&sheet.reason),
        });
        Self {
            number: batch.number.clone(),
            place: batch.place.clone(),
            amount: batch.amount,
            kinds: batch.kinds().into_iter().map(|kind| kind.name).collect(),
            printed_by: batch.printed_by.clone(),
            made_at: batch.made_at.rfc3339(),
            sheets: sheets.collect(),
        }
    }
}

/// Which sheets become void.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VoidDraft {
    /// Number of one sheet; left out for all of the batch that are still out.
    #[serde(default)]
    pub sheet: Option<String>,
    /// At most 300 characters.
    pub reason: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Voided {
    pub count: i64,
}

/// What is printed on forms.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DesignBody {
    /// Codes of catalogue items, at most 23; empty for what people see most.
    kinds: Vec<String>,
    /// Other places to hand it in.
    #[serde(default)]
    returns: String,
    /// The number to call.
    #[serde(default)]
    phone: String,
}

impl DesignBody {
    pub(super) fn of(design: Design) -> Self {
        Self { kinds: design.kinds, returns: design.returns, phone: design.phone }
    }

    pub(super) fn design(self) -> Design {
        Design {
            kinds: self.kinds,
            returns: self.returns.trim().to_owned(),
            phone: self.phone.trim().to_owned(),
        }
    }
}

/// A box of a form, as it was read.
#[derive(Serialize, ToSchema)]
pub(super) struct BoxBody {
    /// `empty`, `ticked`, `unsure`.
    tick: String,
    /// Ten-thousandths of its inside that are ink.
    ink: i64,
}

/// A picture of a form, and what became of it.
#[derive(Serialize, ToSchema)]
pub(super) struct ScanBody {
    number: String,
    /// `waiting`, `repair`, `desk`, `done`, `refused`.
    state: &'static str,
    /// Why a person must look: `no-picture`, `no-code`, `foreign-code`, `used`, `void`, `no-marks`, `faint`, `small`,
    /// `unsure`, `no-tick`, `several`, `kind-gone`.
    fault: Option<&'static str>,
    /// `page`, `program`, `folder`.
    door: &'static str,
    /// Number of the form.
    sheet: Option<String>,
    /// Number of its case, for keys that may see scans.
    case: Option<String>,
    /// `call`, `nothing`, `unclear`.
    wants: &'static str,
    /// In the order in which they are printed: kinds, then "call me", then "no answer wanted". Empty before it was read.
    boxes: Vec<BoxBody>,
    received_at: String,
    done_at: Option<String>,
    /// Goes with every change.
    version: i64,
}

impl ScanBody {
    pub(super) fn of(line: &ScanLine) -> Self {
        let scan = &line.scan;
        let read = scan.state != ScanState::Waiting;
        Self {
            number: scan.number.clone(),
            state: scan.state.code(),
            fault: scan.fault.map(Named::code),
            door: scan.door.code(),
            sheet: filled(&line.sheet),
            case: filled(&line.case),
            wants: if read { scan.wants } else { Wants::Unclear }.code(),
            boxes: scan.reading().boxes.into_iter().map(|b| BoxBody { tick: b.tick, ink: b.ink }).collect(),
            received_at: scan.received_at.rfc3339(),
            done_at: scan.done_at.map(Instant::rfc3339),
            version: scan.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct ScansBody {
    pub items: Vec<ScanBody>,
    /// For `after` of the next page.
    pub next: Option<String>,
}

/// What a person reads off a form that the program could not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AssignDraft {
    pub version: i64,
    /// The form's number; empty where there is none.
    #[serde(default)]
    pub sheet: String,
    /// Code of the kind; empty for something else.
    #[serde(default)]
    pub kind: String,
}

/// Which version of the scan is meant, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperReason {
    pub version: i64,
    /// Needed to put it away; at most 300 characters.
    #[serde(default)]
    pub reason: String,
}

/// What is written by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TranscriptDraft {
    pub version: i64,
    /// What is wrong, at most 4,000 characters.
    pub description: String,
    /// Where, at most 200.
    pub address: String,
    /// Code of another kind than the one that was ticked.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub reporter: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub wants_answer: bool,
}

/// How far a form has come.
#[derive(Serialize, ToSchema)]
pub(super) struct FormReceipt {
    /// `out` (not come back), `void`, `received` (no public case, or not yet), `public`.
    told: &'static str,
    /// Number of the public case.
    case: Option<String>,
    /// Its state.
    state: Option<&'static str>,
}

pub(super) fn receipt(of: Receipt) -> FormReceipt {
    let plain = |told| FormReceipt { told, case: None, state: None };
    match of {
        Receipt::Out => plain("out"),
        Receipt::Void => plain("void"),
        Receipt::Received => plain("received"),
        Receipt::Public(case, state) => {
            FormReceipt { told: "public", case: Some(case), state: Some(state.code()) }
        }
    }
}
