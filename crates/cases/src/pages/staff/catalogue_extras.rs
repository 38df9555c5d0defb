//! 附加问题 of one kind: what is asked now, and the draft of what shall be.

use super::catalogue::changed;
use super::catalogue_item::find;
use crate::catalogue::VersionState;
use crate::catalogue::edit_extras::{discard_extras, draft_extra, drop_extra, publish_extras, raise_extra};
use crate::catalogue::extras::{ExtraKind, NewExtra, Words};
use crate::catalogue::store::{self as table, ItemRow};
use crate::forms;
use crate::model::Item;
use crate::pages::shared;
use crate::pages::shown;
use crate::policy::{Act, POLICY};
use ::store::Tx;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/catalogue_extras.html")]
struct ExtrasPage {
    ui: Ui,
    form: Filled,
    item: ItemRow,
    code: String,
    /// What is asked now.
    in_force: Vec<ExtraLine>,
    /// What shall be asked, while somebody is at it.
    draft: Option<Vec<ExtraLine>>,
    kinds: Vec<(&'static str, String)>,
    /// Answers after which a question may be asked: `flooded=yes`.
    answers: Vec<(String, String)>,
    may_edit: bool,
}

/// A question in a table. All texts are in the reader's language.
struct ExtraLine {
    code: String,
    wording: String,
    kind: String,
    /// Unit or choices.
    detail: String,
    required: bool,
    personal: bool,
    after: String,
}

impl ExtraLine {
    fn of(ui: &Ui, extra: &NewExtra, all: &[NewExtra]) -> Self {
        let words = |w: &Words| w.of(ui.locale()).to_owned();
        let detail = match extra.kind {
            ExtraKind::Number => words(&extra.unit),
            _ => extra.choices.iter().map(words).collect::<Vec<_>>().join(" / "),
        };
        let after = extra.after.as_ref().and_then(|(code, value)| {
            let earlier = all.iter().find(|e| e.code == *code)?;
            let args =
                [("question", words(&earlier.wording)), ("answer", shown::option_text(ui, earlier, value))];
            Some(ui.ta("extra-only-after", args))
        });
        Self {
            code: extra.code.clone(),
            wording: words(&extra.wording),
            kind: ui.named("extra-kind", extra.kind.code()),
            detail,
            required: extra.required,
            personal: extra.personal,
            after: after.unwrap_or_default(),
        }
    }
}

/// The two sets of an item.
struct Sets {
    in_force: Vec<NewExtra>,
    draft: Option<Vec<NewExtra>>,
}

impl Sets {
    fn read(tx: &mut Tx<'_>, item: Id<Item>) -> Result<Self> {
        let mut of = |state| match table::extra_set(tx, item, state)? {
            Some(set) => table::extras_of(tx, set.id).map(Some),
            None => Ok(None),
        };
        Ok(Self { draft: of(VersionState::Draft)?, in_force: of(VersionState::InForce)?.unwrap_or_default() })
    }

