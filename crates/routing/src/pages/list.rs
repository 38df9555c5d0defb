//! The rules in their order, and what was tried with them.

use super::shown::{HOME, RuleLine, RunLine, around, rule_line, run_line};
use crate::dry;
use crate::policy::{self, Act};
use crate::queries;
use crate::told::Codes;
use axum::http::StatusCode;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page_with};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Req, Ui, export};

/// Dry runs that the page names.
const RUNS: i64 = 8;

#[derive(askama::Template)]
#[template(path = "routing/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rules: Vec<RuleLine>,
    runs: Vec<RunLine>,
    /// Of the form that asks for a dry run.
    form: Filled,
    may_edit: bool,
    may_try: bool,
}

pub(super) async fn page_of(req: Req) -> Answer {
    show(&req, None).await
}

/// The page, also with a form that was refused.
pub(super) async fn show(req: &Req, again: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(req)?;
    let (desk, index) = around(req).await?;
    let (ui, today) = (req.ui(), req.ctx.now.date());
    let inner = ui.clone();
    let read = req.read(move |ctx, tx| {
        let lines = queries::rules(ctx, tx)?;
        let codes = Codes::read(&inner, tx, &desk.catalogue, &index)?;
        let ids: Vec<_> = lines.iter().map(|l| l.edition.lead_unit).collect();
        let units = people::queries::unit_names(tx, &ids)?;
        let rules: Vec<RuleLine> =
            lines.into_iter().map(|line| rule_line(&inner, &codes, &units, today, line)).collect();
        Ok((rules, queries::runs(ctx, tx, RUNS)?))
    });
    let (rules, runs) = read.await.or_fail(req)?;
    let params = Params::parse(&req.query);
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(req, &ui, kind, &rules);
    }
    let status = if again.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (from, until) = dry::last_month(today);
    let view = ListPage {
        rules,
        runs: runs.iter().map(|run| run_line(&ui, run)).collect(),
        form: again.unwrap_or_else(|| Filled::new().set("from", from).set("until", until)),
        may_edit: policy::may(&req.ctx, Act::Edit),
        may_try: policy::may(&req.ctx, Act::Try),
        params,
        ui,
    };
    page_with(req, status, &view)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, rules: &[RuleLine]) -> Answer {
    let column = |key: &str, of: Kind| Column::new(ui.named("routing-column", key), of);
    let heads = [
        column("place", Kind::Int),
        column("rule", Kind::Int),
        column("edition", Kind::Int),
        column("name", Kind::Text),
        column("state", Kind::Text),
        column("condition", Kind::Text).width(60.0),
        column("unit", Kind::Text),
        column("mode", Kind::Text),
        column("done", Kind::Int),
        column("why", Kind::Text),
        column("made-by", Kind::Text),
        column("made-at", Kind::DateTime),
    ];
    let rows = rules.iter().zip(1_i64..).map(|(rule, place)| {
        let (of, edition) = (&rule.line.rule, &rule.line.edition);
        vec![
            Cell::Int(place),
            Cell::Int(of.number),
            Cell::Int(edition.number),
            Cell::from(edition.name.as_str()),
            Cell::from(rule.state.as_str()),
            Cell::from(rule.condition.as_str()),
            Cell::from(rule.unit.as_str()),
            Cell::from(rule.mode.as_str()),
            Cell::Int(rule.line.done),
            Cell::from(edition.why.as_str()),
            Cell::from(edition.made_by_name.as_str()),
            Cell::DateTime(edition.made_at.to_civil()),
        ]
    });
    export::answer(req, kind, &ui.t("menu-routing"), &heads, rows)
}
