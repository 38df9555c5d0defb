//! Styles, scripts and icons, built by Vite from `ui/` and carried inside the program. Names hold a hash of the content,
//! so that browsers may keep them for ever.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::Digest;
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

/// What the service worker keeps so that pages look right without a network: what every page loads, not maps and charts.
static KEPT: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let Some(file) = Dist::get(".vite/manifest.json") else { return Vec::new() };
    let entries: HashMap<String, serde_json::Value> = serde_json::from_slice(&file.data).unwrap_or_default();
    let first = [
        "src/styles/app.scss",
        "src/app.ts",
        "src/camera.ts",
        "src/recorder.ts",
        "src/outbox.ts",
        "src/field.ts",
        "src/survey.ts",
        "icons.svg",
    ];
    let mut wanted: Vec<String> = first.map(str::to_owned).into();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(name) = wanted.get(at).cloned() {
        at += 1;
        let Some(entry) = entries.get(&name) else { continue };
        let texts = |key: &str| -> Vec<String> {
            let list = entry.get(key).and_then(|v| v.as_array()).cloned().unwrap_or_default();
            list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
        };
        found.extend(entry.get("file").and_then(|f| f.as_str()).map(|f| format!("/{f}")));
        found.extend(texts("css").into_iter().chain(texts("assets")).map(|f| format!("/{f}")));
        for import in texts("imports") {
            if !wanted.contains(&import) {
                wanted.push(import);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|f| &*f.leak()).collect()
});

/// `/sw.js`: the service worker, with what it keeps and a version that changes when any of it does. At the root, since a
/// worker reaches only what lies below it.
pub async fn worker() -> Response {
    let Some(file) = Dist::get("sw.js") else { return StatusCode::NOT_FOUND.into_response() };
    let list = serde_json::to_string(&*KEPT).unwrap_or_default();
    let mark = hex::encode(&file.metadata.sha256_hash()[..4]);
    let version = hex::encode(&sha2::Sha256::digest(list.as_bytes())[..6]);
    let text = format!(
        "self.CC = {{ version: \"{version}-{mark}\", assets: {list} }};\n{}",
        String::from_utf8_lossy(&file.data)
    );
    let fixed =
        [(header::CACHE_CONTROL, "no-cache"), (header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    (fixed, text).into_response()
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
