//! One inspection: how far it has come, what its plan comes to, what binds it, and what can be done now.

use crate::model::Inspection;
use crate::policy::{self, Act};
use crate::queries::{self, Whole};
use crate::register::{Prepared, prepare};
use crate::show::{self, Known};
use crate::workflow::{INSPECTION, State};
use axum::http::StatusCode;
use kernel::workflow::Named;
use web::error::{OrFail, page_with};
use web::form::Filled;
use web::parts::{Fact, Line, Stage, Step};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "inspections/view.html")]
struct ViewPage {
    ui: Ui,
    form: Filled,
    number: String,
    name: String,
    version: i64,
    state: (&'static str, String),
    steps: Vec<Step>,
    facts: Vec<Fact>,
    /// What binds it, once it is committed.
    bound: Vec<Fact>,
    strata: Vec<StratumRow>,
    count: usize,
    size: usize,
    warnings: Vec<String>,
    /// Points that are visited, and how many were replaced; once it is drawn.
    points: Option<(usize, usize)>,
    may_prove: bool,
    /// Whether it was said who goes where.
    sent: bool,
    moves: Vec<&'static str>,
    history: Vec<Line>,
}

struct StratumRow {
    title: String,
    size: usize,
    take: usize,
}

impl ViewPage {
    fn may(&self, step: &str) -> bool {
        self.moves.contains(&step)
    }

    /// While points may be visited, by whoever plans.
    fn may_send(&self) -> bool {
        self.sent || self.may("start") || self.may("end")
    }
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, StatusCode::OK, Filled::new()).await
}

pub(super) async fn show_with(req: &Req, number: String, status: StatusCode, form: Filled) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(req)?;
    let known = Known::of(req).await?;
    let index = known.index.clone();
    let read = req.read(move |ctx, tx| {
        let whole = queries::whole(ctx, tx, &number)?;
        let prepared = match whole.inspection.state {
            State::Planned => Some(prepare(ctx, tx, &index, &whole.inspection)?),
            _ => None,
        };
        let history = store::audit::history(tx, whole.inspection.id)?;
        let sent = policy::may(ctx, Act::Plan) && queries::is_sent(tx, whole.inspection.id)?;
        Ok((whole, prepared, history, sent))
    });
    let (whole, prepared, history, sent) = read.await.or_fail(req)?;
    let ui = req.ui();
    let strata = strata(&ui, &known, &whole, prepared.as_ref());
    let inspection = &whole.inspection;
    let drawn = whole.draw.as_ref().is_some_and(|d| d.drawn_at.is_some());
    let moves = if policy::may(&req.ctx, Act::Plan) {
        INSPECTION.from(inspection.state).map(|m| m.name.code()).collect()
    } else {
        Vec::new()
    };
    let size = match (&prepared, &whole.draw) {
        (Some(prepared), _) => prepared.entries.len(),
        (None, draw) => draw.as_ref().map_or(0, |d| d.register.0.len()),
    };
    let view = ViewPage {
        state: (inspection.state.mood(), show::state(&ui, inspection.state)),
        steps: steps(&ui, &whole),
        facts: facts(&ui, inspection),
        bound: whole.draw.as_ref().map(|d| show::bound(&ui, inspection, d)).unwrap_or_default(),
        count: strata.iter().map(|s| s.take).sum(),
        strata,
        size,
        warnings: prepared.map(|p| warnings(&ui, &known, &p)).unwrap_or_default(),
        points: drawn.then(|| (whole.visited().count(), whole.replaced().len())),
        sent,
        may_prove: drawn && policy::may(&req.ctx, Act::Prove),
        moves,
        history: web::events::lines(&ui, &history, look),
        number: inspection.number.clone(),
        name: inspection.name.clone(),
        version: inspection.version,
        form,
        ui,
    };
    page_with(req, status, &view)
}

