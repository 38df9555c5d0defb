//! How long evidence is kept: it is what the city answers with when it is judged, and stays. Bytes of files fall under the rules of
//! files.

use ::store::keep::{Stays, stays};

pub(crate) const STAYS: &[Stays] = &[
    stays("evidence_period", "evidence"),
    stays("evidence_request", "evidence"),
    stays("evidence_request_standard", "evidence"),
    stays("evidence_gate", "evidence"),
    stays("evidence_item", "evidence"),
    stays("evidence_use", "evidence"),
    stays("evidence_file", "evidence"),
    stays("burden_entry", "burden"),
];
