//! Bringing a register in on a page: a file is tried first, its report shown row by row, and imported by the next press.
//!
//! A dry run does everything and then takes it back, so that its report is the truth ([`run`]). The page shows it with the
//! block `c::tried(ui, tried, action, more)`, whose button sends the same file again without choosing it twice.

mod causes;
mod stash;

pub use causes::Causes;

use crate::form::Form;
use crate::ui::Ui;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};
use sheets::{Remark, Report};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Db, Tx};

/// Most remarks of one kind that the page shows.
const SHOWN: usize = 200;

/// What a form brought: a file, chosen now or kept since it was tried.
#[derive(Clone, Debug)]
pub struct Upload {
    pub bytes: Arc<[u8]>,
    pub name: String,
    /// Try it only.
    pub dry: bool,
    token: String,
}

impl Upload {
    /// From the fields `import_file`, or `token` and `file_name`, and `act`.
    pub fn read(db: &Db, form: &Form) -> std::result::Result<Self, FieldError> {
        let token = form.text("token").to_owned();
        let (bytes, name) = match form.files.iter().find(|f| f.field == "import_file") {
            Some(upload) => (upload.bytes.to_vec(), upload.name.clone()),
            None => {
                let kept =
                    stash::get(db, &token).ok_or_else(|| FieldError::new("import_file", "required"))?;
                (kept, form.text("file_name").to_owned())
            }
        };
        Ok(Self { bytes: bytes.into(), name, dry: form.text("act") != "import", token })
    }

    /// After the import itself.
    pub fn forget(&self, db: &Db) {
        stash::remove(db, &self.token);
    }

    /// Keeps the file for the next press, beside what trying it told.
    pub fn tried(self, ui: &Ui, db: &Db, report: Report) -> Result<Tried> {
        let lists = [
            ("tried-refused", &report.refused),
            ("tried-repaired", &report.repaired),
            ("tried-noted", &report.noted),
        ];
        let more = lists.iter().map(|(_, remarks)| remarks.len().saturating_sub(SHOWN)).sum();
        let lists = lists.map(|(heading, remarks)| (heading, lines(ui, remarks)));
        Ok(Tried { token: stash::put(db, &self.bytes)?, file: self.name, lists, more, report })
    }
}

/// What trying a file told.
pub struct Tried {
    pub report: Report,
    /// Heading and lines: row, column and reason in words.
    pub lists: [(&'static str, Vec<[String; 3]>); 3],
    /// Remarks that are not shown.
    pub more: usize,
    /// Gets the file back for the import itself.
    pub token: String,
    pub file: String,
}

fn lines(ui: &Ui, remarks: &[Remark]) -> Vec<[String; 3]> {
    remarks
        .iter()
        .take(SHOWN)
        .map(|r| [r.row.to_string(), column(ui, &r.field), reason(ui, &r.reason)])
        .collect()
}

fn column(ui: &Ui, field: &str) -> String {
    match field {
        sheets::WHOLE_ROW => ui.t("tried-whole-row"),
        name => ui.maybe(format!("label-{name}")).unwrap_or_else(|| name.to_owned()),
    }
}

/// What a command refused has the words of a form's field, or of a problem; both may want arguments we do not have, so
/// that a shorter text can stand beside. Names behind a code (`unknown_value: 集贸市场、公园`) are what may have been meant.
fn reason(ui: &Ui, code: &str) -> String {
    let (code, near) = code.split_once(": ").unwrap_or((code, ""));
    let keys = [
        format!("reason-{}", code.replace('_', "-")),
        format!("field-{code}.short"),
        format!("field-{code}"),
        format!("problem-{code}"),
    ];
    let text = keys.iter().find_map(|key| ui.maybe(key)).unwrap_or_else(|| code.to_owned());
    if near.is_empty() { text } else { ui.ta("tried-near", [("reason", text), ("names", near.to_owned())]) }
}

/// Runs an import in a transaction of its own; a dry one leaves nothing behind but its report.
pub async fn run(
    db: &Db,
    ctx: &Ctx,
    dry: bool,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Report> + Send + 'static,
) -> Result<Report> {
    let (work, found) = kept(dry, work);
    finish(db.write(ctx, work).await, &found)
}

/// [`run`] for the command line.
pub fn run_now(
    db: &Db,
    ctx: &Ctx,
    dry: bool,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Report> + Send + 'static,
) -> Result<Report> {
    let (work, found) = kept(dry, work);
    finish(db.write_now(ctx, work), &found)
}

type Found = Arc<Mutex<Option<Report>>>;

/// The work with its report put where it survives the transaction.
fn kept(
    dry: bool,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Report> + Send + 'static,
) -> (impl FnOnce(&mut Tx<'_>) -> Result<()> + Send + 'static, Found) {
    let found = Found::default();
    let kept = Arc::clone(&found);
    let work = move |tx: &mut Tx<'_>| {
        let report = work(tx)?;
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
        // an error is what takes a transaction back
        if dry { Err(Problem::new(200, "dry-run")) } else { Ok(()) }
    };
    (work, found)
}

fn finish(done: Result<()>, found: &Found) -> Result<Report> {
    match done {
        Err(problem) if problem.code != "dry-run" => Err(problem),
        _ => {
            let report = found.lock().unwrap_or_else(PoisonError::into_inner).take();
            report.ok_or_else(|| Problem::internal("an import made no report"))
        }
    }
}

/// What to say of a file that cannot be read as a table.
pub fn no_table(what: impl std::fmt::Display) -> Problem {
    Problem::invalid(vec![FieldError::new("import_file", "not-a-table").arg("what", what)])
}
