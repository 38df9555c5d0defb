//! Forms that change units.

use super::act::{ActPage, Field};
use crate::UnitRow;
use crate::policy::{self, Act, POLICY};
use crate::queries::{self, KindRow, UnitOption};
use crate::{commands, forms};
use kernel::problem::{Problem, Result};
use web::error::{OrFail, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Path, Req};

/// Choices that the forms offer.
struct Choices {
    kinds: Vec<KindRow>,
    units: Vec<UnitOption>,
}

impl Choices {
    async fn read(req: &Req) -> Answer<Self> {
        let both =
            req.read(|_, tx| Ok(Self { kinds: queries::kinds(tx)?, units: queries::all_units_options(tx)? }));
        both.await.or_fail(req)
    }

    fn kinds(&self, req: &Req) -> Vec<(String, String)> {
        self.kinds.iter().map(|k| (k.code.clone(), k.name(req.ctx.locale).to_owned())).collect()
    }

    /// Units that this person may put others below or into.
    fn units(&self, req: &Req) -> Vec<(String, String)> {
        let may = |u: &&UnitOption| POLICY.may(&req.ctx, Act::EditUnits, &policy::of_unit(u.id));
        self.units.iter().filter(may).map(UnitOption::choice).collect()
    }
}

/// The unit of the address, if this person may do this to it.
async fn load(req: &Req, code: String, act: Act) -> Answer<UnitRow> {
    req.read(move |ctx, tx| {
        let unit = queries::unit_by_code(tx, &code)?.ok_or_else(Problem::not_found)?;
        POLICY.require(ctx, act, &policy::of_unit(unit.id), true)?;
        Ok(unit)
    })
    .await
    .or_fail(req)
}

fn up(unit: &UnitRow) -> (String, String) {
    (format!("/units/{}", unit.code), unit.name.clone())
}

fn fact_fields(req: &Req, choices: &Choices) -> Vec<Field> {
    vec![
        Field::line("unit_name", 100),
        Field::line("unit_short_name", 30).optional(),
        Field::select("unit_kind", choices.kinds(req)),
        Field::line("credit_code", 18).optional(),
        Field::line("contact_name", 40).optional(),
        Field::of("contact_phone", "tel").optional(),
    ]
}

fn filled(unit: &UnitRow) -> Filled {
    Filled::new()
        .set("unit_name", &unit.name)
        .set("unit_short_name", &unit.short_name)
        .set("unit_kind", &unit.kind)
        .set("credit_code", unit.credit_code.as_deref().unwrap_or_default())
        .set("contact_name", &unit.contact_name)
        .set("contact_phone", &unit.contact_phone)
}

fn done(req: &Req, unit: &UnitRow, flash: &str) -> axum::response::Response {
    redirect(req, &format!("/units/{}", unit.code), flash, &unit.name)
}

async fn new_page(req: &Req) -> Answer<ActPage> {
    POLICY.somewhere(&req.ctx, Act::EditUnits).then_some(()).ok_or_else(Problem::forbidden).or_fail(req)?;
    let choices = Choices::read(req).await?;
    let mut fields = vec![Field::select("unit_parent", choices.units(req))];
    fields.extend(fact_fields(req, &choices));
    let list = ("/units".to_owned(), req.ui().t("units-title"));
    Ok(ActPage::new(req, "unit-new", "", list, "/units".to_owned(), fields))
}

pub(super) async fn new_form(req: Req) -> Answer {
    let parent = Params::parse(&req.query).get("parent").to_owned();
    new_page(&req).await?.filled(Filled::new().set("unit_parent", parent)).show(&req)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    let (facts, parent) = (forms::unit_facts(&form), form.text("unit_parent").to_owned());
    let made: Result<UnitRow> = req
        .write(move |ctx, tx| {
            let parent = forms::unit_in(tx, "unit_parent", &parent)?;
            commands::create_unit(tx, ctx, Some(parent), facts)
        })
        .await;
    match made {
        Ok(unit) => Ok(done(&req, &unit, "unit-created")),
        Err(problem) => new_page(&req).await?.again(&req, &form, problem),
    }
}

async fn edit_page(req: &Req, unit: &UnitRow) -> Answer<ActPage> {
    let fields = fact_fields(req, &Choices::read(req).await?);
    let post = format!("/units/{}", unit.code);
    Ok(ActPage::new(req, "unit-edit", &unit.name, up(unit), post, fields).hidden("version", unit.version))
}

pub(super) async fn edit_form(req: Req, Path(code): Path<String>) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    edit_page(&req, &unit).await?.filled(filled(&unit)).show(&req)
}

