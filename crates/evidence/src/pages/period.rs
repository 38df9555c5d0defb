//! A period: how far each standard is, gaps first; by unit; and the form that changes it.

use super::periods::{limit_fields, window};
use crate::forms::{self, LIMITS};
use crate::model::PeriodState;
use crate::policy::{self, Act};
use crate::queries::{self, Coverage, CoverageLine, Level};
use crate::{commands, show};
use axum::http::StatusCode;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "evidence/period.html")]
struct PeriodPage {
    ui: Ui,
    params: Params,
    form: Filled,
    of: Coverage,
    /// Standards, those with gaps first; or the tree.
    lines: Vec<CoverageLine>,
    tree: bool,
    units: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    limits: [&'static str; 4],
    window: String,
    state: String,
    levels: Vec<(String, String)>,
    may_plan: bool,
    may_ask: bool,
    may_bundle: bool,
}

impl PeriodPage {
    fn kind(&self, of: &queries::Covered) -> String {
        show::kind(&self.ui, of.kind)
    }

    fn level(&self, of: &queries::Covered) -> String {
        show::level(&self.ui, of.level)
    }

    fn is_open(&self) -> bool {
        self.of.period.state == PeriodState::Open
    }

    /// What is asked for by the button beside a gap.
    fn ask(&self, line: &CoverageLine, of: &queries::Covered) -> String {
        format!(
            "/evidence/requests/new?period={}&codes={}&evidence_kind={}",
            self.of.period.number,
            web::ui::encode(&line.standard.code),
            of.kind.code()
        )
    }
}

fn chosen(of: &Coverage, params: &Params) -> Vec<CoverageLine> {
    let unit = params.get("lead");
    let level = Level::parse(params.get("level"));
    let mut lines = of.lines.clone();
    if !unit.is_empty() {
        lines.retain(|line| line.standard.divided || line.standard.lead_unit == unit);
    }
    if let Some(level) = level {
        lines.retain(|line| line.standard.divided || line.kinds.iter().any(|of| of.level == level));
    }
    if params.has("show", "tree") {
        return lines;
    }
    lines.retain(|line| !line.standard.divided);
    // nothing named and nothing there stands last
    lines.sort_by_key(|line| line.level().map_or(9, |level| level as usize));
    lines
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, None, StatusCode::OK).await
}

async fn show_with(req: &Req, number: String, form: Option<Filled>, status: StatusCode) -> Answer {
    let params = Params::parse(&req.query);
    let of = req.read(move |ctx, tx| queries::coverage(ctx, tx, &number)).await.or_fail(req)?;
    let ui = req.ui();
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(req, &ui, kind, &of, &params);
    }
    let period = &of.period;
    let blank = || {
        let form = Filled::new().set("period_name", &period.name);
        let form = form.set("opens", period.opens).set("closes", period.closes);
        limit_fields(form, |kind| period.limits.0.of(kind))
    };
    let units = of.units.iter().filter(|gap| !gap.unit.is_empty());
    let view = PeriodPage {
        form: form.unwrap_or_else(blank),
        lines: chosen(&of, &params),
        tree: params.has("show", "tree"),
        units: units.map(|gap| (gap.unit.clone(), gap.unit.clone())).collect(),
        kinds: super::kinds(&ui),
        limits: LIMITS,
        window: window(&ui, period),
        state: show::period_state(&ui, period.state),
        levels: show::options::<Level>(&ui, "evidence-level"),
        may_plan: policy::everywhere(&req.ctx, Act::Plan),
        may_ask: policy::everywhere(&req.ctx, Act::Ask),
        may_bundle: of.counts[3] > 0 && policy::everywhere(&req.ctx, Act::Bundle),
        of,
        params,
        ui,
    };
    page_with(req, status, &view)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, of: &Coverage, params: &Params) -> Answer {
    let column =
        |key: &str, width: f64| Column::new(ui.named("evidence-column", key), Type::Text).width(width);
    let heads = [
        column("code", 14.0),
        column("standard", 50.0),
        column("lead", 24.0),
        column("kind", 14.0),
        column("level", 12.0),
        column("there", 40.0),
    ];
    let lines = chosen(of, params);
    let cells = lines.iter().flat_map(|line| {
        line.kinds.iter().map(|covered| {
            vec![
                Cell::from(line.standard.code.as_str()),
                Cell::from(line.standard.name.as_str()),
                Cell::from(line.standard.lead_unit.as_str()),
                Cell::Text(show::kind(ui, covered.kind).into()),
                Cell::Text(show::level(ui, covered.level).into()),
                Cell::Text(covered.numbers.join(" ").into()),
            ]
        })
    });
    export::answer(req, kind, &of.period.name, &heads, cells)
}

pub(super) async fn save(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require_city(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let of = number.clone();
    let done = match forms::period_edit(&form) {
        Ok(edit) => req.write(move |ctx, tx| commands::edit_period(ctx, tx, (&of, version), edit)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(redirect(&req, &format!("/evidence/periods/{number}"), "evidence-saved", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, number, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

pub(super) async fn state(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let version = forms::version(&form).or_fail(&req)?;
    let to = form.choice::<PeriodState>("state").map_err(|e| kernel::problem::Problem::invalid(vec![e]));
    let to = to.or_fail(&req)?.unwrap_or(PeriodState::Closed);
    let of = number.clone();
    let done = req.write(move |ctx, tx| commands::set_period_state(ctx, tx, (&of, version), to));
    done.await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/evidence/periods/{number}"), "evidence-saved", &number))
}
