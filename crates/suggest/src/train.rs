//! Learning from the city's own closed cases: reads, works outside of transactions, writes once. Bounded: the newest
//! thirty thousand cases, as many words and labels as [`classifier::Plan`] allows.

use crate::features::example;
use crate::model::{State, Target, Trained};
use crate::settings::{RULES, Rules};
use crate::store as rows;
use ::store::value::Json;
use ::store::{Db, Event, Tx};
use cases::queries::{Settled, settled};
use classifier::{Example, Figures, Model, Plan};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};

/// Newest cases that are learnt from: what a city does changes, and memory ends.
const MOST: usize = 30_000;
const PAGE: i64 = 500;

/// What learning came to, for one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    pub target: String,
    pub examples: usize,
    pub figures: Figures,
    /// `in-force`, `weak`, or `too-few`: then nothing was learnt.
    pub state: String,
}

/// Closed cases, oldest first.
fn cases(db: &Db) -> Result<Vec<Settled>> {
    let mut all: Vec<Settled> = Vec::new();
    while all.len() < MOST {
        let before = all.last().map(|case| (case.reported_at, case.id));
        let page = db.read_now(move |tx| settled(tx, before, PAGE))?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    all.truncate(MOST);
    all.reverse();
    Ok(all)
}

/// Whether this is good enough to be shown.
fn good(figures: &Figures, rules: &Rules) -> bool {
    let margin = usize::try_from(rules.margin * 10).unwrap_or(0);
    // no margin at all still asks for something to have been right
    figures.first > 0 && figures.first_share() >= figures.baseline_share() + margin
}

/// Learns anew for both targets and brings what is good enough into force. The same cases give the same model.
pub fn train(db: &Db, ctx: &Ctx) -> Result<Vec<Outcome>> {
    let rules = db.read_now(|tx| RULES.get(tx))?;
    let found = cases(db)?;
    let mut outcomes = Vec::new();
    for target in Target::ALL {
        let examples: Vec<Example> = found.iter().filter_map(|case| example(*target, case)).collect();
        let ctx = Ctx { now: db.now(), ..ctx.clone() };
        outcomes.push(learn(db, &ctx, *target, &examples, &rules)?);
    }
    Ok(outcomes)
}

fn learn(db: &Db, ctx: &Ctx, target: Target, examples: &[Example], rules: &Rules) -> Result<Outcome> {
    let count = i64::try_from(examples.len()).unwrap_or(i64::MAX);
    if count < rules.least_cases {
        let ctx_in = ctx.clone();
        db.write_now(ctx, move |tx| {
            // fewer cases than before, or a higher bar: what was shown is shown no more
            rows::retire(tx, target, 0)?;
            let event = Event::city("suggest.too-few").with("target", target.code()).with("cases", count);
            tx.record(&ctx_in, event)
        })?;
        return Ok(Outcome {
            target: target.code().to_owned(),
            examples: examples.len(),
            figures: Figures::default(),
            state: "too-few".to_owned(),
        });
    }
    let plan = Plan::default();
    let figures = classifier::measure(examples, &plan);
    let model = classifier::train(examples, &plan);
    let state = if good(&figures, rules) { State::InForce } else { State::Weak };
    let bytes = packed(&model)?;
    let (ctx_in, kept) = (ctx.clone(), figures.clone());
    db.write_now(ctx, move |tx| keep(&ctx_in, tx, target, state, count, kept, bytes))?;
    Ok(Outcome {
        target: target.code().to_owned(),
        examples: examples.len(),
        figures,
        state: state.code().to_owned(),
    })
}

fn keep(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    target: Target,
    state: State,
    examples: i64,
    figures: Figures,
    model: Vec<u8>,
) -> Result<()> {
    let number = rows::last_number(tx, target)? + 1;
    rows::retire(tx, target, number)?;
    let id: Id<Trained> = tx.new_id();
    let event = Event::new("suggest.trained", id)
        .with("target", target.code())
        .with("number", number)
        .with("state", state.code())
        .with("cases", examples)
        .with("first", percent(figures.first_share()))
        .with("baseline", percent(figures.baseline_share()));
    let trained_at = ctx.now;
    tx.insert(&Trained {
        id,
        target,
        number,
        state,
        trained_at,
        examples,
        figures: Json(figures),
        model,
        version: 1,
    })?;
    tx.record(ctx, event)
}

/// Thousandths as `81.4 %`.
pub(crate) fn percent(thousandths: usize) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

fn packed(model: &Model) -> Result<Vec<u8>> {
    let text = serde_json::to_vec(model).map_err(Problem::internal)?;
    zstd::encode_all(text.as_slice(), 3).map_err(Problem::internal)
}

pub(crate) fn unpacked(bytes: &[u8]) -> Result<Model> {
    let text = zstd::decode_all(bytes).map_err(Problem::internal)?;
    serde_json::from_slice(&text).map_err(Problem::internal)
}
