//! The volume of a period as one file: written to disk first, then sent piece by piece.

use crate::bundle::{Words, write};
use crate::model::Kind;
use crate::queries;
use ::store::files::Files;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use futures::stream;
use kernel::ctx::Locale;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path as FilePath;
use tokio::io::AsyncReadExt;
use web::error::OrFail;
use web::{Answer, App, Form, Path, Req};

/// Texts of the archive: in Chinese.
struct Chinese(App);

impl Chinese {
    fn text(&self, key: &str) -> String {
        self.0.texts().get(Locale::ZhCn, key, &[])
    }
}

impl Words for Chinese {
    fn get(&self, key: &str) -> String {
        self.text(key)
    }

    fn kind(&self, kind: Kind) -> String {
        self.text(&format!("evidence-kind-{}", kind.code()))
    }

    fn element(&self, element: &str) -> String {
        self.text(&format!("evidence-caption-{element}"))
    }
}

/// A file of our own that is gone from the folder at once: nothing is left when the program dies.
fn scratch(folder: &FilePath) -> Result<File> {
    let fault = |e: std::io::Error| Problem::internal(format!("{}: {e}", folder.display()));
    let path = folder.join(format!("bundle-{}", ::store::secrets::random_word()));
    let file = File::options().read(true).write(true).create_new(true).open(&path).map_err(fault)?;
    std::fs::remove_file(&path).map_err(fault)?;
    Ok(file)
}

pub(crate) async fn made(req: &Req, number: String) -> Answer {
    let volume = req.write(move |ctx, tx| queries::volume(ctx, tx, &number)).await.or_fail(req)?;
    let name = format!("{}.zip", volume.period.number);
    let (words, city) = (Chinese(req.app.clone()), req.city.name_in(Locale::ZhCn));
    let (files, folder) = (Files::of(req.db()), req.db().folder().to_owned());
    let make = move || -> Result<(File, u64)> {
        let mut out = scratch(&folder)?;
        let mut open = |c: usize, e: usize, f: usize| {
            let original = volume.originals.get(c).and_then(|o| o.get(e)).and_then(|o| o.get(f));
            Ok(files.open_original(original.ok_or_else(Problem::not_found)?)?.file)
        };
        write(&mut out, &words, (&city, &volume.period), &volume.chapters, &mut open)?;
        let length = out.seek(SeekFrom::End(0)).map_err(Problem::internal)?;
        out.seek(SeekFrom::Start(0)).map_err(Problem::internal)?;
        Ok((out, length))
    };
    let made = tokio::task::spawn_blocking(make).await.map_err(Problem::internal);
    let (file, length) = made.and_then(|made| made).or_fail(req)?;
    let pieces = stream::unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; 64 * 1024];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(n) => {
                piece.truncate(n);
                Some((Ok::<_, std::io::Error>(Bytes::from(piece)), file))
            }
            Err(e) => Some((Err(e), file)),
        }
    });
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_LENGTH, HeaderValue::from(length)),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

pub(super) async fn fetch(req: Req, Path(number): Path<String>, _: Form) -> Answer {
    made(&req, number).await
}
