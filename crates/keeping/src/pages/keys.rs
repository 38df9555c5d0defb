//! Data keys: what personal data are sealed with. Numbers, kinds, how many texts; never a key.

use crate::commands;
use crate::policy::{Act, POLICY};
use ::store::sealed::{KEY_FILE, KeyUse, uses};
use kernel::policy::Standing;
use kernel::problem::Problem;
use kernel::time::Instant;
use web::error::{OrFail, page, redirect};
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "keeping/keys.html")]
struct KeysPage {
    ui: Ui,
    rows: Vec<Line>,
    total: i64,
    /// Texts that are sealed with the key in use.
    done: i64,
    file: &'static str,
    may_rotate: bool,
}

struct Line {
    of: KeyUse,
    kind: String,
    made_at: Option<Instant>,
}

/// Counts all sealed rows, on a thread of its own: for a page that few people open.
async fn read(req: &Req) -> Answer<Vec<KeyUse>> {
    let db = req.db().clone();
    let counted = apart(move || uses(&db)).await;
    counted.or_fail(req)
}

async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> kernel::problem::Result<T> + Send + 'static,
) -> kernel::problem::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|done| done)
}

pub(super) async fn page_of(req: Req) -> Answer {
    POLICY.require(&req.ctx, Act::SeeKeys, &Standing::city(), true).or_fail(&req)?;
    let found = read(&req).await?;
    let ui = req.ui();
    let total = found.iter().map(|key| key.texts).sum();
    let done = found.iter().filter(|key| key.card.current).map(|key| key.texts).sum();
    let rows = found.into_iter().map(|of| Line {
        kind: ui.named("data-key-kind", of.card.algorithm.code()),
        made_at: Instant::parse_rfc3339(&of.card.made_at),
        of,
    });
    let rows = rows.collect();
    let may_rotate = POLICY.may(&req.ctx, Act::RotateKeys, &Standing::city());
    page(&req, &KeysPage { ui, rows, total, done, file: KEY_FILE, may_rotate })
}

#[derive(askama::Template)]
#[template(path = "keeping/rotation.html")]
struct RotationPage {
    ui: Ui,
    texts: i64,
    file: &'static str,
}

/// The second look: what will happen, before it does.
pub(super) async fn ask(req: Req) -> Answer {
    POLICY.require(&req.ctx, Act::RotateKeys, &Standing::city(), true).or_fail(&req)?;
    let texts = read(&req).await?.iter().map(|key| key.texts).sum();
    page(&req, &RotationPage { ui: req.ui(), texts, file: KEY_FILE })
}

pub(super) async fn rotate(req: Req, _: Form) -> Answer {
    POLICY.require(&req.ctx, Act::RotateKeys, &Standing::city(), true).or_fail(&req)?;
    let (ctx, db) = (req.ctx.clone(), req.db().clone());
    let number = apart(move || commands::rotate(&ctx, &db)).await.or_fail(&req)?;
    Ok(redirect(&req, "/admin/data-keys", "data-keys-rotated", &number.to_string()))
}
