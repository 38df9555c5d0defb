//! One's own password.

use super::act::{ActPage, Field};
use super::visitor::From;
use crate::commands;
use crate::forms;
use crate::{password, queries};
use kernel::problem::{Problem, Result};
use web::error::redirect;
use web::{Answer, Form, Req};

fn page_of(req: &Req) -> ActPage {
    let fields = vec![
        Field::password("old_password", "current-password"),
        Field::password("new_password", "new-password"),
        Field::password("new_password_again", "new-password"),
    ];
    ActPage::new(req, "me-password", "", super::me::up(req), "/me/password".to_owned(), fields)
}

pub(super) async fn form(req: Req) -> Answer {
    page_of(&req).show(&req)
}

/// Checks the old password outside any transaction; answers with the stored hash that it matched.
pub(super) async fn checked(req: &Req, form: &Form, from: From) -> Result<String> {
    let person = req.ctx.person().ok_or_else(Problem::sign_in)?;
    let visitor = from.0;
    let seen = visitor.clone();
    let stored = req
        .read(move |_, tx| {
            let account = queries::person(tx, person)?.ok_or_else(Problem::sign_in)?;
            // the same waiting as at the door
            commands::candidate(tx, &account.login, &seen)?;
            Ok(queries::proofs(tx, person)?.password_hash)
        })
        .await?;
    let (given, hash) = (form.text("old_password").to_owned(), stored.clone());
    if password::off_thread(move || password::verify(&given, &hash)).await? {
        return Ok(stored);
    }
    req.write(move |ctx, tx| commands::password_refused(tx, ctx, &visitor)).await?;
    Err(Problem::field("old_password", "password-wrong"))
}

pub(super) async fn change(req: Req, from: From, form: Form) -> Answer {
    let work = async {
        let person = req.ctx.person().ok_or_else(Problem::sign_in)?;
        let account =
            req.read(move |_, tx| queries::person(tx, person)).await?.ok_or_else(Problem::sign_in)?;
        let new = forms::new_password(&form, &account.login, &account.name)?;
        let old_hash = checked(&req, &form, from).await?;
        if new == form.text("old_password") {
            return Err(Problem::field("new_password", "password-same"));
        }
        let new_hash = password::off_thread(move || password::hash(&new)).await??;
        let session = req.session.clone().unwrap_or_default();
        req.write(move |ctx, tx| commands::change_password(tx, ctx, &old_hash, new_hash, &session)).await
    };
    match work.await {
        Ok(()) => Ok(redirect(&req, "/me", "password-changed", "")),
        Err(problem) => page_of(&req).again(&req, &form, problem),
    }
}
