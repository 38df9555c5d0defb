//! Photos of a form that comes back: they wait in quarantine, under names that the form carries, so that nobody chooses them
//! twice. A browser forgets what was chosen as soon as it draws a page anew.

use super::uploads::receive;
use ::store::files::Files;
use kernel::problem::Problem;
use web::error::OrFail;
use web::form::Upload;
use web::{Answer, Form, Req};

/// A photo that waits.
#[derive(Clone, Debug)]
pub(crate) struct KeptPhoto {
    /// What the form sends to have it again.
    pub value: String,
    pub name: String,
}

/// Puts the photos that the form's boxes name beside those that were chosen now. How many are gone, because a day has passed.
pub(crate) async fn bring_back(req: &Req, form: &mut Form) -> Answer<usize> {
    let named: Vec<(String, String)> = form
        .all("kept_photo")
        .take(web::form::FILES_LIMIT)
        .filter_map(|value| value.split_once(' '))
        .map(|(token, name)| (token.to_owned(), name.to_owned()))
        .collect();
    if named.is_empty() {
        return Ok(0);
    }
    let files = Files::of(req.db());
    let work = move || {
        let one = |(token, name): (String, String)| Ok((files.waiting(&token)?, name));
        named.into_iter().map(one).collect::<Result<Vec<_>, Problem>>()
    };
    let found = tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|found| found);
    let found = found.or_fail(req)?;
    let gone = found.iter().filter(|(bytes, _)| bytes.is_none()).count();
    form.files.extend(
        found.into_iter().filter_map(|(bytes, name)| {
            Some(Upload { field: "photos".to_owned(), name, bytes: bytes?.into() })
        }),
    );
    Ok(gone)
}

/// Lets the form's photos wait until it is sent again.
pub(crate) async fn keep(req: &Req, form: &Form) -> Answer<Vec<KeptPhoto>> {
    let received = receive(req, form, "photos").await?;
    let kept = received.into_iter().map(|(photo, name)| {
        // as it will be called, on one line
        let name: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        KeptPhoto { value: format!("{} {name}", photo.token), name }
    });
    Ok(kept.collect())
}
