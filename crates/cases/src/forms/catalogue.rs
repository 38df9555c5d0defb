//! The catalogue: its file, and the limits of an item.

use crate::catalogue::ItemKind;
use crate::catalogue::commands::NewItem;
use crate::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use sheets::{Options, Reason, Remark, Report, Source};
use std::collections::HashSet;
use web::Form;

/// A stage's limit as the form gives it; no amount removes it.
#[derive(Clone, Debug)]
pub(crate) struct LimitForm {
    pub stage: Stage,
    pub condition: String,
    pub condition_text: String,
    pub limit: Option<Limit>,
}

pub(crate) fn limit(form: &Form) -> Result<LimitForm> {
    let mut findings = Findings::default();
    let stage = findings.take(form.choice::<Stage>("stage")).flatten();
    let amount = findings.take(form.number::<u32>("amount")).flatten();
    let unit = TimeUnit::parse(form.text("time_unit"));
    let condition = findings.take(form.optional("condition_code", 20)).flatten().unwrap_or_default();
    let condition_text = findings.take(form.optional("condition_text", 200)).flatten().unwrap_or_default();
    findings.check(stage.is_some(), "stage", "required");
    findings.check(amount.is_none() || unit.is_some(), "time_unit", "required");
    findings.check(condition.is_empty() || !condition_text.is_empty(), "condition_text", "required");
    findings.done()?;
    let limit = amount.zip(unit).map(|(value, unit)| Limit { value, unit });
    let stage = stage.ok_or_else(|| Problem::field("stage", "required"))?;
    Ok(LimitForm { stage, condition, condition_text, limit })
}

fn kind(text: &str) -> Option<ItemKind> {
    ItemKind::parse(text).or(match text {
        "管理部件" | "部件" => Some(ItemKind::Component),
        "管理事件" | "事件" => Some(ItemKind::Event),
        _ => None,
    })
}

/// The headings that each column may have: kind, code, code and name of the class, name.
const COLUMNS: [&[&str]; 5] = [
    &["kind", "类型", "部件事件"],
    &["code", "小类代码", "代码"],
    &["major_code", "大类代码"],
    &["major_name", "大类名称", "大类"],
    &["name", "小类名称", "小类", "名称"],
];

/// Reads a catalogue file. Any row that does not fit is told; the file goes in whole or not at all.
pub(crate) fn catalogue_items(bytes: &[u8]) -> Result<(Vec<NewItem>, Report)> {
    let invalid = |code, name, what: &dyn std::fmt::Display| {
        Problem::invalid(vec![FieldError::new("import_file", code).arg(name, what)])
    };
    let fault = |e: sheets::Error| invalid("file-unreadable", "what", &e);
    let mut source = Source::from_bytes(bytes.to_vec(), &Options::default()).map_err(fault)?;
    let mut places = Vec::new();
    for names in COLUMNS {
        let place = names.iter().find_map(|name| source.header().position(name));
        let missing = || invalid("column-missing", "column", &names.join(" / "));
        places.push(place.ok_or_else(missing)?);
    }
    let (mut items, mut report, mut seen) = (Vec::new(), Report::default(), HashSet::new());
    for row in source.rows().map_err(fault)? {
        let row = row.map_err(fault)?;
        let mut texts = places.iter().map(|at| row.at(*at).trim().to_owned());
        let mut next = || texts.next().unwrap_or_default();
        let (kind_text, code, major_code, major_name, name) = (next(), next(), next(), next(), next());
        match kind(&kind_text) {
            None => report.refuse(row.number(), [Remark::new(row.number(), "kind", Reason::UnknownValue)]),
            Some(_) if code.is_empty() => {
                report.refuse(row.number(), [Remark::new(row.number(), "code", Reason::Blank)]);
            }
            Some(_) if name.is_empty() => {
                report.refuse(row.number(), [Remark::new(row.number(), "name", Reason::Blank)]);
            }
            Some(kind) if !seen.insert((kind.code(), code.clone())) => {
                report.refuse(row.number(), [Remark::new(row.number(), "code", Reason::DuplicateId)]);
            }
            Some(kind) => {
                items.push(NewItem { kind, code, major_code, major_name, name });
                report.accept([]);
            }
        }
    }
    Ok((items, report))
}
