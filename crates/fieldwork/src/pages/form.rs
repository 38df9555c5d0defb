//! The form of a visit. It works without script: conditions and rows follow when it is sent with "update", and every sending is
//! kept as the inspector's own draft.

use crate::commands::{self, Begun, NewFile, Typed};
use crate::model::{FieldFile, Record};
use crate::policy::{self, Act};
use crate::sheet_view::{Input, Node, lay_out, said, spoken};
use crate::store as rows;
use crate::typed::{FIELD, change_rows, fit_rows, read};
use ::store::files::Files;
use axum::http::StatusCode;
use checklist::{AnswerFault, Answers, words};
use inspections::visits::Visit;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use web::error::{OrFail, page_with, redirect};
use web::form::FILE_LIMIT;
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "fieldwork/form.html")]
struct FormPage {
    ui: Ui,
    id: String,
    version: i64,
    name: String,
    number: String,
    point: String,
    address: String,
    geo: String,
    nodes: Vec<Node>,
    /// Faults with the ids of their questions.
    faults: Vec<(String, String)>,
    returned: String,
    files: Vec<FieldFile>,
    other: String,
}

impl FormPage {
    /// The picture of a name, where it is kept already.
    fn picture(&self, name: &str) -> String {
        let file = self.files.iter().find(|f| f.name == name);
        file.map(|f| format!("/fieldwork/photos/{}/thumb", f.id)).unwrap_or_default()
    }
}

pub(super) async fn page_of(req: Req, Path(id): Path<Id<Visit>>) -> Answer {
    show(&req, id, None, String::new()).await
}

/// What is wrong, with the answers that it is wrong of; nothing where nobody has handed it in yet.
type Refused = Option<(Answers, Vec<AnswerFault>)>;

async fn show(req: &Req, id: Id<Visit>, refused: Refused, other: String) -> Answer {
    policy::somewhere(&req.ctx, Act::Fill).or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let begun = commands::begin(ctx, tx, id)?;
        let address = places::queries::site(tx, begun.stop.point.site_id)?.address.unwrap_or_default();
        let files = match &begun.record {
            Some(record) => rows::files(tx, record.id)?,
            None => Vec::new(),
        };
        Ok((begun, address, files))
    });
    let (begun, address, files) = match read.await {
        Err(problem) if problem.code == "fieldwork-handed-in" => {
            let number = problem.args.iter().find(|(name, _)| *name == "number").map(|(_, n)| n.clone());
            let to = format!("/fieldwork/records/{}", number.unwrap_or_default());
            return Ok(redirect(req, &to, "", ""));
        }
        read => read.or_fail(req)?,
    };
    let Begun { record, edition, stop, mut answers, .. } = begun;
    let (list, today) = (&edition.model.0, req.ctx.now.date());
    let tell = refused.is_some();
    if let Some((typed, _)) = refused {
        answers = typed;
    }
    fit_rows(list, &mut answers, today);
    let settled = list.settle(&answers, today);
    let ui = req.ui();
    let locale = ui.locale();
    // what was worked out is shown as it stands now
    let nodes = lay_out(list, &with_calculated(&answers, &settled.answers), &settled, tell, locale);
    let told = settled.faults.iter().filter(|_| tell).map(|f| {
        let sentence = if f.message.is_blank() {
            words::sentence(f.code.code(), &f.what, None)
        } else {
            f.message.clone()
        };
        let text =
            format!("{}{}{}", spoken(list, &f.path, locale), ui.t("form-colon"), said(locale, &sentence));
        (crate::sheet_view::id_of(&f.path), text)
    });
    let view = FormPage {
        id: id.to_string(),
        version: record.as_ref().map_or(0, |r| r.version),
        name: said(locale, &list.title),
        number: stop.point.number.clone(),
        point: stop.point.name.clone(),
        geo: format!("geo:{:.6},{:.6}", stop.point.lat, stop.point.lng),
        faults: told.collect(),
        returned: record.as_ref().map(|r| r.reason.clone()).unwrap_or_default(),
        address,
        nodes,
        files,
        other,
        ui,
    };
    let wrong = tell || !view.other.is_empty();
    page_with(req, if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &view)
}

