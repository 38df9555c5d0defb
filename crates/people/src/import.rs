//! Reading a register of units that people bring: CSV or XLSX, in any order, each with the unit above by code or name.
//!
//! Every row is accepted or refused with a reason, none is lost: `read = accepted + refused`. What we export imports again,
//! into the same city (nothing changes) or into a new one, where codes are kept as long as they are free, so that other
//! registers which name units by their code stay true.
//!
//! Read in this order: `rows` (what a row says), `tree` (which unit it stands below), `save` (which unit of ours it is, if
//! any, and what becomes of it).

mod rows;
mod save;
mod tree;

use crate::policy::{Act, POLICY};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use rows::Wanted;
use save::Register;
use sheets::{Remark, Report, Source};
use std::sync::Arc;
use store::{Db, Event, Tx};
use tree::Above;
use web::feature::{Import, ImportArgs};
use web::import::{Causes, no_table};

/// What came of a row: what was adjusted in it, or why it stays out.
type Outcome = std::result::Result<Vec<Remark>, Causes>;

/// Reads a file into the register, in the caller's transaction.
pub fn import(ctx: &Ctx, tx: &mut Tx<'_>, file: &[u8]) -> Result<Report> {
    if !POLICY.somewhere(ctx, Act::EditUnits) {
        return Err(Problem::forbidden());
    }
    let mut source = Source::from_bytes(file, &sheets::Options::default()).map_err(no_table)?;
    let (mut waiting, mut outcomes) = rows::read(tx, &mut source)?;
    let mut register = Register::load(tx, &waiting)?;
    // a row waits until the unit above it is there, wherever in the file it stands
    while !waiting.is_empty() {
        let mut left = Vec::with_capacity(waiting.len());
        let before = waiting.len();
        for wanted in waiting {
            match register.above(&wanted) {
                Above::Wait => left.push(wanted),
                Above::Found(above) => outcomes.push((wanted.row, register.save(ctx, tx, &wanted, above)?)),
                Above::Unfound(causes) => outcomes.push((wanted.row, register.refuse(&wanted, causes))),
            }
        }
        waiting = left;
        if waiting.len() == before {
            let turning = |wanted: Wanted| (wanted.row, Err(Causes::one("unit_parent", "unit_circle")));
            outcomes.extend(waiting.drain(..).map(turning));
        }
    }
    outcomes.sort_by_key(|(row, _)| *row);
    let mut report = Report::default();
    for (row, outcome) in outcomes {
        match outcome {
            Ok(repairs) => report.accept(repairs),
            Err(causes) => report.refuse(row, causes.remarks(row)),
        }
    }
    if report.accepted > 0 {
        let event = Event::city("units.imported").with("accepted-count", report.accepted);
        tx.record(ctx, event.with("refused-count", report.refused_rows()))?;
    } else {
        tx.housekeeping();
    }
    Ok(report)
}

/// [`import`] in a transaction of its own; a dry run leaves nothing behind but its report.
pub async fn run(db: &Db, ctx: &Ctx, file: Arc<[u8]>, dry: bool) -> Result<Report> {
    let who = ctx.clone();
    web::import::run(db, ctx, dry, move |tx| import(&who, tx, &file)).await
}

/// `chuangcheng import units FILE`.
pub(crate) const COMMAND: Import = Import { kind: "units", run: from_command_line };

fn from_command_line(args: &ImportArgs<'_>) -> Result<Report> {
    let file = std::fs::read(args.file).map_err(no_table)?;
    let who = args.ctx.clone();
    web::import::run_now(args.city.db(), args.ctx, args.dry_run, move |tx| import(&who, tx, &file))
}
