//! What a case's page shows of the round that it came from, and what of rounds waits for the office.

use crate::policy::{self, Act};
use crate::rounds::queries::{self, Filter};
use crate::rounds::store as rows;
use crate::rounds::workflow::State;
use ::store::Tx;
use cases::beside::{Aside, Neighbour};
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::Ui;
use web::parts::Tile;

#[derive(Debug)]
pub(crate) struct Beside;

impl Neighbour for Beside {
    fn asides(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Aside>> {
        let Some((number, row)) = rows::of_case(tx, case.id)? else { return Ok(Vec::new()) };
        // who may not see the round is not told of it
        let Ok((round, sight)) = queries::see(ctx, tx, &number) else { return Ok(Vec::new()) };
        if !sight.is_whole() {
            return Ok(Vec::new());
        }
        Ok(vec![Aside {
            title: ui.t("round-aside-title"),
            text: ui.ta("round-aside-text", [("name", round.name), ("row", row.to_string())]),
            pair: None,
            href: format!("/assessment/rounds/{number}/rows/{row}"),
            link: ui.t("round-aside-link"),
            mood: "",
        }])
    }

    fn today(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Tile>> {
        if !policy::may(ctx, Act::Match) {
            return Ok(Vec::new());
        }
        let wanted = Filter { state: Some(State::Draft), words: String::new() };
        let drafts = queries::list(ctx, tx, &wanted, None, web::list::PAGE_SIZE)?.0.rows;
        let open: i64 = drafts.iter().map(|listed| listed.summary.open).sum();
        let Some(first) = drafts.iter().find(|listed| listed.summary.open > 0) else { return Ok(Vec::new()) };
        Ok(vec![Tile {
            label: ui.t("round-today"),
            value: ui.number(open),
            unit: String::new(),
            note: first.round.name.clone(),
            href: format!("/assessment/rounds/{}/desk", first.round.number),
            mood: "soon",
        }])
    }
}
