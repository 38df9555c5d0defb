//! 试运行: what the next fetch would do, said without doing it.

use crate::adapter::{self, Batch, Fault};
use crate::incoming::{Forecast, forecast};
use crate::model::Partner;
use crate::policy::{self, Act};
use crate::queries;
use cases::desk::Desk;
use kernel::problem::{Problem, Result};
use web::error::{OrFail, page};
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "exchange/trial.html")]
struct TrialPage {
    ui: Ui,
    partner: Partner,
    /// Why nothing could be fetched, and what exactly.
    fault: Option<(String, String)>,
    file: String,
    more: bool,
    rows: Vec<Forecast>,
}

/// Fetches and reads, and writes nothing; the partner's faults are part of the answer.
pub(crate) async fn tried(
    req: &Req,
    number: String,
) -> Answer<(Partner, std::result::Result<(Batch, Vec<Forecast>), Fault>)> {
    policy::require(&req.ctx, Act::Run).or_fail(req)?;
    let line = req.read(move |_, tx| queries::partner(tx, &number)).await.or_fail(req)?;
    let desk = Desk::of(&req.city).await.or_fail(req)?;
    let index = places::kept::index(&req.city).await.or_fail(req)?;
    let (city, partner, cursor) = (req.city.clone(), line.partner.clone(), line.health.cursor);
    // waiting for somebody else's machine has no place on the threads that answer pages
    let work = move || -> Result<std::result::Result<Batch, Fault>> {
        let found = adapter::of(&city, &partner)?.changes(&cursor);
        Ok(found.and_then(|batch| match &batch.refused {
            Some(why) => Err(Fault { code: "file", detail: why.clone() }),
            None => Ok(batch),
        }))
    };
    let fetched = tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|done| done);
    let batch = match fetched.or_fail(req)? {
        Ok(batch) => batch,
        Err(fault) => return Ok((line.partner, Err(fault))),
    };
    let (of, items) = (line.partner.clone(), batch.items.clone());
    let told = req.read(move |_, tx| forecast(tx, &desk, &index, &of, &items)).await.or_fail(req)?;
    Ok((line.partner, Ok((batch, told))))
}

pub(super) async fn run(req: Req, Path(number): Path<String>, _form: Form) -> Answer {
    let (partner, told) = tried(&req, number).await?;
    let ui = req.ui();
    let (fault, batch, rows) = match told {
        Ok((batch, rows)) => (None, batch, rows),
        Err(fault) => {
            (Some((ui.named("exchange-error", fault.code), fault.detail)), Batch::default(), Vec::new())
        }
    };
    let shown =
        TrialPage { partner, fault, file: batch.file.unwrap_or_default(), more: batch.more, rows, ui };
    page(&req, &shown)
}

/// A problem that is nobody's fault but ours, for the API.
pub(crate) fn unreachable_partner(fault: &Fault) -> Problem {
    Problem::new(502, "exchange-unreachable").arg("why", fault.code)
}
