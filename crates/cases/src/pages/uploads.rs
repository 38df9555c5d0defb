//! Pictures that come with a form, put into quarantine before the transaction that they belong to.

use ::store::files::{Files, Quarantined};
use ::store::pictures;
use kernel::coords::Point;
use kernel::problem::{Problem, Result};
use web::error::OrFail;
use web::form::FILE_LIMIT;
use web::{Answer, Form, Req};

/// Received files with the names their senders gave them.
pub type Received = Vec<(Quarantined, String)>;

/// What was sent in a field, hashed and written down off the async threads.
pub async fn receive(req: &Req, form: &Form, field: &str) -> Answer<Received> {
    let picked: Vec<_> =
        form.files.iter().filter(|u| u.field == field).map(|u| (u.bytes.clone(), u.name.clone())).collect();
    if picked.is_empty() {
        return Ok(Vec::new());
    }
    let files = Files::of(req.db());
    let work = move || {
        let one = |(bytes, name): (axum::body::Bytes, String)| {
            Ok((files.receive_now(&bytes[..], FILE_LIMIT as u64)?, name))
        };
        picked.into_iter().map(one).collect::<Result<Received>>()
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|done| done).or_fail(req)
}

/// Where the camera says that the first picture with a position was taken.
pub(crate) fn camera_position(form: &Form, field: &str) -> Option<Point> {
    let sent = form.files.iter().filter(|u| u.field == field);
    let (lng, lat) = sent.into_iter().find_map(|u| pictures::camera_notes(&u.bytes).position)?;
    Point::checked(lng, lat)
}
