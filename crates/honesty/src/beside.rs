//! What a case's page and the form of its verification show of warnings.

use crate::policy::{Act, POLICY};
use crate::{queries, store as rows, words};
use ::store::Tx;
use cases::beside::{Aside, Neighbour};
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::Ui;

/// Warnings beside a case.
#[derive(Debug)]
pub(crate) struct Beside;

/// Warnings shown beside a case; the list has them all.
const SHOWN: usize = 4;

impl Neighbour for Beside {
    fn asides(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Aside>> {
        if !POLICY.somewhere(ctx, Act::See) {
            return Ok(Vec::new());
        }
        let mut found = rows::of_case(tx, case.id)?;
        found.retain(|warning| POLICY.may(ctx, Act::See, &warning.standing()));
        let mut asides = Vec::new();
        for warning in found.into_iter().take(SHOWN) {
            // who works for the unit is not shown what is said of its pictures, whatever other roles they hold
            if cases::policy::works_for(ctx, warning.unit_id.into_iter()) {
                continue;
            }
            let full = queries::full(ctx, tx, &warning.number)?;
            asides.push(Aside {
                title: format!("{} · {}", words::kind(ui, warning.kind), words::state(ui, &warning)),
                text: words::sentence(ui, warning.kind, &warning.figures.0),
                pair: words::pair(ui, &full),
                href: format!("/photo-checks/{}", warning.number),
                link: ui.t(if full.may_decide { "honesty-look-and-decide" } else { "honesty-look" }),
                mood: "soon",
            });
        }
        Ok(asides)
    }
}
