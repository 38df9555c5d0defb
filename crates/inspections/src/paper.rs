//! The certificate of a draw as an official paper.

use crate::show::Certificate;
use papers::{Annex, Block, Closing, Code, Document, Level, Table};
use web::Ui;

/// `city` signs; the code leads to the page on which everybody can check the draw.
pub(crate) fn certificate(ui: &Ui, of: &Certificate) -> Document {
    let organ = ui.ta("inspection-organ", [("city", ui.city.clone())]);
    let table = |rows: Vec<(String, String)>| Table {
        head: Vec::new(),
        rows: rows.into_iter().map(|(name, value)| vec![name, value]).collect(),
        widths: vec![3, 9],
    };
    let pairs = |facts: &[web::parts::Fact]| -> Vec<(String, String)> {
        facts.iter().map(|f| (f.name.clone(), f.value.clone())).collect()
    };
    let counts = [("count", ui.number(of.count)), ("second", ui.number(of.second))];
    let mut document = Document {
        head: organ.clone(),
        title: ui.ta("inspection-paper", [("name", of.name.clone()), ("number", of.number.clone())]),
        closing: Some(Closing { organ, date: ui.date(&ui.now().date()) }),
        code: Some(Code {
            text: format!("{}/public/draws/{}", ui.base_url(), of.number),
            caption: ui.t("inspection-code"),
        }),
        ..Document::default()
    }
    .paragraph(ui.ta("inspection-paper-lead", counts))
    .item(Level::First, ui.t("inspection-facts"))
    .table(table(pairs(&of.facts)))
    .item(Level::First, ui.t("inspection-hashes"))
    .table(table(pairs(&of.hashes)));
    if !of.swaps.is_empty() {
        let head = ["inspection-out", "inspection-in", "label-inspection_reason", "inspection-out-at"];
        let rows =
            of.swaps.iter().map(|s| vec![s.out.clone(), s.stands_in.clone(), s.reason.clone(), s.at.clone()]);
        let table = Table {
            head: head.map(|key| ui.t(key)).to_vec(),
            rows: rows.collect(),
            widths: vec![4, 4, 3, 3],
        };
        document = document.item(Level::First, ui.t("inspection-swaps")).table(table);
    }
    document.annex_names.push(ui.t("inspection-annex"));
    document.annexes.push(Annex { title: ui.t("inspection-annex"), body: vec![Block::Table(drawn(ui, of))] });
    document
}

fn drawn(ui: &Ui, of: &Certificate) -> Table {
    let head = ["inspection-stratum", "inspection-place", "inspection-point", "inspection-second-visit"];
    let rows = of.strata.iter().flat_map(|s| {
        s.points.iter().map(|p| {
            vec![
                s.title.clone(),
                p.place.to_string(),
                format!("{} {}", p.number, p.name),
                if p.second { ui.t("inspection-yes") } else { String::new() },
            ]
        })
    });
    Table { head: head.map(|key| ui.t(key)).to_vec(), rows: rows.collect(), widths: vec![4, 1, 6, 2] }
}
