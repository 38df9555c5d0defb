//! Problems in another standard's words. What outside programs speak to below some address is written down by others, and
//! so is how it refuses: a feature says so once ([`crate::Feature::dialect`]), and every refusal below that address is told
//! that way, also those made before its handlers are reached (a wrong key, too many requests, no such route).

use crate::request::Req;
use axum::response::Response;
use kernel::problem::Problem;

/// How refusals are told below an address.
#[derive(Clone, Copy)]
pub struct Dialect {
    /// `/open311/`
    pub below: &'static str,
    pub tell: fn(&Told<'_>) -> Response,
}

/// A refusal, and to whom it is told.
pub struct Told<'a> {
    pub problem: &'a Problem,
    /// None where not even the city is known.
    pub req: Option<&'a Req>,
    pub path: &'a str,
    /// The header `Accept`.
    pub accept: &'a str,
}

/// Who asked in which words, kept until it is clear that there is something to refuse.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) dialect: Dialect,
    pub(crate) path: String,
    pub(crate) accept: String,
}

/// Whether a path is spoken to by programs only: no cookies, no form tokens, problems as data.
pub(crate) fn programs_only(path: &str) -> bool {
    ["/api/", "/open311/", "/openrosa/"].iter().any(|below| path.starts_with(below))
}
