//! Sweeps uploads that nobody adopted.

use super::folder::{begun, fault};
use super::{FileState, Files};
use crate::jobs::Work;
use crate::{Bind, sql};
use kernel::problem::Result;
use kernel::time::DAY;

/// Ends what erasing has begun, and removes quarantine files older than a day that no waiting row names.
pub(super) fn run(work: &Work<'_>) -> Result<()> {
    super::erase::remove_marked(work.db, &work.ctx)?;
    let folder = Files::of(work.db).quarantine_folder();
    if !folder.is_dir() {
        return Ok(());
    }
    let old = work.ctx.now.plus(-DAY);
    let mut swept = 0_u64;
    for entry in std::fs::read_dir(&folder).map_err(fault(&folder))? {
        let entry = entry.map_err(fault(&folder))?;
        let Ok(token) = entry.file_name().into_string() else { continue };
        if begun(&token).is_none_or(|at| at > old) {
            continue;
        }
        let wanted = work.db.read_now(move |tx| {
            let state = FileState::Quarantined;
            let values: [&dyn Bind; 2] = [&token, &state];
            tx.one(sql!((i64,): "select id from file where quarantine = $1 and state = $2"), &values)
        })?;
        if wanted.is_none() {
            let path = entry.path();
            match std::fs::remove_file(&path) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(fault(&path)(e)),
                _ => swept += 1,
            }
        }
    }
    if swept > 0 {
        tracing::info!(swept, "uploads that belonged to nothing were removed");
    }
    Ok(())
}
