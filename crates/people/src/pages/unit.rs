//! A unit's page.

use super::log;
use crate::UnitRow;
use crate::model::{UnitMove, UnitState};
use crate::policy::{self, Act, POLICY};
use crate::queries::{self, AccountFilter, AccountLine, UnitFilter, UnitLine};
use crate::workflow;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use store::Tx;
use store::audit::HistoryLine;
use web::error::{OrFail, page};
use web::parts::{Fact, Line, Move};
use web::{Answer, Path, Req, Ui};

/// What the page shows, read at one moment.
pub(super) struct Found {
    pub(super) unit: UnitRow,
    above: Vec<UnitRow>,
    kind: String,
    below: Vec<UnitLine>,
    people: Vec<AccountLine>,
    merged_into: Option<UnitRow>,
    history: Vec<HistoryLine>,
}

/// How many units below and people are shown; the lists have them all.
const SHOWN: i64 = 30;

fn read(ctx: &Ctx, tx: &mut Tx<'_>, code: &str) -> Result<Found> {
    let unit = queries::unit_by_code(tx, code)?.ok_or_else(Problem::not_found)?;
    POLICY.require(ctx, Act::SeeUnits, &policy::of_unit(unit.id), true)?;
    let filter = UnitFilter {
        state: Some(UnitState::Active),
        below: Some(unit.path.clone()),
        ..UnitFilter::default()
    };
    let people = AccountFilter { units: Some(vec![unit.id]), ..AccountFilter::default() };
    Ok(Found {
        above: queries::above(tx, &unit)?,
        kind: queries::kind_names(tx, ctx.locale)?.remove(&unit.kind).unwrap_or_default(),
        below: queries::units(tx, &filter, unit.path.as_str(), SHOWN)?,
        people: queries::accounts(tx, ctx, &people, None, SHOWN)?,
        merged_into: match unit.merged_into {
            Some(id) => queries::unit(tx, id)?,
            None => None,
        },
        history: store::audit::history(tx, unit.id)?,
        unit,
    })
}

#[derive(askama::Template)]
#[template(path = "unit.html")]
struct UnitPage {
    ui: Ui,
    found: Found,
    facts: Vec<Fact>,
    moves: Vec<Move>,
    reopen: bool,
    history: Vec<Line>,
}

pub(super) async fn page_of(req: Req, Path(code): Path<String>) -> Answer {
    let found = req.read(move |ctx, tx| read(ctx, tx, &code)).await.or_fail(&req)?;
    let ui = req.ui();
    let unit = &found.unit;
    let mut facts = vec![
        Fact::new(ui.t("unit-column-code"), &unit.code),
        Fact::new(ui.t("unit-column-kind"), &found.kind),
        Fact::new(
            ui.t("unit-column-credit-code"),
            unit.credit_code.clone().unwrap_or_else(|| "–".to_owned()),
        ),
        Fact::new(ui.t("unit-column-contact"), join(&unit.contact_name, &unit.contact_phone)),
    ];
    if let Some(successor) = &found.merged_into {
        facts.push(
            Fact::new(ui.t("unit-merged-into"), &successor.name).link(format!("/units/{}", successor.code)),
        );
    }
    let moves = moves(&ui, unit);
    let may_edit = POLICY.may(&ui.ctx, Act::EditUnits, &policy::of_unit(unit.id));
    let reopen = may_edit && workflow::UNIT.step(unit.state, UnitMove::Reopen).is_ok();
    let history = log::lines(&ui, &found.history);
    page(&req, &UnitPage { ui, found, facts, moves, reopen, history })
}

fn join(name: &str, phone: &str) -> String {
    let both = format!("{name} {phone}");
    if both.trim().is_empty() { "–".to_owned() } else { both.trim().to_owned() }
}

/// The changes that this person may make to this unit now.
fn moves(ui: &Ui, unit: &UnitRow) -> Vec<Move> {
    let standing = policy::of_unit(unit.id);
    let may = |act| POLICY.may(&ui.ctx, act, &standing);
    let one = |what: &str, icon, main| Move {
        text: ui.t(format!("unit-do-{what}")),
        href: format!("/units/{}/{what}", unit.code),
        icon,
        main,
    };
    let mut moves = Vec::new();
    if may(Act::EditUnits) {
        moves.push(one("edit", "edit", true));
        if unit.is_active() {
            moves.push(Move {
                text: ui.t("unit-do-below"),
                href: format!("/units/new?parent={}", unit.code),
                icon: "plus",
                main: false,
            });
        }
        if unit.parent_id.is_some() {
            moves.push(one("parent", "arrows-exchange", false));
            if workflow::UNIT.step(unit.state, UnitMove::Merge).is_ok() {
                moves.push(one("merger", "git-fork", false));
            }
            if workflow::UNIT.step(unit.state, UnitMove::Close).is_ok() {
                moves.push(one("closure", "archive", false));
            }
        }
    } else if may(Act::EditContact) {
        moves.push(one("contact", "phone", true));
    }
    moves
}
