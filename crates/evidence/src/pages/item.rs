//! One item: text beside pictures, what it is used for, what the program saw, what can be done now.

use super::new_item;
use crate::checks::Finding;
use crate::model::{Caption, Item, ItemFile, Use};
use crate::policy::{self, Act};
use crate::queries::{self, Whole};
use crate::show;
use crate::workflow::{State, Step};
use ::store::files::{FileState, StoredFile};
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use web::error::{OrFail, field_text, page_with};
use web::form::Filled;
use web::parts::{Fact, Line, Step as Stage};
use web::{Answer, Path, Req, Ui};

/// A file as it is shown.
pub(super) struct Shot {
    pub id: String,
    pub name: String,
    pub full: String,
    /// Can be looked at.
    pub picture: bool,
    /// Can be fetched.
    pub paper: bool,
    /// Why it is not there, or that it is not there yet.
    pub note: String,
    /// Element, its name, what was written.
    pub elements: Vec<(&'static str, String, String)>,
    pub line: String,
}

/// A standard that the item is used for.
pub(super) struct Used {
    pub id: String,
    pub code: String,
    pub name: String,
    pub period: String,
    pub period_href: String,
    /// Whether the item's day lies in the window.
    pub fits: bool,
    pub window: String,
    pub grade: String,
    pub may_grade: bool,
}

/// Everything about an item that both its page and the desk show.
pub(super) struct View {
    pub whole: Whole,
    pub state: String,
    pub kind: String,
    pub shots: Vec<Shot>,
    pub uses: Vec<Used>,
    /// What stops it, then what is only said.
    pub hard: Vec<String>,
    pub advice: Vec<String>,
    pub facts: Vec<Fact>,
}

impl View {
    pub(super) fn may(&self, step: Step) -> bool {
        self.whole.steps.contains(&step)
    }

    pub(super) fn may_pass(&self) -> bool {
        self.may(Step::PassFirst) || self.may(Step::PassSecond)
    }

