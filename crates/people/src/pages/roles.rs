//! Who holds which role: the list, granting, limiting and revoking.

use super::act::{ActPage, Field};
use super::role_options;
use crate::commands::{self, NewGrant};
use crate::forms;
use crate::model::RoleGrant;
use crate::policy::{self, Act, POLICY};
use crate::queries::{self, GrantFilter, GrantLine, UnitOption};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Problem;
use web::error::{OrFail, page, redirect};
use web::form::Filled;
use web::list::{Cursor, PAGE_SIZE, Page, Params};
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "roles.html")]
struct RolesPage {
    ui: Ui,
    params: Params,
    rows: Vec<GrantLine>,
    count: i64,
    next: Option<Cursor>,
    roles: Vec<(String, String)>,
    past: Vec<(String, String)>,
    may_grant: bool,
}

pub(super) async fn list(req: Req) -> Answer {
    POLICY.somewhere(&req.ctx, Act::SeeGrants).then_some(()).ok_or_else(Problem::forbidden).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let filter = GrantFilter {
        role: Role::parse(params.get("role")),
        words: params.get("q").to_owned(),
        unit: None,
        past_too: params.has("past", "1"),
    };
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let (found, count) = req
        .read(move |ctx, tx| {
            let limit = i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX);
            Ok((queries::grants(tx, ctx, &filter, after, limit)?, queries::grants_count(tx, ctx, &filter)?))
        })
        .await
        .or_fail(&req)?;
    let Page { rows, next } = Page::from_rows(found, PAGE_SIZE, |r| Cursor { sort: 0, id: r.id.raw() });
    let ui = req.ui();
    page(
        &req,
        &RolesPage {
            roles: role_options(&ui),
            past: vec![("1".to_owned(), ui.t("roles-past-too"))],
            may_grant: POLICY.somewhere(&req.ctx, Act::GrantRoles),
            ui,
            params,
            rows,
            count,
            next,
        },
    )
}

fn up(req: &Req) -> (String, String) {
    ("/admin/roles".to_owned(), req.ui().t("roles-title"))
}

async fn grant_page(req: &Req) -> Answer<ActPage> {
    POLICY.somewhere(&req.ctx, Act::GrantRoles).then_some(()).ok_or_else(Problem::forbidden).or_fail(req)?;
    let all = req.read(|_, tx| queries::all_units_options(tx)).await.or_fail(req)?;
    let may = |u: &&UnitOption| POLICY.may(&req.ctx, Act::GrantRoles, &policy::of_unit(u.id));
    let fields = vec![
        Field::line("grant_person", 40),
        Field::select("grant_role", role_options(&req.ui())),
        Field::select("grant_unit", all.iter().filter(may).map(UnitOption::choice).collect()),
        Field::of("first_day", "date"),
        Field::of("last_day", "date").optional(),
    ];
    Ok(ActPage::new(req, "role-grant", "", up(req), "/admin/roles".to_owned(), fields))
}

pub(super) async fn form(req: Req) -> Answer {
    let person = Params::parse(&req.query).get("person").to_owned();
    let form = Filled::new().set("grant_person", person).set("first_day", req.ctx.now.date());
    grant_page(&req).await?.filled(form).show(&req)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    let work = async {
        let (role, days) = (forms::role(&form)?, forms::days(&form, req.ctx.now.date())?);
        let (login, unit) = (form.text("grant_person").to_owned(), form.text("grant_unit").to_owned());
        req.write(move |ctx, tx| {
            let person = forms::person_in(tx, "grant_person", &login)?;
            let unit = forms::unit_in(tx, "grant_unit", &unit)?;
            commands::grant_role(tx, ctx, NewGrant { person: person.id, role, unit, days })?;
            Ok(person.name)
        })
        .await
    };
    match work.await {
        Ok(name) => Ok(redirect(&req, "/admin/roles", "role-granted", &name)),
        Err(problem) => grant_page(&req).await?.again(&req, &form, problem),
    }
}

fn end_page(req: &Req, id: Id<RoleGrant>) -> ActPage {
    let fields = vec![Field::of("last_day", "date")];
    ActPage::new(req, "role-end", "", up(req), format!("/admin/roles/{id}/end"), fields)
}

pub(super) async fn end_form(req: Req, Path(id): Path<Id<RoleGrant>>) -> Answer {
    req.read(move |ctx, tx| commands::may_end_role(tx, ctx, id)).await.or_fail(&req)?;
    end_page(&req, id).show(&req)
}

pub(super) async fn end(req: Req, Path(id): Path<Id<RoleGrant>>, form: Form) -> Answer {
    let work = async {
        let until = forms::day(&form, "last_day")?;
        req.write(move |ctx, tx| commands::limit_role(tx, ctx, id, until)).await
    };
    match work.await {
        Ok(_) => Ok(redirect(&req, "/admin/roles", "role-limited", "")),
        Err(problem) => end_page(&req, id).again(&req, &form, problem),
    }
}

fn revoke_page(req: &Req, id: Id<RoleGrant>) -> ActPage {
    let fields = vec![Field::area("act_reason").optional()];
    ActPage::new(req, "role-revoke", "", up(req), format!("/admin/roles/{id}/revocation"), fields).danger()
}

pub(super) async fn revoke_form(req: Req, Path(id): Path<Id<RoleGrant>>) -> Answer {
    req.read(move |ctx, tx| commands::may_end_role(tx, ctx, id)).await.or_fail(&req)?;
    revoke_page(&req, id).show(&req)
}

pub(super) async fn revoke(req: Req, Path(id): Path<Id<RoleGrant>>, form: Form) -> Answer {
    let reason = form.text("act_reason").to_owned();
    match req.write(move |ctx, tx| commands::revoke_role(tx, ctx, id, &reason)).await {
        Ok(_) => Ok(redirect(&req, "/admin/roles", "role-revoked", "")),
        Err(problem) => revoke_page(&req, id).again(&req, &form, problem),
    }
}
