//! One letter: its state and moves, its text as it was or would be issued, the answer, the history.

use super::shared;
use super::view::{self, Button, Other, Shown};
use crate::compose::{self, Facts};
use crate::model::{Letter, Undertaking};
use crate::policy::{Act, POLICY};
use crate::queries::{self, Full};
use crate::rules::LADDER;
use crate::sources::Desk;
use crate::workflow::State;
use crate::{show, store as rows};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use papers::Document;
use store::Tx;
use web::error::{OrFail, page};
use web::parts::{Deadline, Fact, Line, Photo, Step};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "ladder/letter.html")]
struct LetterPage {
    ui: Ui,
    letter: Letter,
    name: String,
    rung: String,
    state: String,
    mood: &'static str,
    due: Option<Deadline>,
    steps: Vec<Step>,
    buttons: Vec<Button>,
    facts: Vec<Fact>,
    paper: Document,
    blocks: Vec<Shown>,
    photos: Vec<Photo>,
    /// Pictures that are still being examined.
    checking: usize,
    undertakings: Vec<Undertaking>,
    may_keep: bool,
    others: Vec<Other>,
    lines: Vec<Line>,
}

impl LetterPage {
    fn is_issued(&self) -> bool {
        self.letter.issued_at.is_some()
    }

    fn is_overdue(&self, undertaking: &Undertaking) -> bool {
        undertaking.done_at.is_none() && undertaking.due < self.ui.now().date()
    }
}

/// What a letter says that has not been issued: as it would be if it were now.
pub(super) fn draft(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, letter: &Letter) -> Result<Document> {
    let ladder = LADDER.get(tx)?;
    let source = desk.sources.of(&letter.subject_kind)?;
    let subject = source.subject(tx, letter.subject_id)?.ok_or_else(Problem::not_found)?;
    let mut letter = letter.clone();
    if letter.answer_by.is_none() {
        let within = ladder.form(letter.rung).answer_within;
        letter.answer_by = within.map(|limit| desk.calendar.due(ctx.now, limit, &[]).at);
    }
    Ok(compose::document(&Facts {
        unit: people::queries::unit_name(tx, letter.unit_id)?,
        organ: compose::organ(&ladder, &desk.city.name()),
        late: compose::late(&desk.calendar, &subject, ctx.now),
        before: rows::letters_of(tx, subject.kind, subject.id)?,
        letter: &letter,
        subject: &subject,
        base_url: &desk.base_url,
        on: ctx.now.date(),
    }))
}

fn photos(ui: &Ui, full: &Full) -> Vec<Photo> {
    let ready =
        full.files.iter().filter(|f| f.state == ::store::files::FileState::Ready && f.width.is_some());
    ready
        .map(|f| {
            let href = |size: &str| format!("/letters/{}/files/{}/{size}", full.letter.code, f.id);
            Photo {
                href: href("full"),
                thumb: href("thumb"),
                alt: ui.t("letter-photo"),
                caption: f.name.to_string(),
            }
        })
        .collect()
}

pub(super) async fn page_of(req: Req, Path(code): Path<String>) -> Answer {
    let desk = shared::desk(&req);
    let with = desk.clone();
    let read = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &code)?;
        let paper = match &full.document {
            Some(document) => document.clone(),
            None => draft(ctx, tx, &with, &full.letter)?,
        };
        Ok((full, paper))
    });
    let (full, paper) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let letter = full.letter.clone();
    let href = desk.sources.of(&letter.subject_kind).or_fail(&req)?.href(&letter.subject_number);
    let photos = photos(&ui, &full);
    let view = LetterPage {
        name: letter.name().to_owned(),
        rung: shared::rung(&ui, letter.rung),
        state: shared::state(&ui, letter.state),
        mood: shared::mood(&letter, req.ctx.now),
        due: show::owed(&ui, letter.state, letter.answer_by),
        steps: view::stages(&ui, &letter),
        buttons: view::buttons(&ui, &letter),
        facts: view::facts(&ui, &full, href),
        blocks: view::blocks(&paper),
        paper,
        checking: full.files.iter().filter(|f| f.state == ::store::files::FileState::Quarantined).count(),
        photos,
        may_keep: letter.state == State::Held && POLICY.may(&req.ctx, Act::Close, &letter.standing()),
        undertakings: full.undertakings.clone(),
        others: view::others(&ui, &full.others),
        lines: view::history(&ui, &full.history),
        letter,
        ui,
    };
    page(&req, &view)
}
