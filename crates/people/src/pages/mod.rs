//! The pages, one resource a file. Addresses hold the numbers and logins that people know, never internal ids, except
//! where a form refers to a row that has no name (a session, a grant).

mod account;
mod account_acts;
mod accounts;
mod act;
mod audit;
mod authenticators;
mod identities;
mod identity_list;
mod keys;
mod lending;
mod log;
mod me;
mod own_password;
mod provider;
mod provider_entrance;
mod roles;
pub(crate) mod search;
mod second_factor;
mod second_step;
mod sessions;
mod sign_in;
mod unit;
mod unit_acts;
mod units;
mod units_import;
mod visitor;

use crate::policy::{Act, POLICY};
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use tokio::sync::Semaphore;
use web::{Access, Routes};

/// Only who keeps accounts, or answers for people, needs the list in the menu; everybody may see themselves in it.
pub(crate) fn accounts_in_menu(ctx: &Ctx) -> bool {
    let visible = POLICY.visible(ctx, Act::SeeAccounts);
    visible.all || !visible.ties.is_empty()
}

/// Waiting for the identity provider must not take the places in which passwords are checked.
static WAITING: Semaphore = Semaphore::const_new(8);

/// Runs work that waits for another machine beside the async threads.
async fn slowly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _slot = WAITING.acquire().await.map_err(Problem::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

/// Value and text of the roles, for forms and filters.
fn role_options(ui: &web::Ui) -> Vec<(String, String)> {
    Role::ALL.iter().map(|r| (r.code().to_owned(), ui.t(format!("role-{}", r.code())))).collect()
}

pub(crate) fn routes() -> Routes {
    entrance().merge(own()).merge(unit_routes()).merge(admin()).merge(crate::api::routes())
}

fn entrance() -> Routes {
    Routes::new()
        .get("/sign-in", Access::Public, sign_in::form)
        .post("/sign-in", Access::Public, sign_in::enter)
        .get("/sign-in/second-factor", Access::Public, second_step::page_of)
        .post("/sign-in/second-factor", Access::Public, second_step::code)
        .post("/sign-in/second-factor/challenge", Access::Public, second_step::challenge)
        .post("/sign-in/second-factor/authenticator", Access::Public, second_step::authenticator)
        .get("/sign-in/provider", Access::Public, provider_entrance::go)
        .get(provider::RETURN, Access::Public, provider_entrance::back)
        .post("/sign-out", Access::Public, sign_in::leave)
}

fn own() -> Routes {
    Routes::new()
        .get("/me", Access::SignedIn, me::page_of)
        .get("/me/profile", Access::SignedIn, me::profile_form)
        .post("/me/profile", Access::SignedIn, me::profile)
        .post("/me/consents/{purpose}/withdrawal", Access::SignedIn, me::withdraw)
        .get("/me/password", Access::SignedIn, own_password::form)
        .post("/me/password", Access::SignedIn, own_password::change)
        .post("/me/sessions/{id}/end", Access::SignedIn, me::end_session)
        .post("/me/sessions/others/end", Access::SignedIn, me::end_others)
        .get("/me/second-factor", Access::SignedIn, second_factor::page_of)
        .post("/me/second-factor/beginning", Access::SignedIn, second_factor::begin)
        .post("/me/second-factor", Access::SignedIn, second_factor::confirm)
        .get("/me/second-factor/removal", Access::SignedIn, second_factor::drop_form)
        .post("/me/second-factor/removal", Access::SignedIn, second_factor::drop)
        .post("/me/authenticators/challenge", Access::SignedIn, authenticators::challenge)
        .post("/me/authenticators", Access::SignedIn, authenticators::register)
        .get("/me/authenticators/{id}/removal", Access::SignedIn, authenticators::removal_form)
        .post("/me/authenticators/{id}/removal", Access::SignedIn, authenticators::remove)
        .get("/me/identities/new", Access::SignedIn, identities::own_form)
        .post("/me/identities", Access::SignedIn, identities::own_begin)
        .post("/me/identities/{id}/removal", Access::SignedIn, identities::own_unlink)
        .get("/me/keys/new", Access::SignedIn, keys::form)
        .post("/me/keys", Access::SignedIn, keys::create)
        .post("/me/keys/{id}/revocation", Access::SignedIn, keys::revoke)
        .get("/me/lending/new", Access::SignedIn, lending::form)
        .post("/me/lending", Access::SignedIn, lending::create)
        .post("/me/lending/{id}/end", Access::SignedIn, lending::end)
}

fn unit_routes() -> Routes {
    const SEE: Access = Access::Action("people-see-units");
    const EDIT: Access = Access::Action("people-edit-units");
    Routes::new()
        .get("/units", SEE, units::list)
        .get("/units/new", EDIT, unit_acts::new_form)
        .get("/units/import", EDIT, units_import::page)
        .post("/units/import", EDIT, units_import::run)
        .post("/units", EDIT, unit_acts::create)
        .get("/units/{code}", SEE, unit::page_of)
        .get("/units/{code}/edit", EDIT, unit_acts::edit_form)
        .post("/units/{code}", EDIT, unit_acts::edit)
        .get("/units/{code}/contact", Access::Action("people-edit-contact"), unit_acts::contact_form)
        .post("/units/{code}/contact", Access::Action("people-edit-contact"), unit_acts::contact)
        .get("/units/{code}/parent", EDIT, unit_acts::move_form)
        .post("/units/{code}/parent", EDIT, unit_acts::relocate)
        .get("/units/{code}/closure", EDIT, unit_acts::close_form)
        .post("/units/{code}/closure", EDIT, unit_acts::close)
        .post("/units/{code}/reopening", EDIT, unit_acts::reopen)
        .get("/units/{code}/merger", EDIT, unit_acts::merge_form)
        .post("/units/{code}/merger", EDIT, unit_acts::merge)
}

fn admin() -> Routes {
    const SEE: Access = Access::Action("people-see-accounts");
    const EDIT: Access = Access::Action("people-edit-accounts");
    const GRANT: Access = Access::Action("people-grant-roles");
    const LINK: Access = Access::Action("people-link-identities");
    const END: Access = Access::Action("people-end-sessions");
    const CONFIGURE: Access = Access::Action("people-configure-sign-in");
    Routes::new()
        .get("/admin/accounts", SEE, accounts::list)
        .get("/admin/accounts/new", EDIT, account_acts::new_form)
        .post("/admin/accounts", EDIT, account_acts::create)
        .get("/admin/accounts/{login}", SEE, account::page_of)
        .get("/admin/accounts/{login}/edit", EDIT, account_acts::edit_form)
        .post("/admin/accounts/{login}", EDIT, account_acts::edit)
        .get("/admin/accounts/{login}/state", EDIT, account_acts::state_form)
        .post("/admin/accounts/{login}/state", EDIT, account_acts::change_state)
        .post("/admin/accounts/{login}/password", EDIT, account_acts::reset_password)
        .post("/admin/accounts/{login}/second-factor", GRANT, account_acts::reset_factor)
        .get("/admin/accounts/{login}/identities/new", LINK, identities::form)
        .post("/admin/accounts/{login}/identities", LINK, identities::create)
        .post("/admin/accounts/{login}/identities/{id}/removal", LINK, identities::unlink)
        .post("/admin/accounts/{login}/sessions/{id}/end", END, sessions::end)
        .post("/admin/accounts/{login}/sessions/end", END, sessions::end_all)
        .get("/admin/sign-in", Access::Action("people-see-sign-in"), provider::page_of)
        .post("/admin/sign-in", CONFIGURE, provider::save)
        .post("/admin/sign-in/trial", CONFIGURE, provider::try_it)
        .get("/admin/sign-in/identities", Access::Action("people-see-sign-in"), identity_list::list)
        .get("/admin/sign-in/identities/import", LINK, identity_list::import_page)
        .post("/admin/sign-in/identities/import", LINK, identity_list::import)
        .get("/admin/roles", Access::Action("people-see-grants"), roles::list)
        .get("/admin/roles/new", GRANT, roles::form)
        .post("/admin/roles", GRANT, roles::create)
        .get("/admin/roles/{id}/end", GRANT, roles::end_form)
        .post("/admin/roles/{id}/end", GRANT, roles::end)
        .get("/admin/roles/{id}/revocation", GRANT, roles::revoke_form)
        .post("/admin/roles/{id}/revocation", GRANT, roles::revoke)
        .get("/admin/audit", Access::Action("people-read-log"), audit::list)
        .post("/admin/audit/verification", Access::Action("people-read-log"), audit::verify)
}
