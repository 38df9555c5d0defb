//! Styles, scripts and icons, built by Vite from `ui/` and carried inside the program. Names hold a hash of the content,
//! so that browsers may keep them for ever.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../ui/dist"]
struct Dist;

static MANIFEST: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let Some(file) = Dist::get(".vite/manifest.json") else { return HashMap::new() };
    let entries: HashMap<String, serde_json::Value> = serde_json::from_slice(&file.data).unwrap_or_default();
    entries
        .into_iter()
        .filter_map(|(name, entry)| Some((name, format!("/{}", entry.get("file")?.as_str()?))))
        .collect()
});

/// The address of an entry of the front end: `url("src/app.ts")`. Empty when `ui/` has not been built.
pub fn url(entry: &str) -> &'static str {
    MANIFEST.get(entry).map_or("", String::as_str)
}

/// Whether the front end has been built into this program.
pub fn built() -> bool {
    !MANIFEST.is_empty()
}

/// Answers `/assets/…`.
pub async fn serve(axum::extract::Path(path): axum::extract::Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = Dist::get(&format!("assets/{path}")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]));
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    let fixed = [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::ETAG, HeaderValue::from_str(&etag).unwrap_or_else(|_| HeaderValue::from_static(""))),
        (
            header::CONTENT_TYPE,
            HeaderValue::from_str(kind.as_ref())
                .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream")),
        ),
    ];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|h| h.as_bytes() == etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, fixed).into_response();
    }
    (fixed, file.data.into_owned()).into_response()
}
