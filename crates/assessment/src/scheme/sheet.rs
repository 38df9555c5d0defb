//! A scheme as a table, out and in: one row a node, two columns a way. What goes out comes in again as the same tree.

use super::commands::{NodeDraft, split};
use super::model::{NodeKind, Part};
use super::notation::Rule;
use super::tree::Placed;
use kernel::problem::{FieldError, Problem, Result};
use scoring::{Exact, Veto};
use sheets::{Cell, Column, Heading, Kind, Options, Remark, Report, Row, Source};

/// Most nodes of a scheme.
pub const MOST: usize = 5_000;

const CODE: Heading = Heading::new("编码", &["code"]);
const PARENT: Heading = Heading::new("上级编码", &["above", "parent"]);
const NAME: Heading = Heading::new("名称", &["name", "内容", "测评标准"]);
const KIND: Heading = Heading::new("类型", &["kind"]);
const VETO: Heading = Heading::new("否决后果", &["veto"]);
const LEAD: Heading = Heading::new("牵头单位", &["lead unit"]);
const UNITS: Heading = Heading::new("责任单位", &["units"]);
const POINTS: Heading = Heading::new("点位类型", &["point types"]);
const EVIDENCE: Heading = Heading::new("材料种类", &["evidence"]);
const OBSERVED: Heading = Heading::new("考察项目", &["observed items"]);
const NOTE: Heading = Heading::new("说明", &["note"]);

const FIXED: [&Heading; 11] =
    [&CODE, &PARENT, &NAME, &KIND, &VETO, &LEAD, &UNITS, &POINTS, &EVIDENCE, &OBSERVED, &NOTE];

/// What stands behind a way's name in the heads of its two columns.
const POINTS_OF: [&str; 2] = ["·分值", "·points"];
const RULE_OF: [&str; 2] = ["·计分", "·rule"];

const KINDS: [(NodeKind, &str, &str); 3] = [
    (NodeKind::Normal, "普通", "normal"),
    (NodeKind::Bonus, "加分", "bonus"),
    (NodeKind::Veto, "否决", "veto"),
];

/// The word of a kind in a cell.
pub fn kind(of: NodeKind) -> &'static str {
    KINDS.iter().find(|(kind, ..)| *kind == of).map_or("", |(_, word, _)| word)
}

/// What a veto takes away, in a cell: `扣3分`, `不超过60分`, `归零`.
pub fn effect(of: &Veto) -> String {
    match of {
        Veto::Minus(points) => format!("扣{points}分"),
        Veto::AtMost(points) => format!("不超过{points}分"),
        Veto::Nothing => "归零".to_owned(),
    }
}

/// The same, read; English as `minus 3`, `at most 60`, `nothing`.
pub fn read_effect(text: &str) -> Option<Veto> {
    let text = text.trim();
    let number = |text: &str| Exact::parse(text.trim()).filter(|n| !n.is_negative());
    if matches!(text, "归零" | "nothing") {
        return Some(Veto::Nothing);
    }
    let inside = |before: &str| text.strip_prefix(before).and_then(|rest| rest.strip_suffix('分'));
    if let Some(points) = inside("扣").or_else(|| text.strip_prefix("minus ")) {
        return number(points).map(Veto::Minus);
    }
    let points = inside("不超过").or_else(|| text.strip_prefix("at most "))?;
    number(points).map(Veto::AtMost)
}

/// Heads of the table.
pub fn columns(ways: &[String]) -> Vec<Column> {
    let fixed = FIXED.iter().map(|heading| Column::new(heading.name, Kind::Text));
    let of_way = ways.iter().flat_map(|way| {
        [(POINTS_OF[0], 10.0), (RULE_OF[0], 26.0)]
            .map(|(end, width)| Column::new(format!("{way}{end}"), Kind::Text).width(width))
    });
    fixed.chain(of_way).collect()
}

/// A node's row.
pub fn cells<'a>(of: &'a Placed, ways: &[String]) -> Vec<Cell<'a>> {
    let node = &of.node;
    let list = |names: &[String]| Cell::from(names.join("、"));
    let mut cells = vec![
        Cell::from(node.code.as_str()),
        Cell::from(of.parent.as_deref().unwrap_or_default()),
        Cell::from(node.name.as_str()),
        Cell::from(kind(node.kind)),
        Cell::from(node.veto.0.as_ref().map(effect).unwrap_or_default()),
        Cell::from(node.lead_unit.as_str()),
        list(&node.units.0),
        list(&node.point_types.0),
        list(&node.evidence.0),
        list(&node.observed.0),
        Cell::from(node.note.as_str()),
    ];
    for way in ways {
        let part = node.parts.0.iter().find(|part| part.way == *way);
        cells.push(part.map_or(Cell::Empty, |part| Cell::from(part.points.to_string())));
        cells.push(part.map_or(Cell::Empty, |part| Cell::from(part.rule.to_string())));
    }
    cells
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub row: u64,
    /// Code of the node above; empty for the top.
    pub parent: String,
    pub draft: NodeDraft,
}

