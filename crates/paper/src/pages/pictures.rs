//! The door to pictures of forms: only for whom the policy lets see them, never kept by a browser.

use crate::layout::{Form, Part};
use crate::model::Scan;
use crate::queries;
use ::store::files::{self, FileState, Files, Size, StoredFile};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage};
use kernel::problem::{Problem, Result};
use std::io::Read;
use ticks::{Gray, Placed, part};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// Pixels of a millimetre of a part: letters written by hand are read at 150 dpi.
const PER_MM: f64 = 6.0;

fn bytes_of(files: &Files, file: &StoredFile) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    files.open_shown(file, Size::Full)?.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
    Ok(bytes)
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 82);
    encoder.encode_image(picture).map_err(Problem::internal)?;
    Ok(bytes)
}

fn turned(bytes: Vec<u8>, quarters: i64) -> Result<Vec<u8>> {
    if quarters.rem_euclid(4) == 0 {
        return Ok(bytes);
    }
    let picture = image::load_from_memory(&bytes).map_err(Problem::internal)?;
    jpeg(&match quarters.rem_euclid(4) {
        1 => picture.rotate90(),
        2 => picture.rotate180(),
        _ => picture.rotate270(),
    })
}

fn cut(bytes: &[u8], scan: &Scan, kinds: usize, of: Part) -> Result<Vec<u8>> {
    let lies = scan.reading().place.ok_or_else(Problem::not_found)?;
    let picture = Gray::decode(bytes).ok_or_else(Problem::not_found)?;
    let cut = part(&picture, &Placed::from(&lies), Form::of(kinds).part(of), PER_MM);
    let side = |n: usize| u32::try_from(n).unwrap_or(0);
    let gray = GrayImage::from_raw(side(cut.width), side(cut.height), cut.pixels);
    jpeg(&DynamicImage::ImageLuma8(gray.ok_or_else(Problem::not_found)?))
}

/// The scan with its file, and how many kinds its form offers.
async fn found(req: &Req, number: String) -> Answer<(Scan, StoredFile, usize)> {
    let read = req.read(move |ctx, tx| {
        let scan = queries::scan(ctx, tx, &number)?.scan;
        if scan.erased {
            return Err(Problem::new(410, "file-erased"));
        }
        let file = files::get(tx, scan.file_id)?;
        if file.state != FileState::Ready {
            return Err(Problem::not_found());
        }
        let kinds = queries::batch_of(tx, &scan)?.map_or(0, |batch| batch.kinds().len());
        Ok((scan, file, kinds))
    });
    read.await.or_fail(req)
}

async fn answered(req: &Req, make: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Answer {
    let made = tokio::task::spawn_blocking(make).await.map_err(Problem::internal);
    let bytes = made.and_then(|made| made).or_fail(req)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}

/// The whole picture, turned as somebody turned it.
pub(crate) async fn whole(req: Req, Path(number): Path<String>) -> Answer {
    let (scan, file, _) = found(&req, number).await?;
    let folder = Files::of(req.db());
    answered(&req, move || turned(bytes_of(&folder, &file)?, scan.turn)).await
}

/// A part of the form, straight, where it was found in the picture.
pub(crate) async fn one(req: Req, Path((number, code)): Path<(String, String)>) -> Answer {
    let of = Part::parse(&code).ok_or_else(Problem::not_found).or_fail(&req)?;
    let (scan, file, kinds) = found(&req, number).await?;
    let folder = Files::of(req.db());
    answered(&req, move || cut(&bytes_of(&folder, &file)?, &scan, kinds, of)).await
}