/// What was typed, with what was worked out of it.
fn with_calculated(typed: &Answers, settled: &Answers) -> Answers {
    let mut all = typed.clone();
    for (name, given) in &settled.given {
        all.given.entry(name.clone()).or_insert_with(|| given.clone());
    }
    for (name, rows) in &mut all.rows {
        let Some(counted) = settled.rows.get(name) else { continue };
        for (row, settled) in rows.iter_mut().zip(counted) {
            *row = with_calculated(row, settled);
        }
    }
    all
}

/// Files, and their names by the paths of their questions.
type Received = (Vec<NewFile>, Vec<(String, String)>);

/// Files of the form, with the paths of their questions; or the path at which one is no sound that is taken.
async fn receive(req: &Req, form: &Form) -> Answer<Result<Received>> {
    let sent: Vec<_> = form
        .files
        .iter()
        .filter_map(|u| Some((u.field.strip_prefix(FIELD)?.to_owned(), u.bytes.clone())))
        .collect();
    let files = Files::of(req.db());
    let work = move || -> Result<Result<Received>> {
        let (mut all, mut names) = (Vec::new(), Vec::new());
        for (path, bytes) in sent {
            let (kind, clean) = match crate::api::sound_of(&bytes) {
                Some(Ok(heard)) => (Some(heard.0), heard.1),
                Some(Err(code)) => {
                    let error = FieldError::new("recording", code);
                    return Ok(Err(Problem::invalid(vec![error])));
                }
                None => (None, bytes.to_vec()),
            };
            let received = files.receive_now(&clean[..], FILE_LIMIT as u64 + 1024)?;
            let ending = kind.map_or(".jpg", sound::Kind::ending);
            let name = format!("p-{}{ending}", received.sha256.get(..12).unwrap_or_default());
            names.push((path, name.clone()));
            all.push(NewFile { received, name, sound: kind });
        }
        Ok(Ok((all, names)))
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|done| done).or_fail(req)
}

pub(super) async fn send(req: Req, Path(id): Path<Id<Visit>>, form: Form) -> Answer {
    policy::somewhere(&req.ctx, Act::Fill).or_fail(&req)?;
    let version: i64 = form.text("version").parse().map_err(|_| Problem::stale()).or_fail(&req)?;
    let (new, names) = match receive(&req, &form).await? {
        Ok(received) => received,
        Err(problem) => {
            let ui = req.ui();
            let text = problem.fields.first().map(|f| web::error::field_text(&ui, f)).unwrap_or_default();
            return show(&req, id, None, text).await;
        }
    };
    let begun = req.read(move |ctx, tx| commands::begin(ctx, tx, id)).await.or_fail(&req)?;
    let (list, today) = (begun.edition.model.0.clone(), req.ctx.now.date());
    let mut before = begun.answers;
    fit_rows(&list, &mut before, today);
    let mut answers = read(&list, &before, &form, &names);
    let path = |name: &str| Some(form.text(name).to_owned()).filter(|path| !path.is_empty());
    let (add, remove) = (path("add"), path("remove"));
    change_rows(&list, &mut answers, add.as_deref(), remove.as_deref());
    fit_rows(&list, &mut answers, today);
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let typed = Typed { answers, files: new };
    let handing_in = form.text("act") == "hand-in" && add.is_none() && remove.is_none();
    if !handing_in {
        let write = req.write(move |ctx, tx| commands::save_draft(ctx, tx, &index, (id, version), &typed));
        write.await.or_fail(&req)?;
        if form.text("act") == "save" {
            return Ok(redirect(&req, "/fieldwork", "field-draft-saved", &begun.stop.point.name));
        }
        let at =
            add.or(remove).map(|path| format!("#at-{}", crate::sheet_view::id_of(&path))).unwrap_or_default();
        return Ok(redirect(&req, &format!("/fieldwork/visits/{id}{at}"), "", ""));
    }
    let kept = typed.answers.clone();
    let write = req.write(move |ctx, tx| commands::hand_in(ctx, tx, &index, (id, version), &typed));
    let (record, faults): (Record, Vec<AnswerFault>) = write.await.or_fail(&req)?;
    if faults.is_empty() {
        return Ok(redirect(&req, &record.href(), "field-handed-in", &record.number));
    }
    show(&req, id, Some((kept, faults)), String::new()).await
}