    /// What is edited: the draft, or what it would begin with.
    fn edited(&self) -> &[NewExtra] {
        self.draft.as_deref().unwrap_or(&self.in_force)
    }
}

/// The form with a question that is there already.
fn filled(extra: &NewExtra) -> Filled {
    let choices = extra.choices.iter().map(Words::write).collect::<Vec<_>>().join("\n");
    let after = extra.after.as_ref().map_or_else(String::new, |(code, value)| format!("{code}={value}"));
    let tick = |on| if on { "1" } else { "" };
    Filled::new()
        .set("extra_code", &extra.code)
        .set("wording", &extra.wording.zh)
        .set("wording_en", &extra.wording.en)
        .set("extra_kind", extra.kind.code())
        .set("extra_unit", extra.unit.write())
        .set("choices", choices)
        .set("extra_required", tick(extra.required))
        .set("extra_personal", tick(extra.personal))
        .set("extra_after", after)
}

async fn shown_page(req: &Req, code: String, form: Filled) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Statistics) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let desk = shared::desk(req).await?;
    let id = find(&desk, &code).or_fail(req)?;
    let read = req
        .read(move |_, tx| Ok((table::item(tx, id)?.ok_or_else(Problem::not_found)?, Sets::read(tx, id)?)));
    let (item, sets) = read.await.or_fail(req)?;
    let ui = req.ui();
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let asked = Params::parse(&req.query);
    let known = sets.edited().iter().find(|e| !form.failed() && e.code == asked.get("question"));
    let lines = |set: &[NewExtra]| set.iter().map(|e| ExtraLine::of(&ui, e, set)).collect::<Vec<_>>();
    let answer = |e: &NewExtra, option: &str| {
        let text = shown::option_text(&ui, e, option);
        (format!("{}={option}", e.code), format!("{}{}{text}", e.wording.of(ui.locale()), ui.t("form-colon")))
    };
    let view = ExtrasPage {
        in_force: lines(&sets.in_force),
        draft: sets.draft.as_deref().map(lines),
        kinds: shown::codes::<ExtraKind>(&ui, "extra-kind"),
        answers: sets
            .edited()
            .iter()
            .flat_map(|e| e.options().into_iter().map(move |option| (e, option)))
            .map(|(e, option)| answer(e, option))
            .collect(),
        may_edit: POLICY.somewhere(&req.ctx, Act::EditCatalogue),
        form: known.map_or(form, filled),
        item,
        code,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn page_of(req: Req, Path(code): Path<String>) -> Answer {
    shown_page(&req, code, Filled::new()).await
}

fn address(code: &str) -> String {
    format!("/admin/catalogue/items/{code}/questions")
}

/// Changes the questions of a kind, and leads back to them.
async fn change(
    req: &Req,
    code: &str,
    flash: &str,
    work: impl FnOnce(&Ctx, &mut Tx<'_>, Id<Item>) -> Result<()> + Send + 'static,
) -> Answer<Result<axum::response::Response>> {
    let desk = shared::desk(req).await?;
    let id = find(&desk, code).or_fail(req)?;
    let done = changed(req, move |ctx, tx| work(ctx, tx, id)).await;
    Ok(done.map(|()| redirect(req, &address(code), flash, "")))
}

/// `POST …/questions`: a question into the draft, in place of the one with its code.
pub(crate) async fn draft(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let done = match forms::extra(&form) {
        Ok(extra) => {
            change(&req, &code, "extra-drafted", move |ctx, tx, id| draft_extra(ctx, tx, id, extra)).await?
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(answer) => Ok(answer),
        Err(problem) => shown_page(&req, code, shared::refused(&req, &form, problem)?).await,
    }
}

/// `POST …/questions/{question}/removal`: out of the draft.
pub(crate) async fn remove(req: Req, Path((code, question)): Path<(String, String)>, _: Form) -> Answer {
    let work = move |ctx: &Ctx, tx: &mut Tx<'_>, id| drop_extra(ctx, tx, id, &question);
    change(&req, &code, "extra-drafted", work).await?.or_fail(&req)
}

/// `POST …/questions/{question}/rise`: asked one place earlier.
pub(crate) async fn raise(req: Req, Path((code, question)): Path<(String, String)>, _: Form) -> Answer {
    let work = move |ctx: &Ctx, tx: &mut Tx<'_>, id| raise_extra(ctx, tx, id, &question);
    change(&req, &code, "extra-drafted", work).await?.or_fail(&req)
}

/// `POST …/questions/publication`: the whole draft is asked from now on.
pub(crate) async fn publish(req: Req, Path(code): Path<String>, _: Form) -> Answer {
    change(&req, &code, "extras-published", publish_extras).await?.or_fail(&req)
}

/// `POST …/questions/discard`: the draft is forgotten.
pub(crate) async fn discard(req: Req, Path(code): Path<String>, _: Form) -> Answer {
    change(&req, &code, "extras-discarded", discard_extras).await?.or_fail(&req)
}
