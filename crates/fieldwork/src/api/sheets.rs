//! Checklists for programs.

use super::bodies::FieldWords;
use super::sheet_bodies::{
    CellRemark, ChecklistAutomatic, ChecklistImport, ChecklistRow, ChecklistRows, ChecklistStep,
    ChecklistTaken, ChecklistUse, ChecklistVersion, ChecklistVersions,
};
use crate::model::Edition;
use crate::policy::{self, Act};
use crate::{commands, queries};
use ::store::Tx;
use axum::body::Body;
use axum::http::StatusCode;
use checklist::words;
use checklist::xlsform::SheetFault;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

/// All checklists of the city.
#[utoipa::path(get, path = "/api/v1/fieldwork/checklists", tag = "fieldwork", operation_id = "listChecklists",
    responses((status = 200, body = ChecklistRows, description = "each with the version in use and its types of point")))]
pub(super) async fn list(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::See).or_fail(&req)?;
    let all = req.read(queries::sheets).await.or_fail(&req)?;
    let row = |l: &queries::Listed| {
        ChecklistRow::of(&l.sheet, l.in_use.as_ref(), l.types.iter().map(|t| t.code.clone()).collect())
    };
    json(&req, &ChecklistRows { items: all.iter().map(row).collect() })
}

/// Largest workbook, in bytes.
const WORKBOOK: usize = 8 << 20;

fn remark(fault: &SheetFault) -> CellRemark {
    CellRemark {
        sheet: fault.sheet.clone(),
        row: fault.row,
        column: fault.column.clone(),
        code: fault.code.clone(),
        message: FieldWords::of(&words::sentence(&fault.code, &fault.what, fault.at)),
    }
}

/// Takes a workbook in as a version that is not in use yet. The body is the file itself.
#[utoipa::path(post, path = "/api/v1/fieldwork/checklists", tag = "fieldwork", operation_id = "importChecklist",
    params(("dry" = Option<String>, Query, description = "`1`: only tell what would be taken")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "XLSX, XLS or ODS as XLSForm has it"),
    responses((status = 200, body = ChecklistImport, description = "what would be taken, or why nothing would"),
        (status = 201, body = ChecklistImport, description = "it was taken"),
        (status = 409, description = "a version of this name was published"),
        (status = 413, description = "it is too large"),
        (status = 422, body = ChecklistImport, description = "nothing was taken: every fault with its cell")))]
pub(super) async fn import(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let too_large = |_| Problem::new(413, "too-large").arg("limit", "8 MB");
    let bytes = axum::body::to_bytes(given, WORKBOOK).await.map_err(too_large).or_fail(&req)?;
    let found = crate::pages::read_workbook(&req, bytes.to_vec().into()).await?;
    let dry = Params::parse(&req.query).has("dry", "1");
    let strangers = match &found.checklist {
        Some(model) => crate::pages::strangers(&req, model.clone()).await?,
        None => None,
    };
    let told = ChecklistImport {
        taken: found
            .checklist
            .as_ref()
            .map(|c| ChecklistTaken { code: c.code.clone(), label: c.version.clone() }),
        faults: found.faults.iter().map(remark).collect(),
        notes: found.notes.iter().map(remark).collect(),
        unknown_standards: strangers.map(|of| of.codes).unwrap_or_default(),
    };
    let status = match found.checklist {
        _ if dry => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
        Some(model) => {
            req.write(move |ctx, tx| commands::import(ctx, tx, model)).await.or_fail(&req)?;
            StatusCode::CREATED
        }
    };
    json_with(&req, status, &told)
}

/// Versions of a checklist, the latest first.
#[utoipa::path(get, path = "/api/v1/fieldwork/checklists/{code}", tag = "fieldwork", operation_id = "getChecklist",
    params(("code" = String, Path, description = "`form_id` of the workbook")),
    responses((status = 200, body = ChecklistVersions, description = "its versions"),
        (status = 404, description = "no such checklist")))]
pub(super) async fn one(req: Req, Path(code): Path<String>) -> Answer {
    policy::somewhere(&req.ctx, Act::See).or_fail(&req)?;
    let (sheet, all) = req.read(move |ctx, tx| queries::editions(ctx, tx, &code)).await.or_fail(&req)?;
    let items = all.iter().map(|(e, _)| ChecklistVersion::of(&sheet.code, e, false)).collect();
    json(&req, &ChecklistVersions { items })
}

/// Says whether what is not met becomes a case by itself.
#[utoipa::path(put, path = "/api/v1/fieldwork/checklists/{code}/automatic", tag = "fieldwork", operation_id = "setChecklistAutomatic",
    params(("code" = String, Path, description = "`form_id` of the workbook")), request_body = ChecklistAutomatic,
    responses((status = 200, body = ChecklistRow, description = "the checklist as it is now"),
        (status = 404, description = "no such checklist"),
        (status = 409, description = "somebody was faster")))]
pub(super) async fn automatic(req: Req, Path(code): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let asked: ChecklistAutomatic = body(&req, given).await?;
    let write =
        req.write(move |ctx, tx| commands::set_automatic(ctx, tx, (&code, asked.version), asked.automatic));
    let sheet = write.await.or_fail(&req)?;
    json(&req, &ChecklistRow::of(&sheet, None, Vec::new()))
}

