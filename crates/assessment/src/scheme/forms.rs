//! Forms of schemes: what a browser sent, made into drafts.

use super::commands::{CycleDraft, NodeDraft, split};
use super::model::{Cycle, Node, NodeKind, Part, Year};
use super::notation::{Rule, RuleFault};
use super::sheet;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use scoring::Exact;
use web::Form;
use web::form::Filled;

/// A fault of a rule as a field's error, with its line.
pub(crate) fn fault(field: &'static str, line: usize, fault: &RuleFault) -> FieldError {
    FieldError::new(field, fault.code).arg("line", line).arg("at", fault.at + 1).arg("what", &fault.what)
}

/// Ways, one a line: `实地考察 | 8 | 平均(1)`.
fn ways(text: &str) -> std::result::Result<Vec<Part>, FieldError> {
    let mut parts = Vec::new();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let wrong = |code: &'static str| FieldError::new("node_ways", code).arg("line", line);
        let mut cells = text.splitn(3, ['|', '｜']).map(str::trim);
        let (Some(way), Some(points), Some(rule)) = (cells.next(), cells.next(), cells.next()) else {
            return Err(wrong("way-line"));
        };
        let points = sheet::points(points).ok_or_else(|| wrong("way-points"))?;
        let rule = Rule::read(rule).map_err(|found| fault("node_ways", line, &found))?;
        parts.push(Part { way: way.to_owned(), points, rule });
    }
    Ok(parts)
}

/// A node.
///
/// # Errors
/// Everything that cannot be read; what [`NodeDraft::check`] finds comes later.
pub(crate) fn node(form: &Form) -> Result<NodeDraft> {
    let mut findings = Findings::default();
    let kind = findings.take(form.choice::<NodeKind>("node_kind")).flatten().unwrap_or(NodeKind::Normal);
    let parts = findings.take(ways(form.text("node_ways"))).unwrap_or_default();
    let veto = match form.text("node_veto") {
        "" => None,
        text => {
            let found = sheet::read_effect(text);
            findings.check(found.is_some(), "node_veto", "not-an-effect");
            found
        }
    };
    findings.done()?;
    let text = |name: &str| form.text(name).to_owned();
    Ok(NodeDraft {
        code: text("node_code"),
        name: text("node_name"),
        kind,
        veto,
        parts,
        lead_unit: text("node_lead"),
        units: split(form.text("node_units")),
        point_types: split(form.text("node_point_types")),
        evidence: split(form.text("node_evidence")),
        observed: split(form.text("node_observed")),
        note: text("node_note"),
    })
}

/// A node's form as it is before anybody typed.
pub(crate) fn filled(node: &Node) -> Filled {
    let line = |part: &Part| format!("{} | {} | {}", part.way, part.points, part.rule);
    let list = |names: &[String]| names.join("、");
    Filled::new()
        .set("node_code", &node.code)
        .set("node_name", &node.name)
        .set("node_kind", node.kind.code())
        .set("node_veto", node.veto.0.as_ref().map(sheet::effect).unwrap_or_default())
        .set("node_ways", node.parts.0.iter().map(line).collect::<Vec<_>>().join("\n"))
        .set("node_lead", &node.lead_unit)
        .set("node_units", list(&node.units.0))
        .set("node_point_types", list(&node.point_types.0))
        .set("node_evidence", list(&node.evidence.0))
        .set("node_observed", list(&node.observed.0))
        .set("node_note", &node.note)
        .set("version", node.version)
}

/// A cycle; its years one a line: `2026 | 1 | 92.5%`, the last cell for a score from outside.
pub(crate) fn cycle(form: &Form) -> Result<CycleDraft> {
    let mut findings = Findings::default();
    let first_year = findings.take(form.number::<i64>("first_year")).flatten();
    let last_year = findings.take(form.number::<i64>("last_year")).flatten();
    findings.check(first_year.is_some(), "first_year", "required");
    findings.check(last_year.is_some(), "last_year", "required");
    let years = findings.take(years(form.text("cycle_years"))).unwrap_or_default();
    findings.done()?;
    Ok(CycleDraft {
        name: form.text("cycle_name").to_owned(),
        first_year: first_year.unwrap_or_default(),
        last_year: last_year.unwrap_or_default(),
        years,
    })
}

fn years(text: &str) -> std::result::Result<Vec<Year>, FieldError> {
    let mut years = Vec::new();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let wrong = || FieldError::new("cycle_years", "year-line").arg("line", line);
        let mut cells = text.splitn(3, ['|', '｜']).map(str::trim);
        let year = cells.next().and_then(|cell| cell.parse().ok()).ok_or_else(wrong)?;
        let weight = match cells.next() {
            None | Some("") => Exact::one(),
            Some(cell) => Exact::parse(cell).ok_or_else(wrong)?,
        };
        let given = match cells.next() {
            None | Some("") => None,
            Some(cell) => Some(Exact::parse(cell).ok_or_else(wrong)?),
        };
        years.push(Year { year, weight, given });
    }
    Ok(years)
}

pub(crate) fn filled_cycle(cycle: &Cycle) -> Filled {
    let line = |year: &Year| {
        let given = year.given.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{} | {} | {given}", year.year, year.weight)
    };
    Filled::new()
        .set("cycle_name", &cycle.name)
        .set("first_year", cycle.first_year)
        .set("last_year", cycle.last_year)
        .set("cycle_years", cycle.years.0.iter().map(line).collect::<Vec<_>>().join("\n"))
        .set("version", cycle.version)
}

/// What a form that was refused shows again, or the problem.
pub(crate) fn refused(req: &web::Req, form: &Form, problem: Problem) -> web::Answer<Filled> {
    Filled::refused(form, &problem).ok_or_else(|| web::Fail::of(req, problem))
}
