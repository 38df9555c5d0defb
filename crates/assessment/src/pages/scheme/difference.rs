//! What differs between two editions.

use crate::scheme::diff::{self, Difference, What};
use crate::scheme::queries;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/scheme/difference.html")]
struct DifferencePage {
    ui: Ui,
    base: String,
    name: String,
    number: String,
    with: String,
    choices: Vec<(String, String)>,
    rows: Vec<Line>,
}

struct Line {
    code: String,
    name: String,
    what: String,
    mood: &'static str,
    fields: Vec<(String, String, String)>,
}

fn line(ui: &Ui, of: &Difference) -> Line {
    Line {
        code: of.code.clone(),
        name: of.name.clone(),
        what: ui.named("scheme-difference", of.what.code()),
        mood: match of.what {
            What::Added => "ok",
            What::Removed => "late",
            What::Changed => "soon",
        },
        fields: of
            .fields
            .iter()
            .map(|(key, was, is)| (ui.t(format!("label-{key}")), was.clone(), is.clone()))
            .collect(),
    }
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let asked = params.get("with").to_owned();
    let read = req.read(move |ctx, tx| {
        let after = queries::full(ctx, tx, &number)?;
        let with = match asked.as_str() {
            "" => {
                queries::origin(tx, &after.scheme)?.map_or_else(|| after.scheme.number.clone(), |s| s.number)
            }
            other => other.to_owned(),
        };
        let before = queries::full(ctx, tx, &with)?;
        Ok((before, after, queries::schemes(ctx, tx)?))
    });
    let (before, after, schemes) = read.await.or_fail(&req)?;
    let found = diff::between(&before.placed, &after.placed);
    let ui = req.ui();
    let rows: Vec<Line> = found.iter().map(|d| line(&ui, d)).collect();
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, &rows, (&before.scheme.number, &after.scheme.number));
    }
    let text = |s: &crate::scheme::model::Scheme| {
        format!("{} {} {}", s.number, s.name, ui.ta("scheme-edition", [("edition", s.edition.to_string())]))
    };
    let view = DifferencePage {
        base: format!("/assessment/schemes/{}", after.scheme.number),
        name: after.scheme.name.clone(),
        number: after.scheme.number.clone(),
        with: before.scheme.number.clone(),
        choices: schemes.iter().map(|s| (s.number.clone(), text(s))).collect(),
        rows,
        ui,
    };
    page(&req, &view)
}

fn exported(req: &Req, kind: sheets::FileKind, rows: &[Line], of: (&str, &str)) -> Answer {
    let ui = req.ui();
    let heads = [
        Column::new(ui.t("label-node_code"), Kind::Text),
        Column::new(ui.t("label-node_name"), Kind::Text).width(30.0),
        Column::new(ui.t("scheme-difference-what"), Kind::Text),
        Column::new(ui.t("scheme-difference-field"), Kind::Text),
        Column::new(of.0, Kind::Text).width(30.0),
        Column::new(of.1, Kind::Text).width(30.0),
    ];
    let mut cells = Vec::new();
    for row in rows {
        let start =
            || [Cell::from(row.code.as_str()), Cell::from(row.name.as_str()), Cell::from(row.what.as_str())];
        if row.fields.is_empty() {
            cells.push(start().to_vec());
        }
        for (field, was, is) in &row.fields {
            let mut line = start().to_vec();
            line.extend([Cell::from(field.as_str()), Cell::from(was.as_str()), Cell::from(is.as_str())]);
            cells.push(line);
        }
    }
    export::answer(req, kind, &ui.t("scheme-difference-title"), &heads, cells)
}
