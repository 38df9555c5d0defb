//! Names of types and divisions, and a draw in words: what pages, paper and tables say alike.

use crate::model::{Draw, Drawn, Inspection};
use crate::queries::Whole;
use crate::workflow::State;
use draw::{Record, Stratum};
use kernel::problem::Result;
use kernel::workflow::Named;
use places::PlaceIndex;
use places::model::SiteType;
use std::collections::HashMap;
use std::sync::Arc;
use web::error::OrFail;
use web::parts::Fact;
use web::{Answer, Req, Ui};

/// What codes are called.
pub(crate) struct Known {
    pub(crate) index: Arc<PlaceIndex>,
    pub(crate) types: Vec<SiteType>,
}

impl Known {
    pub(crate) async fn of(req: &Req) -> Answer<Self> {
        let index = places::kept::index(&req.city).await.or_fail(req)?;
        let types = req.read(|_, tx| places::queries::all_site_types(tx)).await.or_fail(req)?;
        Ok(Self { index, types })
    }

    pub(crate) fn kind(&self, ui: &Ui, code: &str) -> String {
        let found = self.types.iter().find(|t| t.code == code);
        found.map_or_else(|| code.to_owned(), |t| t.name(ui.locale()).to_owned())
    }

    /// The division of a stratum; the whole city where it is not divided.
    pub(crate) fn division(&self, ui: &Ui, code: &str) -> String {
        if code.is_empty() {
            return ui.t("inspection-whole-city");
        }
        self.index.by_code(code).map_or_else(|| code.to_owned(), |node| node.name.to_string())
    }

    pub(crate) fn stratum(&self, ui: &Ui, stratum: &Stratum) -> String {
        format!("{} · {}", self.kind(ui, &stratum.kind), self.division(ui, &stratum.division))
    }
}

pub(crate) fn state(ui: &Ui, state: State) -> String {
    ui.named("inspection-state", state.code())
}

/// 2026年3月9日至13日 / 9 to 13 March 2026, as the language has it.
pub(crate) fn days(ui: &Ui, inspection: &Inspection) -> String {
    let (from, until) = (ui.date(&inspection.from_date), ui.date(&inspection.until_date));
    ui.ta("inspection-from-until", [("from", from), ("until", until)])
}

/// What binds a draw, for everybody.
pub(crate) fn bound(ui: &Ui, inspection: &Inspection, draw: &Draw) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(ui.t("inspection-commitment"), draw.commitment.clone()).wide(),
        Fact::new(ui.t("inspection-register-hash"), draw.register_hash.clone()).wide(),
        Fact::new(ui.t("inspection-register-size"), ui.number(draw.register.0.len())),
        Fact::new(ui.t("inspection-committed-at"), ui.time(&draw.committed_at)),
        Fact::new(ui.t("label-inspection_public"), inspection.public_source.clone()).wide(),
    ];
    if let Some(at) = draw.drawn_at {
        facts.push(Fact::new(ui.t("label-inspection_value"), draw.public_value.clone()));
        facts.push(Fact::new(ui.t("label-inspection_witness"), draw.witness.clone()));
        facts.push(Fact::new(ui.t("inspection-drawn-at"), ui.time(&at)));
    }
    facts
}

/// A point that was drawn, in a certificate.
pub(crate) struct PointLine {
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) place: usize,
    pub(crate) second: bool,
}

/// A stratum of a certificate.
pub(crate) struct StratumLine {
    pub(crate) title: String,
    pub(crate) size: usize,
    pub(crate) points: Vec<PointLine>,
    /// The next in order, the first few.
    pub(crate) reserves: String,
}

/// A replacement in a certificate.
pub(crate) struct SwapLine {
    pub(crate) out: String,
    pub(crate) stands_in: String,
    pub(crate) reason: String,
    pub(crate) at: String,
}

/// A whole draw in words.
pub(crate) struct Certificate {
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) hashes: Vec<Fact>,
    pub(crate) strata: Vec<StratumLine>,
    pub(crate) swaps: Vec<SwapLine>,
    pub(crate) count: usize,
    pub(crate) second: usize,
}

/// Reserves named on a certificate; all of them stand in `draw.json`.
const RESERVES: usize = 5;

impl Certificate {
    pub(crate) fn new(ui: &Ui, known: &Known, whole: &Whole) -> Result<(Self, Record)> {
        let record = whole.record()?;
        let inspection = &whole.inspection;
        let names: HashMap<&str, &str> = record
            .register
            .iter()
            .filter_map(|row| Some((row.first()?.as_str(), row.get(3)?.as_str())))
            .collect();
        let called = |number: &str| {
            let name = names.get(number).copied().unwrap_or_default();
            format!("{number} {name}")
        };
        let strata = record.strata.iter().map(|s| {
            let points = s.drawn.iter().enumerate().map(|(nth, number)| PointLine {
                number: number.clone(),
                name: names.get(number.as_str()).copied().unwrap_or_default().to_owned(),
                place: nth + 1,
                second: record.second.contains(number),
            });
            let stratum = Stratum { kind: s.kind.clone(), division: s.division.clone(), take: 0 };
            let reserves: Vec<&str> = s.reserves.iter().take(RESERVES).map(String::as_str).collect();
            StratumLine {
                title: known.stratum(ui, &stratum),
                size: s.drawn.len() + s.reserves.len(),
                points: points.collect(),
                reserves: reserves.join(&ui.t("inspection-between")),
            }
        });
        let replaced = whole.replaced();
        let swaps = replaced.iter().map(|p: &&Drawn| SwapLine {
            out: called(&p.number),
            stands_in: called(&p.out_in),
            reason: p.out_reason.clone(),
            at: p.out_at.map(|at| ui.time(&at)).unwrap_or_default(),
        });
        let draw = whole.draw.as_ref();
        let certificate = Self {
            number: inspection.number.clone(),
            name: inspection.name.clone(),
            facts: draw.map(|d| facts(ui, inspection, d)).unwrap_or_default(),
            hashes: hashes(ui, &record),
            count: record.strata.iter().map(|s| s.drawn.len()).sum(),
            second: record.second.len(),
            strata: strata.collect(),
            swaps: swaps.collect(),
        };
        Ok((certificate, record))
    }
}

fn facts(ui: &Ui, inspection: &Inspection, draw: &Draw) -> Vec<Fact> {
    vec![
        Fact::new(ui.t("inspection-days"), days(ui, inspection)),
        Fact::new(ui.t("inspection-register-size"), ui.number(draw.register.0.len())),
        Fact::new(ui.t("inspection-committed-at"), ui.time(&draw.committed_at)),
        Fact::new(ui.t("inspection-drawn-at"), draw.drawn_at.map(|at| ui.time(&at)).unwrap_or_default()),
        Fact::new(ui.t("label-inspection_public"), inspection.public_source.clone()),
        Fact::new(ui.t("label-inspection_value"), draw.public_value.clone()),
        Fact::new(ui.t("label-inspection_witness"), draw.witness.clone()),
    ]
}

fn hashes(ui: &Ui, record: &Record) -> Vec<Fact> {
    [
        ("inspection-commitment", &record.commitment),
        ("inspection-register-hash", &record.register_hash),
        ("inspection-secret", &record.secret),
        ("inspection-seed", &record.seed),
        ("inspection-result", &record.result),
        ("inspection-supplement", &record.supplement),
    ]
    .into_iter()
    .map(|(key, hash)| Fact::new(ui.t(key), hash.clone()).wide())
    .collect()
}
