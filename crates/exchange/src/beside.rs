//! What the page of a case shows of its order: their number, their deadline beside ours, and what the two disagree on.

use crate::model::Partner;
use crate::policy::{self, Act};
use crate::{queries, store as rows};
use ::store::Tx;
use cases::beside::{Aside, Neighbour};
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::workflow::Named;
use web::Ui;
use web::parts::Tile;

pub(crate) struct Beside;

impl Neighbour for Beside {
    fn today(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Tile>> {
        if !policy::may(ctx, Act::Resolve) {
            return Ok(Vec::new());
        }
        let open = queries::open_differences(tx)?;
        let tile = Tile {
            label: ui.t("exchange-today-differences"),
            value: ui.number(open),
            unit: String::new(),
            note: String::new(),
            href: "/exchange/differences".to_owned(),
            mood: "soon",
        };
        Ok(if open > 0 { vec![tile] } else { Vec::new() })
    }

    fn asides(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Aside>> {
        let mut asides = Vec::new();
        let orders = rows::orders_made(tx, case.id)?;
        if orders.is_empty() {
            return Ok(asides);
        }
        let open = queries::open_of_case(tx, case.id)?;
        for order in orders {
            let Some(Partner { name, number, .. }) = rows::partner(tx, order.partner_id)? else { continue };
            let mut lines =
                vec![ui.ta("exchange-aside-order", [("name", name), ("order", order.order_no.clone())])];
            if let Some(deadline) = order.agreed_deadline {
                lines.push(ui.ta("exchange-aside-agreed", [("at", ui.time(&deadline))]));
            } else if let Some(deadline) = order.deadline {
                lines.push(ui.ta("exchange-aside-deadline", [("at", ui.time(&deadline))]));
            }
            let state = match order.stage {
                Some(stage) => ui.named("exchange-stage", stage.code()),
                None => order.state.clone(),
            };
            if !state.is_empty() {
                lines.push(ui.ta("exchange-aside-state", [("state", state)]));
            }
            if order.urged > 0 {
                lines.push(ui.n("exchange-aside-urged", order.urged));
            }
            let may = policy::may(ctx, Act::Resolve);
            if open > 0 && may {
                lines.push(ui.n("exchange-aside-differences", open));
            }
            asides.push(Aside {
                title: ui.t("exchange-aside"),
                text: lines.join(" "),
                href: if may {
                    format!("/exchange/differences?q={}&partner={number}", case.number)
                } else {
                    String::new()
                },
                link: if may { ui.t("exchange-differences") } else { String::new() },
                mood: if open > 0 { "late" } else { "" },
                ..Aside::default()
            });
        }
        Ok(asides)
    }
}
