//! Being told by push: one's own browsers.

use crate::error::{OrFail, page_with, redirect};
use crate::form::Filled;
use crate::push::offer::{Offer, agent_of, given, outgoing};
use crate::push::{self, Owner, Subscription};
use crate::{Answer, Fail, Form, Path, Req, Ui};
use axum::http::StatusCode;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

#[derive(askama::Template)]
#[template(path = "push.html")]
struct PushPage {
    ui: Ui,
    form: Filled,
    offer: Offer,
}

fn own(ctx: &kernel::ctx::Ctx) -> Result<Owner> {
    ctx.person().map(Owner::Person).ok_or_else(Problem::sign_in)
}

async fn shown(req: &Req, form: Filled) -> Answer {
    let browsers = req.read(|ctx, tx| push::of_owner(tx, own(ctx)?)).await.or_fail(req)?;
    let offer = Offer::new(req, "/me/push".to_owned(), browsers).or_fail(req)?;
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(req, status, &PushPage { ui: req.ui(), form, offer })
}

pub(crate) async fn page_of(req: Req) -> Answer {
    shown(&req, Filled::new()).await
}

pub(crate) async fn create(req: Req, headers: axum::http::HeaderMap, form: Form) -> Answer {
    let given = given(&form, agent_of(&headers));
    let outgoing = outgoing(&req);
    match req.write(move |ctx, tx| push::subscribe(tx, ctx, &outgoing, own(ctx)?, &given)).await {
        Ok(()) => Ok(redirect(&req, "/me/push", "push-on", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => shown(&req, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

pub(crate) async fn remove(req: Req, Path(id): Path<Id<Subscription>>, _form: Form) -> Answer {
    req.write(move |ctx, tx| push::end(tx, ctx, own(ctx)?, id)).await.or_fail(&req)?;
    Ok(redirect(&req, "/me/push", "push-off", ""))
}
