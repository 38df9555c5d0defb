//! Recordings that come with a form: read, measured and cleaned before the transaction that they belong to. Only the clean bytes
//! are written down.

use crate::model::NewRecording;
use crate::rules::RULES;
use ::store::files::Files;
use axum::body::Bytes;
use kernel::problem::{FieldError, Problem, Result};
use sound::{Fault, Limits};
use web::error::OrFail;
use web::form::{FILE_LIMIT, Upload};
use web::{Answer, Form, Req};

/// The field of every form that takes one.
pub(crate) const FIELD: &str = "recording";

/// What a form says before anybody records: the longest, in seconds and in words of a clock.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    pub seconds: u64,
    pub length: String,
}

impl Recorder {
    pub(crate) fn of(limits: &Limits) -> Self {
        let seconds = limits.millis / 1000;
        Self { seconds, length: clock(i64::try_from(seconds).unwrap_or(i64::MAX)) }
    }
}

/// Seconds as a player shows them: `1:05`.
pub(crate) fn clock(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What the city takes; none where it takes no recordings.
pub(crate) async fn limits(req: &Req) -> Answer<Option<Limits>> {
    Ok(req.read(|_, tx| RULES.get(tx)).await.or_fail(req)?.recording())
}

/// The recording of a form: one that was chosen now comes before one that waited.
pub(crate) fn sent(form: &Form) -> Option<&Upload> {
    form.files.iter().find(|upload| upload.field == FIELD && !upload.bytes.is_empty())
}

/// Reads what a form brings. The inner refusal is one that the form can show.
pub(crate) async fn receive(req: &Req, form: &Form) -> Answer<Result<Option<NewRecording>>> {
    match sent(form) {
        None => Ok(Ok(None)),
        Some(upload) => Ok(take(req, upload.bytes.clone(), upload.name.clone()).await?.map(Some)),
    }
}

/// Reads, measures, cleans and writes down, off the async threads.
pub(crate) async fn take(req: &Req, bytes: Bytes, name: String) -> Answer<Result<NewRecording>> {
    let Some(limits) = limits(req).await? else {
        return Ok(Err(Problem::field(FIELD, "recordings-not-taken")));
    };
    let files = Files::of(req.db());
    let work = move || -> Result<Result<NewRecording>> {
        let seen = match sound::examine(&bytes, &limits) {
            Ok(seen) => seen,
            Err(fault) => return Ok(Err(refusal(fault, &limits))),
        };
        // a clean copy is never longer than what came by more than an empty head
        let received = files.receive_now(&*seen.clean, FILE_LIMIT as u64 + 1024)?;
        Ok(Ok(NewRecording { received, name, kind: seen.kind, millis: seen.millis }))
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|done| done).or_fail(req)
}

fn refusal(fault: Fault, limits: &Limits) -> Problem {
    let error = FieldError::new(FIELD, fault.code());
    let error = match fault {
        Fault::TooLong => error.arg("length", Recorder::of(limits).length),
        Fault::TooManyBytes => error.arg("megabytes", limits.bytes / 1_000_000),
        _ => error,
    };
    Problem::invalid(vec![error])
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn seconds_are_shown_as_players_do() {
        assert_eq!([clock(5), clock(65), clock(600)], ["0:05", "1:05", "10:00"]);
    }
}