fn strata(ui: &Ui, known: &Known, whole: &Whole, prepared: Option<&Prepared>) -> Vec<StratumRow> {
    if let Some(prepared) = prepared {
        let row = |s: &crate::register::Sized| StratumRow {
            title: known.stratum(ui, &s.stratum),
            size: s.size,
            take: s.stratum.take,
        };
        return prepared.strata.iter().map(row).collect();
    }
    let Some(draw) = &whole.draw else { return Vec::new() };
    let strata = draw.plan().map(|plan| plan.strata).unwrap_or_default();
    let size = |s: &draw::Stratum| {
        let of = |row: &&draw::Row| row.get(1) == Some(&s.kind) && row.get(2) == Some(&s.division);
        draw.register.0.iter().filter(of).count()
    };
    strata.iter().map(|s| StratumRow { title: known.stratum(ui, s), size: size(s), take: s.take }).collect()
}

/// What the plan cannot have.
fn warnings(ui: &Ui, known: &Known, prepared: &Prepared) -> Vec<String> {
    let mut warnings = Vec::new();
    if !prepared.empty.is_empty() {
        let names: Vec<String> = prepared.empty.iter().map(|code| known.kind(ui, code)).collect();
        warnings.push(ui.ta("inspection-empty", [("types", names.join(&ui.t("inspection-between")))]));
    }
    warnings.extend(prepared.strata.iter().filter_map(|s| {
        let args = [
            ("stratum", known.stratum(ui, &s.stratum)),
            ("asked", ui.number(s.short?)),
            ("size", ui.number(s.size)),
        ];
        Some(ui.ta("inspection-short", args))
    }));
    if prepared.excluded > 0 {
        warnings.push(ui.n("inspection-excluded", prepared.excluded));
    }
    warnings
}

fn facts(ui: &Ui, inspection: &Inspection) -> Vec<Fact> {
    let label = |name: &str| ui.named("label", name);
    let mut facts = vec![
        Fact::new(ui.t("inspection-days"), show::days(ui, inspection)),
        Fact::new(label("inspection_method"), ui.named("inspection-method", inspection.method.code())),
        Fact::new(
            ui.t("inspection-strata"),
            ui.t(if inspection.by_division { "inspection-by-type-division" } else { "inspection-by-type" }),
        ),
        Fact::new(label("inspection_exclude"), ui.n("inspection-months", inspection.exclude_months)),
        Fact::new(label("inspection_second"), format!("{} %", inspection.second_percent)),
        Fact::new(label("inspection_public"), inspection.public_source.clone()),
        Fact::new(ui.t("inspection-planned-by"), inspection.created_by.clone()),
    ];
    if !inspection.reason.is_empty() {
        facts.push(Fact::new(label("inspection_reason"), inspection.reason.clone()).wide());
    }
    facts
}

/// The five states of the way; one that was cancelled stands where it was given up.
fn steps(ui: &Ui, whole: &Whole) -> Vec<Step> {
    const WAY: [State; 5] = [State::Planned, State::Committed, State::Drawn, State::Underway, State::Ended];
    let state = whole.inspection.state;
    let draw = whole.draw.as_ref();
    let reached = match state {
        State::Cancelled => draw.map_or(0, |d| 1 + usize::from(d.drawn_at.is_some())),
        state => WAY.iter().position(|s| *s == state).unwrap_or_default(),
    };
    let at = |of: State| match of {
        State::Planned => Some(whole.inspection.created_at),
        State::Committed => draw.map(|d| d.committed_at),
        State::Drawn => draw.and_then(|d| d.drawn_at),
        _ => None,
    };
    WAY.iter()
        .enumerate()
        .map(|(n, of)| Step {
            name: show::state(ui, *of),
            meta: at(*of).map(|at| ui.short(&at)).unwrap_or_default(),
            stage: match n.cmp(&reached) {
                std::cmp::Ordering::Less => Stage::Done,
                std::cmp::Ordering::Equal if state == State::Ended => Stage::Done,
                std::cmp::Ordering::Equal => Stage::Current,
                std::cmp::Ordering::Greater => Stage::ToCome,
            },
            late: state == State::Cancelled && n == reached,
        })
        .collect()
}

fn look(verb: &str) -> (&'static str, &'static str) {
    match verb.rsplit('.').next() {
        Some("planned") => ("plus", "brand"),
        Some("committed") => ("lock", "brand"),
        Some("drawn") => ("arrows-sort", "brand"),
        Some("cancelled") => ("ban", "late"),
        Some("replaced") => ("arrows-exchange", "soon"),
        Some("ended") => ("circle-check", "ok"),
        _ => ("pencil", ""),
    }
}
