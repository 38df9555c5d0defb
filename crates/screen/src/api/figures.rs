//! The wall and the brief for programs.

use super::answers::{BriefBody, ScreenBody};
use crate::area::Area;
use crate::figures::{self, Known};
use crate::policy::{self, Act};
use cases::desk::Desk;
use kernel::problem::Problem;
use web::api::json;
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Req};

async fn known(req: &Req) -> Answer<Known> {
    let desk = Desk::of(&req.city).await.or_fail(req)?;
    let index = places::kept::index(&req.city).await.or_fail(req)?;
    Ok(Known { desk, index })
}

/// The wall's figures, of what the key may see.
#[utoipa::path(get, path = "/api/v1/screen", tag = "screens", operation_id = "getScreen",
    params(("area" = Option<String>, Query, description = "code of a division, with those below it; the whole city without it")),
    responses((status = 200, body = ScreenBody, description = "the figures of now"),
        (status = 422, description = "there is no such division")))]
pub(crate) async fn screen(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Look).or_fail(&req)?;
    let known = known(&req).await?;
    let params = Params::parse(&req.query);
    let area = match params.get("area") {
        "" => Area::city(),
        named => {
            let node = known.index.by_code(named).ok_or_else(|| Problem::field("area", "not-a-choice"));
            Area::of(&known.index, Some(node.or_fail(&req)?.id))
        }
    };
    let (with, of) = (known.clone(), area.clone());
    let figures = req.read(move |ctx, tx| figures::read(ctx, tx, &with, &of)).await.or_fail(&req)?;
    json(&req, &ScreenBody::of(&known, &area, figures))
}

/// The morning's brief: numbers of the last whole day, problems of now.
#[utoipa::path(get, path = "/api/v1/brief", tag = "screens", operation_id = "getBrief",
    params(("on" = Option<String>, Query, description = "a day that is over; yesterday without it")),
    responses((status = 200, body = BriefBody, description = "the brief"),
        (status = 422, description = "no date, or a day that is not over")))]
pub(crate) async fn brief(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Brief).or_fail(&req)?;
    let day = crate::brief::day_of(&req.ctx, Params::parse(&req.query).get("on")).or_fail(&req)?;
    let known = known(&req).await?;
    let brief = req.read(move |ctx, tx| crate::brief::read(ctx, tx, day)).await.or_fail(&req)?;
    json(&req, &BriefBody::of(&known.index, brief))
}
