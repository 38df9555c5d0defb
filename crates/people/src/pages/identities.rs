//! Who somebody is at the identity provider: linked by the person themselves, or by the security administrator.

use super::account::load;
use super::act::{ActPage, Field};
use super::authenticators::own_session;
use super::own_password::checked;
use super::provider_entrance::{begin, keep, switched_on};
use super::visitor::From;
use crate::model::Identity;
use crate::policy::Act;
use crate::provider::{Flow, Purpose};
use crate::recognise::fingerprint;
use crate::{AccountRow, commands};
use kernel::id::Id;
use kernel::problem::Problem;
use web::error::{OrFail, page, redirect};
use web::{Answer, Form, Path, Req, Ui};

fn own_page(req: &Req) -> ActPage {
    let fields = vec![Field::password("old_password", "current-password")];
    ActPage::new(req, "me-identity-link", "", super::me::up(req), "/me/identities".to_owned(), fields)
}

pub(super) async fn own_form(req: Req) -> Answer {
    switched_on(&req).await.or_fail(&req)?;
    own_page(&req).show(&req)
}

/// The password was right: on to the provider, by a link that this page holds.
#[derive(askama::Template)]
#[template(path = "identity_go.html")]
struct GoPage {
    ui: Ui,
    label: String,
    address: String,
}

/// Asks for the password again: an identity that is linked opens the account for as long as it is.
pub(super) async fn own_begin(req: Req, from: From, form: Form) -> Answer {
    let session = fingerprint(&own_session(&req).or_fail(&req)?);
    let flow = Flow::begin(Purpose::Link, req.ctx.now, &session, "/me");
    let work = async {
        let row = switched_on(&req).await?;
        let label = row.label(req.ctx.locale);
        checked(&req, &form, from).await?;
        let (address, value) = begin(&req, row, &flow).await?;
        Ok::<_, Problem>((label, address, value))
    };
    match work.await {
        Ok((label, address, value)) => {
            let mut response = page(&req, &GoPage { ui: req.ui(), label, address })?;
            keep(&req, &mut response, &value);
            Ok(response)
        }
        Err(problem) => own_page(&req).again(&req, &form, problem),
    }
}

pub(super) async fn own_unlink(req: Req, Path(id): Path<Id<Identity>>, _form: Form) -> Answer {
    let person = req.ctx.person().ok_or_else(Problem::sign_in).or_fail(&req)?;
    req.write(move |ctx, tx| commands::unlink_identity(tx, ctx, person, id)).await.or_fail(&req)?;
    Ok(redirect(&req, "/me", "identity-unlinked", ""))
}

async fn loaded(req: &Req, login: String) -> Answer<AccountRow> {
    req.read(move |ctx, tx| load(ctx, tx, &login, Act::LinkIdentities)).await.or_fail(req)
}

fn account_page(req: &Req, account: &AccountRow) -> ActPage {
    let up = (format!("/admin/accounts/{}", account.login), account.name.clone());
    let post = format!("{}/identities", up.0);
    ActPage::new(req, "identity-link", &account.name, up, post, vec![Field::line("identity_subject", 255)])
}

pub(super) async fn form(req: Req, Path(login): Path<String>) -> Answer {
    let account = loaded(&req, login).await?;
    account_page(&req, &account).show(&req)
}

pub(super) async fn create(req: Req, Path(login): Path<String>, form: Form) -> Answer {
    let account = loaded(&req, login).await?;
    let (id, subject) = (account.id, form.text("identity_subject").to_owned());
    match req.write(move |ctx, tx| commands::link_identity(tx, ctx, id, &subject)).await {
        Ok(row) => {
            Ok(redirect(&req, &format!("/admin/accounts/{}", account.login), "identity-linked", &row.subject))
        }
        Err(problem) => account_page(&req, &account).again(&req, &form, problem),
    }
}

pub(super) async fn unlink(req: Req, Path((login, id)): Path<(String, Id<Identity>)>, _form: Form) -> Answer {
    let account = loaded(&req, login).await?;
    let person = account.id;
    req.write(move |ctx, tx| commands::unlink_identity(tx, ctx, person, id)).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/admin/accounts/{}", account.login), "identity-unlinked", ""))
}
