//! Lending one's roles while away.

use super::act::{ActPage, Field};
use crate::commands::{self, Lending};
use crate::forms;
use crate::model::Delegation;
use kernel::id::Id;
use web::error::{OrFail, redirect};
use web::form::Filled;
use web::{Answer, Form, Path, Req};

fn page_of(req: &Req) -> ActPage {
    let fields = vec![
        Field::line("borrower", 40),
        Field::of("first_day", "date"),
        Field::of("last_day", "date"),
        Field::area("act_reason"),
    ];
    ActPage::new(req, "me-lend", "", super::me::up(req), "/me/lending".to_owned(), fields)
}

pub(super) async fn form(req: Req) -> Answer {
    page_of(&req).filled(Filled::new().set("first_day", req.ctx.now.date())).show(&req)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    let work = async {
        let (from, until) = (forms::day(&form, "first_day")?, forms::day(&form, "last_day")?);
        let (login, reason) = (form.text("borrower").to_owned(), form.text("act_reason").to_owned());
        req.write(move |ctx, tx| {
            let borrower = forms::person_in(tx, "borrower", &login)?;
            commands::lend_roles(tx, ctx, Lending { borrower: borrower.id, from, until, reason })?;
            Ok(borrower.name)
        })
        .await
    };
    match work.await {
        Ok(name) => Ok(redirect(&req, "/me", "lent", &name)),
        Err(problem) => page_of(&req).again(&req, &form, problem),
    }
}

pub(super) async fn end(req: Req, Path(id): Path<Id<Delegation>>, _form: Form) -> Answer {
    req.write(move |ctx, tx| commands::end_lending(tx, ctx, id)).await.or_fail(&req)?;
    Ok(redirect(&req, "/me", "lending-ended", ""))
}
