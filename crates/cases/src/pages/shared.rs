//! What the pages share.

use crate::desk::Desk;
use crate::model::Case;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use places::PlaceIndex;
use std::sync::Arc;
use web::error::OrFail;
use web::form::Filled;
use web::{Answer, Fail, Form, Req};

pub(crate) async fn desk(req: &Req) -> Answer<Arc<Desk>> {
    Desk::of(&req.city).await.or_fail(req)
}

pub(crate) async fn index(req: &Req) -> Answer<Arc<PlaceIndex>> {
    places::kept::index(&req.city).await.or_fail(req)
}

/// The link by which whoever reported a case finds it again.
pub(crate) fn token(req: &Req, id: Id<Case>) -> String {
    crate::open::token(req.db().secrets(), id)
}

pub(crate) fn opened(req: &Req, token: &str) -> Result<Id<Case>> {
    crate::open::opened(req.db().secrets(), token).ok_or_else(Problem::not_found)
}

/// A refusal as the form shows it; one that is about no field becomes a page.
pub(crate) fn refused(req: &Req, form: &Form, problem: Problem) -> Answer<Filled> {
    Filled::refused(form, &problem).ok_or_else(|| Fail::of(req, problem))
}

/// The metres as people read them.
#[expect(clippy::cast_possible_truncation, reason = "some hundred metres")]
pub(crate) fn metres(metres: f64) -> i64 {
    metres.round() as i64
}