pub(super) async fn edit(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    let (facts, id, version) = (forms::unit_facts(&form), unit.id, forms::version(&form).or_fail(&req)?);
    match req.write(move |ctx, tx| commands::edit_unit(tx, ctx, id, version, facts)).await {
        Ok(unit) => Ok(done(&req, &unit, "unit-saved")),
        Err(problem) => edit_page(&req, &unit).await?.again(&req, &form, problem),
    }
}

fn contact_page(req: &Req, unit: &UnitRow) -> ActPage {
    let fields =
        vec![Field::line("contact_name", 40).optional(), Field::of("contact_phone", "tel").optional()];
    ActPage::new(req, "unit-contact", &unit.name, up(unit), format!("/units/{}/contact", unit.code), fields)
}

pub(super) async fn contact_form(req: Req, Path(code): Path<String>) -> Answer {
    let unit = load(&req, code, Act::EditContact).await?;
    contact_page(&req, &unit).filled(filled(&unit)).show(&req)
}

pub(super) async fn contact(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let unit = load(&req, code, Act::EditContact).await?;
    let (contact, id) = (forms::contact(&form), unit.id);
    match req.write(move |ctx, tx| commands::edit_contact(tx, ctx, id, contact)).await {
        Ok(unit) => Ok(done(&req, &unit, "unit-saved")),
        Err(problem) => contact_page(&req, &unit).again(&req, &form, problem),
    }
}

async fn move_page(req: &Req, unit: &UnitRow) -> Answer<ActPage> {
    let fields = vec![Field::select("unit_parent", Choices::read(req).await?.units(req))];
    Ok(ActPage::new(req, "unit-move", &unit.name, up(unit), format!("/units/{}/parent", unit.code), fields))
}

pub(super) async fn move_form(req: Req, Path(code): Path<String>) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    move_page(&req, &unit).await?.show(&req)
}

pub(super) async fn relocate(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    let (id, parent) = (unit.id, form.text("unit_parent").to_owned());
    let moved = req
        .write(move |ctx, tx| {
            let parent = forms::unit_in(tx, "unit_parent", &parent)?;
            commands::move_unit(tx, ctx, id, parent)
        })
        .await;
    match moved {
        Ok(unit) => Ok(done(&req, &unit, "unit-moved")),
        Err(problem) => move_page(&req, &unit).await?.again(&req, &form, problem),
    }
}

fn close_page(req: &Req, unit: &UnitRow) -> ActPage {
    let post = format!("/units/{}/closure", unit.code);
    ActPage::new(req, "unit-close", &unit.name, up(unit), post, vec![Field::area("act_reason")]).danger()
}

pub(super) async fn close_form(req: Req, Path(code): Path<String>) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    close_page(&req, &unit).show(&req)
}

pub(super) async fn close(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    let (id, reason) = (unit.id, form.text("act_reason").to_owned());
    match req.write(move |ctx, tx| commands::close_unit(tx, ctx, id, &reason)).await {
        Ok(unit) => Ok(done(&req, &unit, "unit-closed")),
        Err(problem) => close_page(&req, &unit).again(&req, &form, problem),
    }
}

pub(super) async fn reopen(req: Req, Path(code): Path<String>, _form: Form) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    let unit = req.write(move |ctx, tx| commands::reopen_unit(tx, ctx, unit.id)).await.or_fail(&req)?;
    Ok(done(&req, &unit, "unit-reopened"))
}

async fn merge_page(req: &Req, unit: &UnitRow) -> Answer<ActPage> {
    let fields =
        vec![Field::select("unit_into", Choices::read(req).await?.units(req)), Field::area("act_reason")];
    Ok(ActPage::new(req, "unit-merge", &unit.name, up(unit), format!("/units/{}/merger", unit.code), fields)
        .danger())
}

pub(super) async fn merge_form(req: Req, Path(code): Path<String>) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    merge_page(&req, &unit).await?.show(&req)
}

pub(super) async fn merge(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let unit = load(&req, code, Act::EditUnits).await?;
    let (id, into, reason) = (unit.id, form.text("unit_into").to_owned(), form.text("act_reason").to_owned());
    let merged = req
        .write(move |ctx, tx| {
            let into = forms::unit_in(tx, "unit_into", &into)?;
            commands::merge_unit(tx, ctx, id, into, &reason)
        })
        .await;
    match merged {
        Ok(unit) => Ok(done(&req, &unit, "unit-merged")),
        Err(problem) => merge_page(&req, &unit).await?.again(&req, &form, problem),
    }
}
