//! What others show of forms: the page of a case its sheet, the morning page what waits, the page for receipts where theirs is.

use crate::model::ScanState;
use crate::policy::{self, Act};
use crate::store as rows;
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
    fn today(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Tile>> {
        let mut tiles = Vec::new();
        let all = [
            (ScanState::Repair, Act::Repair, "paper-today-repair", "/paper/scans?state=repair", "late"),
            (ScanState::Desk, Act::Type, "paper-today-desk", "/paper/desk", "soon"),
        ];
        for (state, act, label, href, mood) in all {
            if !policy::may(ctx, act) {
                continue;
            }
            let count = rows::count(tx, state)?;
            if count > 0 {
                tiles.push(Tile {
                    label: ui.t(label),
                    value: ui.number(count),
                    unit: String::new(),
                    note: String::new(),
                    href: href.to_owned(),
                    mood,
                });
            }
        }
        Ok(tiles)
    }

    fn asides(&self, ui: &Ui, ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Aside>> {
        if case.source != cases::model::Source::Paper || !policy::may(ctx, Act::See) {
            return Ok(Vec::new());
        }
        let mut asides = Vec::new();
        for scan in rows::scans_of_case(tx, case.id)? {
            let sheet = scan.sheet_id.map_or(Ok(None), |id| rows::sheet(tx, id))?.map(|s| s.number);
            let typed = scan.state != ScanState::Desk;
            asides.push(Aside {
                title: ui.t("paper-aside"),
                text: ui.ta(
                    if typed { "paper-aside-typed" } else { "paper-aside-waits" },
                    [("number", sheet.unwrap_or_else(|| scan.number.clone()))],
                ),
                href: format!("/paper/{}/{}", if typed { "scans" } else { "desk" }, scan.number),
                link: ui.t(if typed { "paper-aside-look" } else { "paper-aside-type" }),
                mood: if typed { "" } else { "soon" },
                ..Aside::default()
            });
        }
        Ok(asides)
    }

    fn receipt(&self, tx: &mut Tx<'_>, number: &str) -> Result<Option<String>> {
        let found = rows::sheet_by_number(tx, number.trim())?;
        Ok(found.map(|sheet| format!("/paper/receipts?number={}", sheet.number)))
    }
}