    pub(super) fn item(&self) -> &Item {
        &self.whole.item
    }
}

fn shot(ui: &Ui, item: &Item, row: &ItemFile, file: &StoredFile) -> Shot {
    let caption = row.caption();
    let href = |size: &str| format!("/evidence/items/{}/files/{}/{size}", item.number, row.id);
    let note = match (file.state, &file.fault) {
        (FileState::Quarantined, _) => ui.t("evidence-file-waiting"),
        (FileState::Refused, Some(fault)) => ui.named("file-fault", fault),
        _ => String::new(),
    };
    let ready = file.state == FileState::Ready;
    let element = |of: &'static str| (of, ui.named("evidence-caption", of), caption.get(of).to_owned());
    Shot {
        id: row.id.to_string(),
        name: file.name.to_string(),
        full: href("full"),
        picture: ready && file.width.is_some(),
        paper: ready && file.is_document(),
        note,
        elements: Caption::ELEMENTS.map(element).to_vec(),
        line: caption.line(),
    }
}

fn used(ui: &Ui, ctx: &Ctx, whole: &Whole, (of, period): &(Use, crate::model::Period)) -> Used {
    let item = &whole.item;
    let window = period.window();
    let open = matches!(item.state, State::Second | State::Final)
        || (item.state == State::Filed && of.grade.is_none());
    Used {
        id: of.id.to_string(),
        code: of.code.clone(),
        name: of.name.clone(),
        period: period.name.clone(),
        period_href: format!("/evidence/periods/{}", period.number),
        fits: item.dated.zip(window).is_none_or(|(day, window)| window.holds(day)),
        window: super::periods::window(ui, period),
        grade: of.grade.map_or_else(String::new, |grade| ui.percent(grade, 10_000)),
        may_grade: open && policy::everywhere(ctx, Act::Second) && item.made_id != ctx.person(),
    }
}

fn facts(ui: &Ui, whole: &Whole) -> Vec<Fact> {
    let item = &whole.item;
    let name = |key: &str| ui.named("evidence-column", key);
    let mut facts = vec![
        Fact::new(name("unit"), whole.unit.clone()),
        Fact::new(name("kind"), show::kind(ui, item.kind)),
        Fact::new(name("dated"), item.dated.map(|day| ui.date(&day)).unwrap_or_default()),
        Fact::new(name("made-by"), item.made_by.clone()),
    ];
    if let Some(request) = &whole.request {
        facts.push(Fact::new(name("request"), request.number.clone()).link(show::href(&request.number)));
    }
    let steps = [
        ("submitted-at", None, item.submitted_at),
        ("first-by", Some(&item.first_by), item.first_at),
        ("second-by", Some(&item.second_by), item.second_at),
        ("filed-at", Some(&item.filed_by), item.filed_at),
    ];
    for (key, by, at) in steps {
        if let Some(at) = at {
            let by = by.map(|by| format!("{by} · ")).unwrap_or_default();
            facts.push(Fact::new(name(key), format!("{by}{}", ui.time(&at))));
        }
    }
    facts
}

/// What a check found; a sentence that names no thing begins with the field's name.
fn said(ui: &Ui, finding: &Finding) -> String {
    let text = field_text(ui, &finding.error);
    match ui.maybe(format!("label-{}", finding.error.field)) {
        Some(label) if finding.error.code == "required" => format!("{label}{}{text}", ui.t("form-colon")),
        _ => text,
    }
}

pub(super) fn view(ui: &Ui, ctx: &Ctx, whole: Whole) -> View {
    let told = |hard: bool| -> Vec<String> {
        let some = whole.found.iter().filter(|finding| finding.hard == hard);
        some.map(|finding| said(ui, finding)).collect()
    };
    View {
        state: show::state(ui, whole.item.state),
        kind: show::kind(ui, whole.item.kind),
        shots: whole.files.iter().map(|(row, file)| shot(ui, &whole.item, row, file)).collect(),
        uses: whole.uses.iter().map(|of| used(ui, ctx, &whole, of)).collect(),
        hard: told(true),
        advice: told(false),
        facts: facts(ui, &whole),
        whole,
    }
}

#[derive(askama::Template)]
#[template(path = "evidence/item.html")]
struct ItemPage {
    ui: Ui,
    of: View,
    form: Filled,
    stages: Vec<Stage>,
    lines: Vec<Line>,
    /// What it can be used for beside what it is used for.
    more: Vec<(String, String)>,
    may_edit: bool,
    may_use: bool,
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, None, StatusCode::OK).await
}

pub(super) async fn show_with(req: &Req, number: String, form: Option<Filled>, status: StatusCode) -> Answer {
    let read = req.read(move |ctx, tx| {
        let whole = queries::whole(ctx, tx, &number)?;
        let used: Vec<String> =
            whole.uses.iter().map(|(of, period)| format!("{}|{}", period.number, of.code)).collect();
        let mut more = new_item::uses(tx)?;
        more.retain(|(value, _)| !used.contains(value));
        Ok((whole, more))
    });
    let (whole, more) = read.await.or_fail(req)?;
    let ui = req.ui();
    let item = &whole.item;
    let hands = policy::hands_in_for(&req.ctx, item.unit_id);
    let blank = || {
        let form = Filled::new().set("title", &item.title).set("statement", &item.statement);
        form.set("dated", item.dated.map(|day| day.to_string()).unwrap_or_default())
    };
    let view = ItemPage {
        form: form.unwrap_or_else(blank),
        stages: show::stages(&ui, item.state),
        lines: show::history(&ui, &whole.history),
        more,
        may_edit: hands && item.state.is_open(),
        may_use: item.state != State::Withdrawn && (hands || policy::everywhere(&req.ctx, Act::Ask)),
        of: view(&ui, &req.ctx, whole),
        ui,
    };
    page_with(req, status, &view)
}
