//! One record: what was answered, pictures with what their cameras say, what it observes, what it found, and what can be done now.

use super::Known;
use crate::evidence::{self, Gap};
use crate::model::{Observed, Record, share};
use crate::policy::{self, Act};
use crate::queries::{self, Full, Shot};
use crate::sheet_view::{Node, lay_out, said, spoken};
use crate::walk;
use crate::workflow::{RECORD, State};
use ::store::audit::HistoryLine;
use ::store::files::FileState;
use axum::http::StatusCode;
use checklist::{Settled, words};
use kernel::workflow::Named;
use web::error::{OrFail, page_with};
use web::form::Filled;
use web::parts::{Fact, Line, Photo};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "fieldwork/record.html")]
struct RecordPage {
    ui: Ui,
    form: Filled,
    record: Record,
    state: (&'static str, String),
    facts: Vec<Fact>,
    nodes: Vec<Node>,
    shots: Vec<Shown>,
    checking: usize,
    missing: Vec<String>,
    observations: Vec<ObservedRow>,
    findings: Vec<FindingRow>,
    others: Vec<(String, String, String)>,
    /// Earlier answers: when, and why they were returned.
    earlier: Vec<(String, String)>,
    moves: Vec<&'static str>,
    may_case: bool,
    edit: String,
    warning: String,
    history: Vec<Line>,
}

struct Shown {
    photo: Photo,
    asked: String,
    gap: String,
    wide: bool,
}

/// An observation in words.
pub(super) struct ObservedRow {
    pub(super) standard: String,
    pub(super) asked: String,
    pub(super) share: String,
    pub(super) outcome: (&'static str, String),
    pub(super) why: String,
}

struct FindingRow {
    path: String,
    label: String,
    severity: String,
    case: String,
    href: String,
}

impl RecordPage {
    fn may(&self, step: &str) -> bool {
        self.moves.contains(&step)
    }

    fn has_moves(&self) -> bool {
        !self.moves.is_empty()
    }
}

/// A share as people read it: `87.5 %`, exactly where that is short.
pub(crate) fn percent(text: &str) -> String {
    format!("{} %", (share(text) * scoring::Exact::from(100_i64)).round(1))
}

/// The colour that repeats what an outcome says.
pub(crate) fn mood(of: &Observed) -> &'static str {
    use crate::model::Outcome::{Met, NotCounted, Part, Unmet};
    match of.outcome {
        Met => "ok",
        Part => "soon",
        Unmet => "late",
        NotCounted => "",
    }
}

fn gap_words(ui: &Ui, gap: Gap) -> String {
    let metres = gap.metres.map(|m| ui.n("field-gap-metres", m));
    let minutes = gap.minutes.map(|m| ui.n("field-gap-minutes", m));
    let parts: Vec<String> = [metres, minutes].into_iter().flatten().collect();
    if parts.is_empty() { ui.t("field-gap-unknown") } else { parts.join(&ui.t("field-list-between")) }
}

fn shown(ui: &Ui, full: &Full, asked: &[(String, String, bool)], shot: &Shot) -> Option<Shown> {
    let stored = &shot.stored;
    if stored.state != FileState::Ready || stored.is_sound() || stored.is_video() {
        return None;
    }
    let gap = evidence::of_picture(&full.record, stored);
    let path = asked.iter().find(|(_, name, _)| *name == shot.file.name).map(|(path, _, _)| path.as_str());
    let asked = path.map(|path| spoken(&full.edition.model.0, path, ui.locale())).unwrap_or_default();
    let alt = if asked.is_empty() { shot.file.name.clone() } else { asked.clone() };
    let photo = Photo {
        href: format!("/fieldwork/photos/{}/full", shot.file.id),
        thumb: format!("/fieldwork/photos/{}/thumb", shot.file.id),
        alt,
        caption: String::new(),
    };
    Some(Shown { photo, asked, gap: gap_words(ui, gap), wide: gap.is_wide() })
}

fn facts(ui: &Ui, known: &Known, full: &Full) -> Vec<Fact> {
    let of = &full.record;
    let mut facts = vec![
        Fact::new(ui.t("field-point"), format!("{} {}", of.point_number, of.point_name))
            .link(format!("/sites/{}", of.point_number)),
        Fact::new(ui.t("field-type"), known.kind(ui, &of.kind)),
        Fact::new(ui.t("field-division"), known.division(&of.division)),
        Fact::new(ui.t("field-inspection"), of.inspection.clone())
            .link(format!("/inspections/{}", of.inspection)),
        Fact::new(
            ui.t("field-checklist"),
            format!("{} {}", full.sheet.name(ui.locale()), full.edition.label),
        )
        .link(format!("/fieldwork/checklists/{}/{}", full.sheet.code, full.edition.label)),
        Fact::new(ui.t("field-inspector"), of.person_name.clone()),
        Fact::new(ui.t("field-door"), ui.named("field-door", of.door.code())),
        Fact::new(ui.t("field-begun-at"), ui.time(&of.started_at)),
    ];
    if let Some(at) = of.ended_at {
        facts.push(Fact::new(ui.t("field-ended-at"), ui.time(&at)));
    }
    if let Some(at) = of.handed_at {
        facts.push(Fact::new(ui.t("field-handed-at"), ui.time(&at)));
    }
    let gap = evidence::of_record(of);
    if let Some(metres) = gap.metres {
        facts.push(Fact::new(ui.t("field-inspector-at"), ui.n("field-gap-metres", metres)));
    }
    if !of.reviewed_by.is_empty() {
        facts.push(Fact::new(ui.t("field-reviewed-by"), of.reviewed_by.clone()));
    }
    facts
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, StatusCode::OK, Filled::new()).await
}

