//! A node as somebody writes it.

use crate::scheme::model::{NodeKind, Part};
use kernel::problem::{Findings, Result};
use scoring::Veto;

/// Longest code, name, entry of a list and note, in characters.
const CODE: usize = 40;
const NAME: usize = 400;
const ENTRY: usize = 60;
const NOTE: usize = 2000;
/// Most entries of a list, and most ways of one standard.
const ENTRIES: usize = 60;
const WAYS: usize = 8;

#[derive(Clone, Debug, PartialEq)]
pub struct NodeDraft {
    pub code: String,
    pub name: String,
    pub kind: NodeKind,
    pub veto: Option<Veto>,
    pub parts: Vec<Part>,
    pub lead_unit: String,
    pub units: Vec<String>,
    pub point_types: Vec<String>,
    pub evidence: Vec<String>,
    pub observed: Vec<String>,
    pub note: String,
}

/// Entries of a list as people write it into one field or cell.
pub fn split(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for entry in text.split(['、', ';', '；', '\n']).map(str::trim).filter(|entry| !entry.is_empty()) {
        if !all.iter().any(|known| known == entry) {
            all.push(entry.to_owned());
        }
    }
    all
}

impl NodeDraft {
    /// # Errors
    /// All that is wrong with its fields.
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        let long = |text: &str, most: usize| text.chars().count() > most;
        findings.check(!self.code.is_empty(), "node_code", "required");
        findings.check(!long(&self.code, CODE), "node_code", "too-long");
        // it stands in addresses
        let strange = |c: char| c.is_whitespace() || c.is_control() || "/?#%&\\\"<>".contains(c);
        findings.check(!self.code.contains(strange), "node_code", "node-code-form");
        findings.check(!self.name.is_empty(), "node_name", "required");
        findings.check(!long(&self.name, NAME), "node_name", "too-long");
        findings.check(!long(&self.note, NOTE), "node_note", "too-long");
        findings.check(!long(&self.lead_unit, ENTRY), "node_lead", "too-long");
        let lists = [
            ("node_units", &self.units),
            ("node_point_types", &self.point_types),
            ("node_evidence", &self.evidence),
            ("node_observed", &self.observed),
        ];
        for (field, list) in lists {
            findings.check(list.len() <= ENTRIES, field, "too-many");
            findings.check(!list.iter().any(|entry| long(entry, ENTRY)), field, "too-long");
        }
        findings.check(self.parts.len() <= WAYS, "node_ways", "too-many");
        for (n, part) in self.parts.iter().enumerate() {
            findings.check(!part.way.is_empty(), "node_ways", "required");
            findings.check(!long(&part.way, ENTRY), "node_ways", "too-long");
            // signs that part a line of the form, or the head of a column
            let parting = |c: char| "|｜·".contains(c) || c.is_control();
            findings.check(!part.way.contains(parting), "node_ways", "way-form");
            let again = self.parts.iter().skip(n + 1).any(|other| other.way == part.way);
            findings.check(!again, "node_ways", "used-already");
        }
        findings.check(self.kind != NodeKind::Veto || self.veto.is_some(), "node_veto", "required");
        findings.done()
    }
}