/// One version with the checklist itself.
#[utoipa::path(get, path = "/api/v1/fieldwork/checklists/{code}/{label}", tag = "fieldwork", operation_id = "getChecklistVersion",
    params(("code" = String, Path, description = "`form_id` of the workbook"),
        ("label" = String, Path, description = "`version` of the workbook")),
    responses((status = 200, body = ChecklistVersion, description = "the version"),
        (status = 404, description = "no such version")))]
pub(super) async fn version(req: Req, Path((code, label)): Path<(String, String)>) -> Answer {
    policy::somewhere(&req.ctx, Act::See).or_fail(&req)?;
    let may = policy::may(&req.ctx, Act::Edit);
    let read = req.read(move |ctx, tx| {
        let (sheet, edition, _) = queries::one(ctx, tx, &code, &label)?;
        let strangers = if may { queries::strangers(tx, &edition.model.0)? } else { None };
        Ok((sheet, edition, strangers))
    });
    let (sheet, edition, strangers) = read.await.or_fail(&req)?;
    let unknown_standards = may.then(|| strangers.map(|of| of.codes).unwrap_or_default());
    let whole = ChecklistVersion::of(&sheet.code, &edition, true);
    json(&req, &ChecklistVersion { unknown_standards, ..whole })
}

/// A version as a workbook.
#[utoipa::path(get, path = "/api/v1/fieldwork/checklists/{code}/{label}/workbook.xlsx", tag = "fieldwork", operation_id = "getChecklistWorkbook",
    params(("code" = String, Path, description = "`form_id` of the workbook"),
        ("label" = String, Path, description = "`version` of the workbook")),
    responses((status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", description = "XLSForm"),
        (status = 404, description = "no such version")))]
pub(super) async fn workbook(req: Req, of: Path<(String, String)>) -> Answer {
    crate::pages::workbook(req, of).await
}

/// A version as a form of ODK's programs.
#[utoipa::path(get, path = "/api/v1/fieldwork/checklists/{code}/{label}/form.xml", tag = "fieldwork", operation_id = "getChecklistForm",
    params(("code" = String, Path, description = "`form_id` of the workbook"),
        ("label" = String, Path, description = "`version` of the workbook")),
    responses((status = 200, body = Vec<u8>, content_type = "text/xml", description = "XForm"),
        (status = 404, description = "no such version")))]
pub(super) async fn xform(req: Req, of: Path<(String, String)>) -> Answer {
    crate::pages::xform(req, of).await
}

async fn step<F>(req: Req, (code, label): (String, String), given: Body, work: F) -> Answer
where
    F: for<'a> FnOnce(&Ctx, &mut Tx<'_>, (&'a str, &'a str, i64)) -> Result<Edition> + Send + 'static,
{
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let asked: ChecklistStep = body(&req, given).await?;
    let of = code.clone();
    let write = req.write(move |ctx, tx| work(ctx, tx, (&of, &label, asked.version)));
    let edition = write.await.or_fail(&req)?;
    json(&req, &ChecklistVersion::of(&code, &edition, false))
}

/// Freezes a version and puts it to use.
#[utoipa::path(post, path = "/api/v1/fieldwork/checklists/{code}/{label}/publication", tag = "fieldwork", operation_id = "publishChecklist",
    params(("code" = String, Path, description = "`form_id` of the workbook"),
        ("label" = String, Path, description = "`version` of the workbook")), request_body = ChecklistStep,
    responses((status = 200, body = ChecklistVersion, description = "the version as it is now"),
        (status = 404, description = "no such version"),
        (status = 409, description = "it is in use or retired, or somebody was faster")))]
pub(super) async fn publish(req: Req, Path(of): Path<(String, String)>, given: Body) -> Answer {
    step(req, of, given, commands::publish).await
}

/// No new record is made by it.
#[utoipa::path(post, path = "/api/v1/fieldwork/checklists/{code}/{label}/retirement", tag = "fieldwork", operation_id = "retireChecklist",
    params(("code" = String, Path, description = "`form_id` of the workbook"),
        ("label" = String, Path, description = "`version` of the workbook")), request_body = ChecklistStep,
    responses((status = 200, body = ChecklistVersion, description = "the version as it is now"),
        (status = 404, description = "no such version"),
        (status = 409, description = "it is retired already, or somebody was faster")))]
pub(super) async fn retire(req: Req, Path(of): Path<(String, String)>, given: Body) -> Answer {
    step(req, of, given, commands::retire).await
}

/// Says which checklist a type of point is looked at by, from today on.
#[utoipa::path(put, path = "/api/v1/fieldwork/types/{type}", tag = "fieldwork", operation_id = "assignChecklist",
    params(("type" = String, Path, description = "code of a type of point")), request_body = ChecklistUse,
    responses((status = 200, body = ChecklistRows, description = "all checklists as they are now"),
        (status = 422, description = "no such type or checklist")))]
pub(super) async fn assign(req: Req, Path(kind): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let asked: ChecklistUse = body(&req, given).await?;
    let write = req.write(move |ctx, tx| commands::assign(ctx, tx, &kind, asked.checklist.as_deref()));
    write.await.or_fail(&req)?;
    list(req).await
}
