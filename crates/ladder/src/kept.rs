//! What was issued stays what it was: the description of a letter is frozen with its hash in the audit log when it is
//! issued; each paper is made from it once, kept, and handed out again and again, its hash compared every time.

use crate::model::Letter;
use crate::store;
use ::store::{Db, Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use papers::{Document, Format};
use sha2::{Digest, Sha256};

/// How the frozen description is filed.
const SOURCE: &str = "source";

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Freezes what a letter says; the hash, for the audit event of whoever issues it.
pub(crate) fn freeze(tx: &mut Tx<'_>, letter: Id<Letter>, document: &Document) -> Result<String> {
    let bytes = serde_json::to_vec(document).map_err(Problem::internal)?;
    let sha256 = hash(&bytes);
    if !store::keep_paper(tx, letter, SOURCE, &bytes, &sha256)? {
        return Err(Problem::internal("a letter was issued twice"));
    }
    Ok(sha256)
}

fn checked(paper: store::Paper) -> Result<store::Paper> {
    if hash(&paper.bytes) == paper.sha256 {
        return Ok(paper);
    }
    Err(Problem::internal("a kept paper is not what was issued")
        .detail("its bytes do not have the recorded hash"))
}

/// What the letter says, as it was issued.
pub fn frozen(tx: &mut Tx<'_>, letter: Id<Letter>) -> Result<Option<Document>> {
    let Some(paper) = store::paper(tx, letter, SOURCE)? else { return Ok(None) };
    serde_json::from_slice(&checked(paper)?.bytes).map(Some).map_err(Problem::internal)
}

/// Makes a paper.
pub(crate) fn made(document: &Document, format: Format) -> Result<Vec<u8>> {
    papers::render(document, format).map_err(|e| match e {
        papers::Error::NoFont(places) => Problem::new(503, "no-font").arg("places", places),
        other => Problem::internal(other),
    })
}

/// The paper as it was first made; makes it if that has not been done. Never from async code: it takes milliseconds.
pub fn paper(db: &Db, ctx: &Ctx, letter: Id<Letter>, format: Format) -> Result<store::Paper> {
    let code = format.extension();
    let kept = db.read_now(move |tx| store::paper(tx, letter, code))?;
    if let Some(paper) = kept {
        return checked(paper);
    }
    let document = db.read_now(move |tx| frozen(tx, letter))?.ok_or_else(Problem::not_found)?;
    let bytes = made(&document, format)?;
    let sha256 = hash(&bytes);
    let by = ctx.clone();
    db.write_now(ctx, move |tx| {
        tx.housekeeping();
        if store::keep_paper(tx, letter, code, &bytes, &sha256)? {
            let event = Event::new("ladder.paper-made", letter).with("format", code);
            tx.record(&by, event.with("sha256", sha256.as_str()))?;
        }
        // somebody may have been faster: the first one is the one
        store::paper(tx, letter, code)?.ok_or_else(|| Problem::internal("a paper that was kept is not there"))
    })
    .and_then(checked)
}
