//! Photos and the recording of a form that comes back: they wait in quarantine, under names that the form carries, so that nobody
//! chooses or says them twice. A browser forgets what was chosen as soon as it draws a page anew.

use super::recordings;
use super::uploads::receive;
use ::store::files::Files;
use kernel::problem::Problem;
use web::error::OrFail;
use web::form::Upload;
use web::{Answer, Form, Req};

/// A file that waits.
#[derive(Clone, Debug)]
pub(crate) struct KeptFile {
    /// What the form sends to have it again.
    pub value: String,
    pub name: String,
}

impl KeptFile {
    fn new(token: &str, name: &str) -> Self {
        // as it will be called, on one line
        let name: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        Self { value: format!("{token} {name}"), name }
    }
}

/// What waits for a form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub photos: Vec<KeptFile>,
    pub recording: Option<KeptFile>,
}

/// What a form says is kept and that is gone, because a day has passed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gone {
    pub photos: usize,
    pub recording: bool,
}

/// Puts the files that the form's boxes name beside those that were chosen now.
pub(crate) async fn bring_back(req: &Req, form: &mut Form) -> Answer<Gone> {
    let photos = bring(req, form, "kept_photo", "photos").await?;
    let recording = bring(req, form, "kept_recording", recordings::FIELD).await? > 0;
    Ok(Gone { photos, recording: recording && recordings::sent(form).is_none() })
}

async fn bring(req: &Req, form: &mut Form, boxes: &str, field: &str) -> Answer<usize> {
    let named: Vec<(String, String)> = form
        .all(boxes)
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
        found
            .into_iter()
            .filter_map(|(bytes, name)| Some(Upload { field: field.to_owned(), name, bytes: bytes?.into() })),
    );
    Ok(gone)
}

/// Lets the form's files wait until it is sent again. A recording that cannot be taken does not: the form says why.
pub(crate) async fn keep(req: &Req, form: &Form) -> Answer<Kept> {
    let received = receive(req, form, "photos").await?;
    let photos = received.into_iter().map(|(photo, name)| KeptFile::new(&photo.token, &name)).collect();
    let recording = recordings::receive(req, form).await?.ok().flatten();
    let recording = recording.map(|said| KeptFile::new(&said.received.token, &said.name));
    Ok(Kept { photos, recording })
}
