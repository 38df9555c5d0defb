//! Where somebody else is signed in: ended by the system or the security administrator.

use super::account::load;
use crate::commands;
use crate::model::Session;
use crate::policy::Act;
use kernel::id::Id;
use web::error::{OrFail, redirect};
use web::{Answer, Form, Path, Req};

pub(super) async fn end(req: Req, Path((login, id)): Path<(String, Id<Session>)>, _form: Form) -> Answer {
    let to = format!("/admin/accounts/{login}");
    req.write(move |ctx, tx| {
        let account = load(ctx, tx, &login, Act::EndSessions)?;
        commands::end_session_of(tx, ctx, account.id, id)
    })
    .await
    .or_fail(&req)?;
    Ok(redirect(&req, &to, "session-ended", ""))
}

pub(super) async fn end_all(req: Req, Path(login): Path<String>, _form: Form) -> Answer {
    let to = format!("/admin/accounts/{login}");
    let ended = req
        .write(move |ctx, tx| {
            let account = load(ctx, tx, &login, Act::EndSessions)?;
            commands::end_sessions_of(tx, ctx, account.id)
        })
        .await
        .or_fail(&req)?;
    Ok(redirect(&req, &to, "sessions-ended", &ended.to_string()))
}
