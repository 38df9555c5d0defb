//! Where everything is.

use super::answer::{answer, begin};
use crate::tree::Node;
use axum::http::StatusCode;
use web::{Answer, Req};

/// When what is offered here changed last.
const CHANGESET: &str = "2026-11-25T00:00:00+08:00";

pub(super) async fn discovery(req: Req) -> Answer {
    let (format, _) = begin(&req)?;
    let base = &req.app.settings().base_url;
    let formats = ["text/xml", "application/json"].map(Node::text).to_vec();
    let endpoint = Node::Map(vec![
        ("specification", Node::text("http://wiki.open311.org/GeoReport_v2")),
        ("url", Node::Text(format!("{base}/open311/v2"))),
        ("changeset", Node::text(CHANGESET)),
        ("type", Node::text("production")),
        ("formats", Node::List("format", formats)),
    ]);
    let whole = Node::Map(vec![
        ("changeset", Node::text(CHANGESET)),
        ("contact", Node::Text(format!("{base}/suggestions"))),
        ("key_service", Node::Text(format!("{base}/developers"))),
        ("endpoints", Node::List("endpoint", vec![endpoint])),
    ]);
    Ok(answer(format, StatusCode::OK, "discovery", &whole))
}
