//! What was not met becomes a case, by the same command as any other report; once for each answer.

use super::{edition_of, event, model, name_of};
use crate::model::{Found, Record};
use crate::policy::{self, Act};
use crate::store as rows;
use crate::walk;
use ::store::Tx;
use ::store::files::{self, FileState, Files, Quarantined, Size, StoredFile};
use cases::catalogue::{Catalogue, ItemKind};
use cases::commands::{NewCase, submit};
use cases::desk::Desk;
use cases::model::{Case, Item, Source};
use kernel::ctx::{Actor, Ctx};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use places::PlaceIndex;
use std::sync::Arc;
use web::form::FILE_LIMIT;

/// An answer that is not met, and what became of it.
#[derive(Clone, Debug)]
pub struct NotMet {
    pub path: String,
    pub label: checklist::Text,
    /// As the checklist has it: `event-06010`.
    pub kind: String,
    pub severity: String,
    /// What the case would say.
    pub description: String,
    /// Pictures beside the answer that can be shown.
    pub pictures: Vec<StoredFile>,
    /// Whether others are still examined, or have not come yet.
    pub waiting: bool,
    pub made: Option<Found>,
}

/// What a record found that its checklist would make cases of.
pub fn not_met(tx: &mut Tx<'_>, record: &Record) -> Result<Vec<NotMet>> {
    let edition = edition_of(tx, record)?;
    let (list, answers) = (model(&edition), record.answers()?);
    let (made, kept) = (rows::found(tx, record.id)?, rows::files(tx, record.id)?);
    let mut all = Vec::new();
    for (path, question) in walk::unmet(list, &answers) {
        let names = walk::pictures_beside(list, &answers, &path);
        // programs of the ODK family send pictures after the answers that name them
        let mut waiting = names.iter().any(|name| kept.iter().all(|file| file.name != *name));
        let mut pictures = Vec::new();
        for file in kept.iter().filter(|f| names.contains(&f.name)) {
            let stored = files::get(tx, file.file_id)?;
            waiting |= stored.state == FileState::Quarantined;
            let picture = stored.media_type.as_deref().is_some_and(|m| m.starts_with("image/"));
            if stored.state == FileState::Ready && picture {
                pictures.push(stored);
            }
        }
        let severity = &question.finding.severity;
        let grave = if severity.is_empty() { String::new() } else { format!("（{severity}）") };
        let at = format!("{} {}", record.point_number, record.point_name);
        all.push(NotMet {
            description: format!(
                "实地考察发现：{at}，{}{grave}。考察记录 {}。",
                question.label.zh, record.number
            ),
            label: question.label.clone(),
            kind: question.finding.kind.clone(),
            severity: severity.clone(),
            pictures,
            waiting,
            made: made.iter().find(|m| m.path == path).cloned(),
            path,
        });
    }
    Ok(all)
}

/// The kind that a checklist names: `event-06010`, or the code alone.
fn item(catalogue: &Catalogue, kind: &str) -> Option<Id<Item>> {
    let found = match kind.split_once('-') {
        Some((kind, code)) => catalogue.by_code(ItemKind::parse(kind)?, code),
        None => {
            catalogue.by_code(ItemKind::Event, kind).or_else(|| catalogue.by_code(ItemKind::Component, kind))
        }
    };
    found.map(|i| i.id)
}

/// Copies of pictures as they are shown, to go with a case. Reads and writes files: not in a transaction, and not from async code.
pub fn copies(files: &Files, pictures: &[StoredFile]) -> Result<Vec<(Quarantined, String)>> {
    let copy = |file: &StoredFile| {
        let opened = files.open_shown(file, Size::Full)?;
        Ok((files.receive_now(opened.file, FILE_LIMIT as u64)?, file.name.to_string()))
    };
    pictures.iter().map(copy).collect()
}

/// Words that are as grave as a checklist can say.
const GRAVE: [&str; 3] = ["urgent", "紧急", "重大"];

/// Makes a case of what was not met. Records `field-record.case` beside what the case itself records. `words`: search tokens of the
/// description; `photos`: what [`copies`] made.
///
/// # Errors
/// 404 for what is no such answer or may not be seen; 409 `fieldwork-case-there` with its number where there is one already, and for
/// records that do not count.
pub fn make_case(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (desk, index): (&Desk, &Arc<PlaceIndex>),
    (number, path): (&str, &str),
    words: &str,
    photos: Vec<(Quarantined, String)>,
) -> Result<Case> {
    let record = rows::record(tx, number)?.ok_or_else(Problem::not_found)?;
    // the office of all, an inspector of their own
    if !matches!(ctx.actor, Actor::System(_)) {
        policy::somewhere(ctx, Act::MakeCase)?;
        let may = crate::queries::sight(ctx, tx)?.sees(&record);
        if !may || !(policy::may(ctx, Act::Review) || record.is_own(ctx)) {
            return Err(Problem::not_found());
        }
    }
    if !record.state.counts() {
        return Err(Problem::conflict("fieldwork-counts-not").arg("number", number));
    }
    let found = not_met(tx, &record)?.into_iter().find(|n| n.path == path).ok_or_else(Problem::not_found)?;
    if let Some(made) = found.made {
        return Err(Problem::conflict("fieldwork-case-there").arg("number", made.case_number));
    }
    let item = item(&desk.catalogue, &found.kind);
    let conditions = item.map_or(&[][..], |item| desk.catalogue.conditions(item));
    let condition = conditions.iter().find(|(code, _)| *code == found.severity).map(|(code, _)| code.clone());
    let new = NewCase {
        item,
        condition: condition.unwrap_or_default(),
        urgent: GRAVE.contains(&found.severity.as_str()),
        place: Some(record.point()),
        address: record.point_name.clone(),
        photos,
        ..NewCase::new(Source::Inspection, &found.description)
    };
    let case = submit(ctx, tx, desk, index, words, new)?;
    let id = tx.new_id();
    tx.insert(&Found {
        id,
        record_id: record.id,
        path: path.to_owned(),
        case_id: case.id,
        case_number: case.number.clone(),
        made_by: name_of(ctx),
        made_at: ctx.now,
    })?;
    tx.record(ctx, event("field-record.case", &record).with("case", case.number.as_str()))?;
    Ok(case)
}
