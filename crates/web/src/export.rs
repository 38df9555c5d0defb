//! Exports: any list as XLSX or CSV, exactly what the list shows, streamed through a temporary file.

use crate::error::{Answer, Fail};
use crate::request::Req;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kernel::problem::Problem;
use sheets::{Cell, Column, FileKind};

/// Which file was asked for: `?format=xlsx` or `csv`.
pub fn kind(format: &str) -> Option<FileKind> {
    match format {
        "xlsx" => Some(FileKind::Xlsx),
        "csv" => Some(FileKind::Csv),
        _ => None,
    }
}

/// Most rows of one export that is made while the reader waits. Larger ones are jobs.
pub const ROWS: usize = 100_000;

/// Writes the rows and answers with the file.
pub fn answer<'a>(
    req: &Req,
    kind: FileKind,
    name: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell<'a>>>,
) -> Answer {
    let mut bytes = Vec::new();
    sheets::write(kind, &mut bytes, name, columns, rows).map_err(|e| Fail::of(req, Problem::internal(e)))?;
    let (extension, media) = (kind.extension(), kind.media_type());
    let date = req.ctx.now.date();
    let plain = format!(
        "attachment; filename=\"export-{date}.{extension}\"; filename*=UTF-8''{}",
        crate::ui::encode(&format!("{name}-{date}.{extension}"))
    );
    let disposition =
        HeaderValue::from_str(&plain).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    Ok((
        [(header::CONTENT_TYPE, HeaderValue::from_static(media)), (header::CONTENT_DISPOSITION, disposition)],
        bytes,
    )
        .into_response())
}