pub(super) async fn show_with(req: &Req, number: String, status: StatusCode, form: Filled) -> Answer {
    policy::somewhere(&req.ctx, Act::Read).or_fail(req)?;
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &number)).await.or_fail(req)?;
    let known = Known::of(req).await?;
    let ui = req.ui();
    let record = &full.record;
    let (list, answers) = (&full.edition.model.0, record.answers().or_fail(req)?);
    // what was set aside when it was handed in is no answer any more: only conditions are looked at again
    let looked = list.settle(&answers, record.day());
    let settled = Settled { faults: Vec::new(), ..looked };
    let asked = walk::files(list, &answers);
    let own = record.is_own(&req.ctx);
    let decides = policy::may(&req.ctx, Act::Review) && !own;
    let moves = if decides {
        RECORD
            .from(record.state)
            .map(|m| m.name.code())
            .filter(|code| *code != "hand-in" && (*code != "set-aside" || record.lane != 0))
            .collect()
    } else {
        Vec::new()
    };
    let shots: Vec<Shown> = full.shots.iter().filter_map(|s| shown(&ui, &full, &asked, s)).collect();
    let known_files: Vec<&str> = full.shots.iter().map(|s| s.file.name.as_str()).collect();
    let observed = full.observations.iter().map(|o| ObservedRow {
        standard: o.standard.clone(),
        asked: spoken(list, &o.path, ui.locale()),
        share: if o.weight == 0 { "–".to_owned() } else { percent(&o.share) },
        outcome: (mood(o), ui.named("field-outcome", o.outcome.code())),
        why: said(ui.locale(), &words::reason(&o.why.0)),
    });
    let findings = full.not_met.iter().map(|n| FindingRow {
        label: said(ui.locale(), &n.label),
        severity: n.severity.clone(),
        case: n.made.as_ref().map(|m| m.case_number.clone()).unwrap_or_default(),
        href: n.made.as_ref().map(|m| format!("/cases/{}", m.case_number)).unwrap_or_default(),
        path: n.path.clone(),
    });
    let others = full
        .others
        .iter()
        .map(|o| (o.number.clone(), ui.named("field-record-state", o.state.code()), o.href()));
    let earlier = full.readings.iter().filter(|r| r.turn < record.turn || !r.reason.is_empty());
    let view = RecordPage {
        state: (record.state.mood(), ui.named("field-record-state", record.state.code())),
        facts: facts(&ui, &known, &full),
        nodes: lay_out(list, &answers, &settled, false, ui.locale()),
        checking: full.shots.iter().filter(|s| s.stored.state == FileState::Quarantined).count(),
        missing: asked
            .iter()
            .filter(|(_, name, _)| !known_files.contains(&name.as_str()))
            .map(|(path, name, _)| format!("{} {name}", spoken(list, path, ui.locale())))
            .collect(),
        observations: observed.collect(),
        findings: findings.collect(),
        others: others.collect(),
        earlier: earlier.map(|r| (ui.time(&r.at), r.reason.clone())).collect(),
        may_case: record.state.counts() && (policy::may(&req.ctx, Act::Review) || own),
        edit: if own && record.state.open() {
            format!("/fieldwork/visits/{}", record.visit_id)
        } else {
            String::new()
        },
        warning: match record.state {
            State::Rival => ui.t("field-is-rival"),
            State::Returned | State::Aside => record.reason.clone(),
            _ => String::new(),
        },
        history: lines(&ui, full.history.clone()),
        shots,
        moves,
        record: full.record.clone(),
        form,
        ui,
    };
    page_with(req, status, &view)
}

fn lines(ui: &Ui, history: Vec<HistoryLine>) -> Vec<Line> {
    let line = |line: HistoryLine| {
        let (icon, mood) = match line.verb.rsplit('.').next() {
            Some("handed-in") => ("send", "brand"),
            Some("accepted") => ("circle-check", "ok"),
            Some("returned") => ("arrow-back-up", "late"),
            Some("set-aside") => ("archive", ""),
            Some("rival") => ("arrows-exchange", "soon"),
            Some("case") => ("message-report", "soon"),
            _ => ("pencil", ""),
        };
        Line {
            icon,
            mood,
            text: web::events::sentence(ui, &line),
            at: Some(line.at),
            meta: line.actor_name.clone(),
            note: line.words().unwrap_or_default(),
            photos: Vec::new(),
        }
    };
    // newest first
    history.into_iter().rev().map(line).collect()
}
