//! One address a verb: its form (GET), and doing it (POST).

use super::record::seen;
use super::verb_view::{Conditions, More, defaults, view};
use crate::beside::Neighbours;
use crate::desk::Desk;
use crate::forms;
use crate::moves::{Row, Verb, allowed, perform};
use crate::pages::sent::Sent;
use crate::pages::shared;
use crate::pages::uploads::receive;
use crate::policy::{Act, POLICY};
use crate::queries::{self, Full};
use crate::{commands, store as rows};
use ::store::Tx;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use std::sync::Arc;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Req};

/// Why this verb is not offered here and now.
pub(crate) fn require(ctx: &Ctx, full: &Full, row: &Row) -> Result<()> {
    if allowed(ctx, &full.case, &full.facts).contains(&row.verb) {
        return Ok(());
    }
    POLICY.require(ctx, row.act, &full.facts.standing, true)?;
    if let Some(step) = row.steps.first() {
        full.case.check(*step)?;
    }
    if matches!(row.verb, Verb::Verification | Verb::Rework | Verb::Closure | Verb::SecondLook) {
        commands::independent(ctx, &full.case)?;
    }
    Err(Problem::conflict("not-now").arg("what", full.case.number.as_str()))
}

async fn read(req: &Req, desk: &Arc<Desk>, row: &'static Row, number: String) -> Answer<(Full, More)> {
    let desk = desk.clone();
    let (ui, neighbours) = (req.ui(), Neighbours::of(&req.city));
    req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &number)?;
        require(ctx, &full, row)?;
        let more = More::read(tx, &desk, row, &full.case, ctx.now)?;
        let more = more.beside((&neighbours, &ui), ctx, tx, row, &full.case)?;
        Ok((full, more))
    })
    .await
    .or_fail(req)
}

pub(crate) async fn form(row: &'static Row, req: Req, number: String) -> Answer {
    let desk = shared::desk(&req).await?;
    let (full, more) = read(&req, &desk, row, number).await?;
    let filled = more.fill(row, defaults(&desk, row, &full, req.ctx.now));
    // the list of near cases links here with the one to merge into, an offer with the value that it offers
    let params = Params::parse(&req.query);
    let given = |field: &&str| {
        !params.get(field).is_empty() && row.fields.iter().any(|f| f.trim_end_matches('?') == *field)
    };
    let filled = ["into", "item", "lead"]
        .iter()
        .filter(|f| given(f))
        .fold(filled, |form, f| form.instead(f, params.get(f)));
    page(&req, &view(&req, &desk, row, &full, more, filled))
}

/// Whether the case is still as the person saw it.
fn unchanged(tx: &mut Tx<'_>, id: kernel::id::Id<crate::model::Case>, shown: &str) -> Result<()> {
    let case = rows::case(tx, id)?.ok_or_else(Problem::not_found)?;
    if shown.is_empty() || seen(&case) == shown { Ok(()) } else { Err(Problem::stale()) }
}

/// The field of the form that pictures come in.
fn photo_field(row: &Row) -> &'static str {
    row.fields.iter().find(|f| f.contains("photos")).map_or("photos", |f| f.trim_end_matches('?'))
}

pub(crate) async fn act(row: &'static Row, req: Req, number: String, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    // pictures are received only for who may do it
    let (sought, checked) = (number.clone(), row.act);
    let id =
        req.read(move |ctx, tx| Ok(commands::find_for(ctx, tx, checked, &sought)?.id)).await.or_fail(&req)?;
    let photos = receive(&req, &form, photo_field(row)).await?;
    let (mut sent, with) = (form.clone(), desk.clone());
    sent.files.clear();
    let neighbours = Neighbours::of(&req.city);
    let key = Sent::new(&form, &req.path, &photos);
    let done = req.write(move |ctx, tx| {
        let work = |tx: &mut Tx<'_>| {
            unchanged(tx, id, sent.text("seen"))?;
            let deed = forms::deed(tx, &with, row.verb, &sent, photos)?;
            perform(ctx, tx, &with, id, &deed)?;
            if let Some(case) = rows::case(tx, id)? {
                sent.all("offered").try_for_each(|token| neighbours.taken(ctx, tx, &case, token))?;
            }
            Ok(id.raw())
        };
        key.once(ctx, tx, work).map(drop)
    });
    match done.await {
        Ok(()) => Ok(redirect(&req, &after(&req, row, &number), &format!("case-{}", row.code), &number)),
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            // somebody was faster: what was typed stays, beside the case as it is now
            let problem =
                if problem.code == "stale" { Problem::field("seen", "changed-meanwhile") } else { problem };
            let Some(filled) = Filled::refused(&form, &problem) else { return Err(Fail::of(&req, problem)) };
            let (full, more) = read(&req, &desk, row, number).await?;
            page_with(&req, status, &view(&req, &desk, row, &full, more, filled))
        }
    }
}

/// Where somebody is led who has done it: back to the case, unless it has just left their hands.
fn after(req: &Req, row: &Row, number: &str) -> String {
    let leaves_unit = matches!(row.verb, Verb::Return);
    if leaves_unit && !POLICY.somewhere(&req.ctx, Act::Statistics) {
        "/todo".to_owned()
    } else {
        format!("/cases/{number}")
    }
}

/// `GET /cases/conditions?item=event-06010&condition=`: when another item is chosen.
pub(crate) async fn conditions(req: Req) -> Answer {
    let desk = shared::desk(&req).await?;
    let params = Params::parse(&req.query);
    let item = forms::item(&desk.catalogue, "item", params.get("item")).ok().flatten();
    let form = Filled::new().set("condition", params.get("condition"));
    page(&req, &Conditions::new(&req.ui(), &desk, item, &form))
}