/// All rows of a table, and what is wrong with those that cannot be taken.
///
/// # Errors
/// `import_file`: `missing-columns`, `not-a-table`, `too-many`.
pub fn read(bytes: Vec<u8>) -> Result<(Vec<Line>, Report)> {
    let mut source = Source::from_bytes(bytes, &Options::default()).map_err(web::import::no_table)?;
    let missing: Vec<&str> =
        [&CODE, &NAME].into_iter().filter(|column| !column.is_in(source.header())).map(|c| c.name).collect();
    if !missing.is_empty() {
        let found = source.header().names().join("、");
        let fault = FieldError::new("import_file", "missing-columns").arg("missing", missing.join("、"));
        return Err(Problem::invalid(vec![fault.arg("found", found)]));
    }
    let (mut lines, mut report) = (Vec::new(), Report::default());
    for row in source.rows().map_err(web::import::no_table)? {
        let row = row.map_err(web::import::no_table)?;
        if lines.len() >= MOST {
            return Err(Problem::field("import_file", "too-many"));
        }
        match line(&row) {
            Ok(line) => {
                report.accept([]);
                lines.push(line);
            }
            Err(remarks) => report.refuse(row.number(), remarks),
        }
    }
    check_tree(&lines, &mut report);
    Ok((lines, report))
}

fn line(row: &Row) -> std::result::Result<Line, Vec<Remark>> {
    let number = row.number();
    let mut faults = Vec::new();
    let mut fault = |field: &str, code: &str| faults.push(Remark::new(number, field, code));
    let kind_text = KIND.of(row).trim();
    let kind = KINDS
        .iter()
        .find(|(_, chinese, english)| kind_text.is_empty() || kind_text == *chinese || kind_text == *english)
        .map(|(kind, ..)| *kind);
    if kind.is_none() {
        fault("node_kind", "not-a-choice");
    }
    let veto_text = VETO.of(row).trim();
    let veto = if veto_text.is_empty() { None } else { read_effect(veto_text) };
    if !veto_text.is_empty() && veto.is_none() {
        fault("node_veto", "not-an-effect");
    }
    let mut parts: Vec<Part> = Vec::new();
    for (title, cell) in row.iter().filter(|(_, cell)| !cell.trim().is_empty()) {
        let Some(way) = POINTS_OF.iter().find_map(|end| title.trim().strip_suffix(end)) else { continue };
        let rule = RULE_OF
            .iter()
            .find_map(|end| {
                let wanted = format!("{way}{end}");
                row.iter().find(|(title, _)| title.trim() == wanted).map(|(_, cell)| cell)
            })
            .unwrap_or_default();
        match (points(cell), Rule::read(rule)) {
            (Some(points), Ok(rule)) => parts.push(Part { way: way.trim().to_owned(), points, rule }),
            (None, _) => fault("node_points", "not_a_number"),
            (_, Err(wrong)) => fault("node_rule", wrong.code),
        }
    }
    let draft = NodeDraft {
        code: CODE.of(row).trim().to_owned(),
        name: NAME.of(row).trim().to_owned(),
        kind: kind.unwrap_or(NodeKind::Normal),
        veto,
        parts,
        lead_unit: LEAD.of(row).trim().to_owned(),
        units: split(UNITS.of(row)),
        point_types: split(POINTS.of(row)),
        evidence: split(EVIDENCE.of(row)),
        observed: split(OBSERVED.of(row)),
        note: NOTE.of(row).trim().to_owned(),
    };
    if let Err(problem) = draft.check() {
        faults.extend(problem.fields.iter().map(|f| Remark::new(number, f.field.clone(), f.code)));
    }
    if faults.is_empty() {
        Ok(Line { row: number, parent: PARENT.of(row).trim().to_owned(), draft })
    } else {
        Err(faults)
    }
}

/// Points as they are written: a number, or a fraction.
pub(crate) fn points(text: &str) -> Option<Exact> {
    let text = text.trim();
    let found = if text.contains('/') {
        serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
    } else {
        Exact::parse(text)
    };
    found.filter(|points| !points.is_negative())
}

/// Codes that come twice, and codes above that are nowhere before. What is wrong with a row that was accepted takes it out of the
/// accepted ones.
fn check_tree(lines: &[Line], report: &mut Report) {
    let mut seen = std::collections::HashSet::new();
    for line in lines {
        let mut wrong = Vec::new();
        if !line.parent.is_empty() && !seen.contains(line.parent.as_str()) {
            wrong.push(Remark::new(line.row, "node_parent", "no-such-node"));
        }
        if !seen.insert(line.draft.code.as_str()) {
            wrong.push(Remark::new(line.row, "node_code", "used-already"));
        }
        if !wrong.is_empty() {
            report.accepted -= 1;
            report.refused.extend(wrong);
        }
    }
    report.refused.sort_by_key(|remark| remark.row);
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
