//! Forms that change accounts.

use super::account::load;
use super::act::{ActPage, Field, OncePage};
use crate::AccountRow;
use crate::commands::{self, NewAccount};
use crate::model::AccountMove;
use crate::policy::{self, Act, POLICY};
use crate::queries::{self, UnitOption};
use crate::{forms, password};
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Path, Req};

async fn loaded(req: &Req, login: String, act: Act) -> Answer<AccountRow> {
    req.read(move |ctx, tx| load(ctx, tx, &login, act)).await.or_fail(req)
}

/// Units in which this person may make accounts.
async fn units(req: &Req) -> Answer<Vec<(String, String)>> {
    let all = req.read(|_, tx| queries::all_units_options(tx)).await.or_fail(req)?;
    let may = |u: &&UnitOption| POLICY.may(&req.ctx, Act::EditAccounts, &policy::of_unit(u.id));
    Ok(all.iter().filter(may).map(UnitOption::choice).collect())
}

async fn fields(req: &Req) -> Answer<Vec<Field>> {
    Ok(vec![
        Field::line("person_name", 40),
        Field::select("account_unit", units(req).await?),
        Field::of("person_phone", "tel").optional(),
        Field::of("person_mail", "email").optional(),
    ])
}

fn list(req: &Req) -> (String, String) {
    ("/admin/accounts".to_owned(), req.ui().t("accounts-title"))
}

fn up(account: &AccountRow) -> (String, String) {
    (format!("/admin/accounts/{}", account.login), account.name.clone())
}

async fn new_page(req: &Req) -> Answer<ActPage> {
    POLICY
        .somewhere(&req.ctx, Act::EditAccounts)
        .then_some(())
        .ok_or_else(Problem::forbidden)
        .or_fail(req)?;
    let mut all = vec![Field::line("login", 40)];
    all.extend(fields(req).await?);
    Ok(ActPage::new(req, "account-new", "", list(req), "/admin/accounts".to_owned(), all))
}

pub(super) async fn new_form(req: Req) -> Answer {
    let unit = Params::parse(&req.query).get("unit").to_owned();
    new_page(&req).await?.filled(Filled::new().set("account_unit", unit)).show(&req)
}

/// A password told once, with a page that says so.
fn tell(req: &Req, account: &AccountRow, one_time: String) -> Answer {
    let ui = req.ui();
    let title = ui.ta("account-password-shown", [("value", account.name.clone())]);
    let lead = ui.ta("account-password-shown.lead", [("value", account.login.clone())]);
    page(req, &OncePage { ui, title, lead, lines: vec![one_time], back: up(account).0 })
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    let one_time = password::one_time();
    let work = async {
        let word = one_time.clone();
        let password_hash = password::off_thread(move || password::hash(&word)).await??;
        let (login, unit, form) =
            (form.text("login").to_owned(), form.text("account_unit").to_owned(), form.clone());
        req.write(move |ctx, tx| {
            let facts = forms::person_facts(&form, forms::unit_in(tx, "account_unit", &unit)?);
            commands::create_account(
                tx,
                ctx,
                NewAccount { login, facts, language: ctx.locale, password_hash, must_change: true },
            )
        })
        .await
    };
    match work.await {
        Ok(account) => tell(&req, &account, one_time),
        Err(problem) => new_page(&req).await?.again(&req, &form, problem),
    }
}

async fn edit_page(req: &Req, account: &AccountRow) -> Answer<ActPage> {
    let post = format!("/admin/accounts/{}", account.login);
    let page = ActPage::new(req, "account-edit", &account.name, up(account), post, fields(req).await?);
    Ok(page.hidden("version", account.version))
}

pub(super) async fn edit_form(req: Req, Path(login): Path<String>) -> Answer {
    let account = loaded(&req, login, Act::EditAccounts).await?;
    let id = account.unit_id;
    let unit =
        req.read(move |_, tx| queries::unit(tx, id)).await.or_fail(&req)?.map(|u| u.code).unwrap_or_default();
    let form = Filled::new()
        .set("person_name", &account.name)
        .set("account_unit", unit)
        .set("person_phone", &account.phone)
        .set("person_mail", &account.mail);
    edit_page(&req, &account).await?.filled(form).show(&req)
}

pub(super) async fn edit(req: Req, Path(login): Path<String>, form: Form) -> Answer {
    let account = loaded(&req, login, Act::EditAccounts).await?;
    let (typed, id, version) = (form.clone(), account.id, forms::version(&form).or_fail(&req)?);
    let saved = req
        .write(move |ctx, tx| {
            let unit = forms::unit_in(tx, "account_unit", typed.text("account_unit"))?;
            commands::edit_account(tx, ctx, id, version, forms::person_facts(&typed, unit))
        })
        .await;
    match saved {
        Ok(account) => Ok(redirect(&req, &up(&account).0, "account-saved", &account.name)),
        Err(problem) => edit_page(&req, &account).await?.again(&req, &form, problem),
    }
}

fn state_page(req: &Req, account: &AccountRow, act: AccountMove) -> ActPage {
    let reason = Field::area("act_reason");
    let ends = matches!(act, AccountMove::Lock | AccountMove::Close);
    let fields = vec![if ends { reason } else { reason.optional() }];
    let post = format!("/admin/accounts/{}/state", account.login);
    let key = format!("account-{}", act.code());
    let page = ActPage::new(req, &key, &account.name, up(account), post, fields).hidden("move", act.code());
    if ends { page.danger() } else { page }
}

pub(super) async fn state_form(req: Req, Path(login): Path<String>) -> Answer {
    let account = loaded(&req, login, Act::EditAccounts).await?;
    let act = AccountMove::parse(Params::parse(&req.query).get("move"))
        .ok_or_else(Problem::not_found)
        .or_fail(&req)?;
    state_page(&req, &account, act).show(&req)
}

pub(super) async fn change_state(req: Req, Path(login): Path<String>, form: Form) -> Answer {
    let account = loaded(&req, login, Act::EditAccounts).await?;
    let act = forms::account_move(&form).or_fail(&req)?;
    let (id, reason) = (account.id, form.text("act_reason").to_owned());
    match req.write(move |ctx, tx| commands::change_account_state(tx, ctx, id, act, &reason)).await {
        Ok(account) => Ok(redirect(&req, &up(&account).0, "account-saved", &account.name)),
        Err(problem) => state_page(&req, &account, act).again(&req, &form, problem),
    }
}

pub(super) async fn reset_password(req: Req, Path(login): Path<String>, _form: Form) -> Answer {
    let account = loaded(&req, login, Act::EditAccounts).await?;
    let (one_time, id) = (password::one_time(), account.id);
    let word = one_time.clone();
    let work = async {
        let hash = password::off_thread(move || password::hash(&word)).await??;
        req.write(move |ctx, tx| commands::reset_password(tx, ctx, id, hash)).await
    };
    let account = work.await.or_fail(&req)?;
    tell(&req, &account, one_time)
}

pub(super) async fn reset_factor(req: Req, Path(login): Path<String>, _form: Form) -> Answer {
    let account = loaded(&req, login, Act::GrantRoles).await?;
    let account =
        req.write(move |ctx, tx| commands::reset_second_factor(tx, ctx, account.id)).await.or_fail(&req)?;
    Ok(redirect(&req, &up(&account).0, "factor-reset", &account.name))
}
