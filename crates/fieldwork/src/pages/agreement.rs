//! How far two visits of the same points agree, for the office.

use crate::policy::{self, Act};
use crate::queries::{self, LEAST};
use crate::sheet_view::said;
use checklist::words;
use estimates::Agreement;
use kernel::workflow::Named;
use scoring::Exact;
use web::error::{OrFail, page};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "fieldwork/agreement.html")]
struct AgreementPage {
    ui: Ui,
    number: String,
    name: String,
    points: usize,
    all: Option<Row>,
    standards: Vec<Row>,
    drifts: Vec<DriftRow>,
    differing: Vec<Differs>,
    more: usize,
    least: u64,
}

struct Row {
    standard: String,
    pairs: u64,
    same: String,
    kappa: String,
    interval: String,
}

struct DriftRow {
    name: String,
    pairs: u64,
    /// Empty where too few pairs are there.
    differing: String,
    difference: String,
}

struct Differs {
    standard: String,
    point: String,
    path: String,
    first: (String, String, String),
    second: (String, String, String),
}

/// Differences that the page lists.
const SHOWN: usize = 100;

fn row(standard: String, of: &Agreement) -> Row {
    Row {
        standard,
        pairs: of.pairs,
        same: format!("{:.1} %", of.observed * 100.0),
        kappa: of.kappa.map_or_else(|| "–".to_owned(), |k| format!("{:.2}", k.value)),
        // its spread is one of large samples: of few pairs it would say more than is known
        interval: of
            .kappa
            .filter(|_| of.pairs >= LEAST)
            .map_or_else(|| "–".to_owned(), |k| format!("{:.2} – {:.2}", k.from, k.until)),
    }
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Compare).or_fail(&req)?;
    let found = req.read(move |ctx, tx| queries::agreement(ctx, tx, &number)).await.or_fail(&req)?;
    let ui = req.ui();
    let side = |o: &crate::model::Observed| {
        let why = said(ui.locale(), &words::reason(&o.why.0));
        (ui.named("field-outcome", o.outcome.code()), why, o.record_number.clone())
    };
    let differing = found.differing.iter().take(SHOWN).map(|p| Differs {
        standard: p.first.standard.clone(),
        point: p.first.point_name.clone(),
        path: p.first.path.clone(),
        first: side(&p.first),
        second: side(&p.second),
    });
    let drift = |d: &queries::Drift| DriftRow {
        name: d.name.clone(),
        pairs: d.pairs,
        differing: if d.is_said() {
            ui.percent(
                i64::try_from(d.differing).unwrap_or(i64::MAX),
                i64::try_from(d.pairs).unwrap_or(i64::MAX),
            )
        } else {
            String::new()
        },
        difference: d
            .difference
            .as_ref()
            .map(|by| {
                let points = (by * &Exact::from(100_i64)).round(1);
                if points.is_negative() || points.is_zero() {
                    points.to_string()
                } else {
                    format!("+{points}")
                }
            })
            .unwrap_or_default(),
    };
    let view = AgreementPage {
        number: found.inspection.number.clone(),
        name: found.inspection.name.clone(),
        points: found.points,
        all: found.all.as_ref().map(|a| row(String::new(), a)),
        standards: found.standards.iter().map(|(code, a)| row(code.clone(), a)).collect(),
        drifts: found.drifts.iter().map(drift).collect(),
        differing: differing.collect(),
        more: found.differing.len().saturating_sub(SHOWN),
        least: LEAST,
        ui,
    };
    page(&req, &view)
}
