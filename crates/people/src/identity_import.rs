//! Linking many identities at once: a file with a login and a name at the identity provider in each row, as our own list
//! exports it and as a staff office can make it.
//!
//! Every row is linked or refused with a reason: `read = accepted + refused`. A row that says what is so already changes
//! nothing.

use crate::columns::{LOGIN, SUBJECT};
use crate::commands::link_identity;
use crate::policy::{Act, POLICY};
use crate::queries;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use sheets::{Report, Row, Source};
use std::sync::Arc;
use store::{Db, Tx};
use web::feature::{Import, ImportArgs};
use web::import::{Causes, no_table};

/// Reads a file, in the caller's transaction.
fn import(ctx: &Ctx, tx: &mut Tx<'_>, file: &[u8]) -> Result<Report> {
    if !POLICY.somewhere(ctx, Act::LinkIdentities) {
        return Err(Problem::forbidden());
    }
    let mut source = Source::from_bytes(file, &sheets::Options::default()).map_err(no_table)?;
    let mut report = Report::default();
    tx.housekeeping();
    for row in source.rows().map_err(no_table)? {
        let row = row.map_err(no_table)?;
        match link(ctx, tx, &row)? {
            Ok(()) => report.accept([]),
            Err(causes) => report.refuse(row.number(), causes.remarks(row.number())),
        }
    }
    Ok(report)
}

fn link(ctx: &Ctx, tx: &mut Tx<'_>, row: &Row) -> Result<std::result::Result<(), Causes>> {
    let (login, subject) = (LOGIN.of(row), SUBJECT.of(row));
    let mut causes = Causes::default();
    for (heading, text) in [(&LOGIN, login), (&SUBJECT, subject)] {
        if text.is_empty() {
            causes.add(heading.name, "blank");
        }
    }
    if !causes.is_empty() {
        return Ok(Err(causes));
    }
    let Some(account) = queries::person_by_login(tx, &login.to_lowercase())? else {
        return Ok(Err(Causes::one(LOGIN.name, "no-such-person")));
    };
    match link_identity(tx, ctx, account.id, subject) {
        Ok(_) => Ok(Ok(())),
        Err(problem) if problem.fields.iter().any(|f| f.code == "identity-linked-already") => Ok(Ok(())),
        Err(problem) => Causes::of(problem).map(Err),
    }
}

/// [`import`] in a transaction of its own; a dry run leaves nothing behind but its report.
pub(crate) async fn run(db: &Db, ctx: &Ctx, file: Arc<[u8]>, dry: bool) -> Result<Report> {
    let who = ctx.clone();
    web::import::run(db, ctx, dry, move |tx| import(&who, tx, &file)).await
}

/// `chuangcheng import identities FILE`.
pub(crate) const COMMAND: Import = Import { kind: "identities", run: from_command_line };

fn from_command_line(args: &ImportArgs<'_>) -> Result<Report> {
    let file = std::fs::read(args.file).map_err(no_table)?;
    let who = args.ctx.clone();
    web::import::run_now(args.city.db(), args.ctx, args.dry_run, move |tx| import(&who, tx, &file))
}
