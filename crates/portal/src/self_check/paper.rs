//! The report as a document, in the reader's language.

use super::{Kept, Report, Status};
use kernel::workflow::Named;
use papers::{Closing, Document, Level, Table};
use web::Ui;

/// Writes it. `city` signs.
pub(crate) fn paper(ui: &Ui, report: &Report) -> Document {
    let organ = ui.ta("self-check-organ", [("city", ui.city.clone())]);
    let counts = [Status::Pass, Status::Attention, Status::Absent]
        .map(|status| (status.code(), report.count(status).to_string()));
    let mut document = Document {
        head: organ.clone(),
        title: ui.t("self-check-paper"),
        closing: Some(Closing { organ, date: ui.date(&ui.now().date()) }),
        ..Document::default()
    }
    .paragraph(ui.t("self-check-lead"))
    .paragraph(ui.ta("self-check-counts", &counts));
    for line in &report.lines {
        let duty = format!("duty-{}", line.duty);
        document = document.item(Level::First, ui.t(&duty)).table(Table {
            head: Vec::new(),
            rows: rows(ui, &duty, line),
            widths: vec![3, 11],
        });
    }
    document
}

fn rows(ui: &Ui, duty: &str, line: &super::Line) -> Vec<Vec<String>> {
    let status = line.status();
    let mut rows = vec![
        vec![ui.t("self-check-source"), ui.attribute(duty, "source")],
        vec![ui.t("self-check-how"), ui.attribute(duty, "how")],
        vec![ui.t("self-check-status"), ui.named("self-check-status", status.code())],
    ];
    let figures: Vec<String> = line.evidence.iter().map(|e| e.sentence(ui)).collect();
    if !figures.is_empty() {
        rows.push(vec![ui.t("self-check-evidence"), figures.join("\n")]);
    }
    for switch in &line.switches {
        rows.push(vec![ui.named("switch", &switch.code), switch_text(ui, switch)]);
    }
    if status == Status::Attention {
        rows.push(vec![ui.t("self-check-todo"), ui.attribute(duty, "todo")]);
    }
    rows
}

/// How a switch stands, who turned it and why, in one line.
pub(crate) fn switch_text(ui: &Ui, switch: &super::SwitchLine) -> String {
    let mut parts = vec![ui.t(if switch.on { "switch-on" } else { "switch-off" })];
    if let Some(at) = switch.at {
        parts.push(ui.ta("switch-by", [("by", switch.by.clone()), ("at", ui.time(&at))]));
    }
    if switch.on {
        parts.push(switch.reason.clone());
        parts.extend(switch.until.map(|day| ui.ta("switch-until", [("date", ui.date(&day))])));
    }
    parts.join(" · ")
}

impl Kept {
    /// How a file of it is called.
    pub(crate) fn file_name(&self, ui: &Ui) -> String {
        format!("{}-{}", ui.t("menu-self-check"), self.made_at.date())
    }
}
