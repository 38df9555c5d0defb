//! The page of one case: state and moves, deadline, facts, pictures, place, history, related records.

use super::answers::{answers, reporter};
use super::forwards::{ForwardLine, forwards};
use super::recordings::{self, RecordingLine};
use crate::beside::{Aside, Neighbours};
use crate::desk::Desk;
use crate::model::{Case, PhotoKind, RequestState, Written};
use crate::moves::{Verb, allowed};
use crate::pages::shared;
use crate::pages::shown::{self, Pictures, QuestionLine, Reader, Voices};
use crate::policy::{Act, POLICY};
use crate::queries::{self, Full, Near, Related, Side};
use axum::http::StatusCode;
use kernel::masking::{Audience, mask_text};
use kernel::workflow::Named;
use places::PlaceIndex;
use web::error::{OrFail, page, page_with};
use web::form::Filled;
use web::parts::{Deadline, Fact, Line, Photo, Step};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/record.html")]
struct RecordPage {
    ui: Ui,
    case: Case,
    state: String,
    tags: Vec<(&'static str, String)>,
    steps: Vec<Step>,
    moves: Vec<MoveButton>,
    seen: String,
    due: Option<Deadline>,
    due_what: String,
    facts: Vec<Fact>,
    /// What the reporter answered to further questions.
    answers: Vec<Fact>,
    reporter: Vec<Fact>,
    /// The handling unit does not learn who reported.
    reporter_hidden: bool,
    before: Option<Photo>,
    after: Option<Photo>,
    others: Vec<Photo>,
    checking: usize,
    refused: Vec<String>,
    recordings: Vec<RecordingLine>,
    form: Filled,
    lines: Vec<Line>,
    requests: Vec<RequestLine>,
    questions: Vec<QuestionLine>,
    voices: Option<Voices>,
    /// Nobody can be written to: the reporter is to be telephoned.
    by_phone: bool,
    letters: Vec<LetterLine>,
    forwards: Vec<ForwardLine>,
    related: Vec<RelatedLine>,
    near: Vec<NearLine>,
    /// Title and description with what the public does not read, as far as there is such.
    struck: Vec<Vec<(bool, String)>>,
    may_redact: bool,
    may_merge: bool,
    /// `lng,lat`; empty when the place is not known.
    center: String,
    asides: Vec<Aside>,
}

/// A verb as a button: a link to its form, or a form of its own.
pub(crate) struct MoveButton {
    pub text: String,
    pub icon: &'static str,
    pub code: &'static str,
    pub main: bool,
    pub plain: bool,
}

struct RequestLine {
    kind: String,
    what: String,
    state: String,
    open: bool,
    asked_at: kernel::time::Instant,
}

struct LetterLine {
    code: String,
    name: String,
    rung: String,
    unit: String,
    answer_by: Option<kernel::time::Instant>,
    state: String,
    mood: &'static str,
}

struct RelatedLine {
    how: String,
    number: String,
    title: String,
    state: String,
    mood: &'static str,
}

struct NearLine {
    number: String,
    title: String,
    state: String,
    metres: i64,
    same_kind: bool,
    same_caller: bool,
    alike: u32,
}

/// What a decision rests on: a form carries it, so that nobody decides on what has changed meanwhile.
pub(crate) fn seen(case: &Case) -> String {
    let moment = |at: Option<kernel::time::Instant>| at.map_or(0, |at| at.0);
    let unit = case.lead_unit.map_or(0, kernel::id::Id::raw);
    format!("{}.{unit}.{}.{}", case.state.code(), moment(case.dispatched_at), moment(case.answered_at))
}

/// The buttons, the main one first.
fn buttons(ui: &Ui, case: &Case, verbs: &[Verb]) -> Vec<MoveButton> {
    let mut main_given = false;
    let mut buttons: Vec<MoveButton> = verbs
        .iter()
        .map(|verb| {
            let row = verb.row();
            let main = !main_given && verb.leads_on(case.state);
            main_given |= main;
            let (text, plain) = (ui.t(verb.text(case.state)), verb.is_plain());
            MoveButton { text, icon: row.icon, code: row.code, main, plain }
        })
        .collect();
    buttons.sort_by_key(|b| !b.main);
    buttons
}

fn tags(ui: &Ui, case: &Case) -> Vec<(&'static str, String)> {
    let mut tags = Vec::new();
    if case.urgent {
        tags.push(("late", ui.t("case-urgent")));
    }
    if case.is_recurrence {
        tags.push(("late", ui.t("case-tag-recurrence")));
    }
    let counted = [
        ("soon", "case-tag-rework", case.rework_count),
        ("soon", "case-tag-returned", case.return_count),
        ("late", "case-tag-recurred", case.recurrence_count),
        ("violet", "case-tag-extended", case.extension_count),
        ("late", "case-tag-supervised", case.supervision_count),
        ("", "case-tag-followed", case.follower_count),
    ];
    tags.extend(counted.into_iter().filter(|(_, _, n)| *n > 0).map(|(mood, key, n)| (mood, ui.n(key, n))));
    tags
}

/// What a person of the handling unit reads: numbers of telephones are covered.
fn description(full: &Full) -> String {
    let audience = if full.knows_reporter { Audience::Office } else { Audience::Unit };
    mask_text(&full.case.description, audience)
}

/// The case's words with what the public does not read of them. Where numbers are covered for the reader, only if they keep
/// their places.
fn struck(full: &Full) -> Vec<Vec<(bool, String)>> {
    let case = &full.case;
    let seen = description(full);
    let same = seen.chars().count() == case.description.chars().count();
    let mut parts = Vec::new();
    if !case.strikes.of(Written::Title).is_empty() {
        parts.push(case.strikes.stretches(Written::Title, &case.title));
    }
    if !case.strikes.of(Written::Description).is_empty() && same {
        parts.push(case.strikes.stretches(Written::Description, &seen));
    }
    parts
}

fn facts(ui: &Ui, desk: &Desk, index: &PlaceIndex, full: &Full) -> Vec<Fact> {
    let case = &full.case;
    let mut facts = Vec::new();
    let mut add = |key: &str, value: String, href: String| {
        if !value.is_empty() {
            facts.push(Fact::new(ui.t(key), value).link(href));
        }
    };
    let of_unit = |id: Option<kernel::id::Id<kernel::ctx::Unit>>| full.units.get(id).to_owned();
    let in_list = |what: &str, id: i64| format!("/cases?{what}={id}");
    add(
        "case-fact-kind",
        shown::kind_name(desk, case),
        case.item_id.map_or_else(String::new, |i| in_list("item", i.raw())),
    );
    add(
        "case-fact-unit",
        of_unit(case.lead_unit),
        case.lead_unit.map_or_else(String::new, |u| in_list("unit", u.raw())),
    );
    add("case-fact-handler", full.handler.clone(), String::new());
    let assisting: Vec<&str> = full.assisting.iter().map(|u| full.units.get(Some(*u))).collect();
    add("case-fact-assisting", assisting.join("、"), String::new());
    if case.suggested_unit != case.lead_unit {
        add("case-fact-suggested", of_unit(case.suggested_unit), String::new());
    }
    add("case-fact-address", case.address.clone(), String::new());
    add(
        "case-fact-section",
        full.section.clone(),
        case.section_id.map_or_else(String::new, |s| in_list("section", s.raw())),
    );
    let division = index.division_name(case.division_id);
    add(
        "case-fact-division",
        division,
        case.division_id.map_or_else(String::new, |d| in_list("division", d.raw())),
    );
    add("case-fact-grid", case.grid.clone().unwrap_or_default(), String::new());
    add("case-fact-source", ui.named("source", case.source.code()), String::new());
    add("case-fact-limit", case.limit().map(|l| shown::limit_text(ui, l)).unwrap_or_default(), String::new());
    let condition =
        case.item_id.and_then(|i| desk.catalogue.conditions(i).iter().find(|(c, _)| *c == case.condition));
    add("case-fact-condition", condition.map(|(_, text)| text.clone()).unwrap_or_default(), String::new());
    add("case-fact-outside", case.outside_id.clone().unwrap_or_default(), String::new());
    add("case-fact-agency", case.outside_agency.clone().unwrap_or_default(), String::new());
    let verdict = case.satisfaction.map(|s| ui.named("satisfaction", s.code())).unwrap_or_default();
    add("case-fact-satisfaction", verdict, String::new());
    let description = description(full);
    if !description.is_empty() {
        facts.push(Fact::new(ui.t("case-fact-description"), description).wide());
    }
    facts
}

/// Other cases that the same number reported, as many as a page should hold; the number itself leads to all of them.
fn same_caller(full: &Full) -> Vec<Related> {
    let lines = full.same_caller.others.iter().take(SAME_CALLER);
    lines
        .map(|c| Related {
            id: c.id,
            number: c.number.clone(),
            title: c.title.clone(),
            state: c.state,
            strikes: c.strikes.clone(),
        })
        .collect()
}

/// Most of them.
const SAME_CALLER: usize = 5;

fn requests(ui: &Ui, full: &Full) -> Vec<RequestLine> {
    let unit = full.case.limit().map(|l| l.unit);
    full.requests
        .iter()
        .rev()
        .map(|r| RequestLine {
            kind: ui.named("request-kind", r.kind.code()),
            what: match (r.until_date, unit) {
                (Some(until), _) => ui.ta("time-parked-until", [("date", ui.date(&until))]),
                (None, Some(unit)) => {
                    shown::limit_text(ui, kernel::calendar::Limit { value: r.amount, unit })
                }
                (None, None) => r.amount.to_string(),
            },
            state: ui.named("request-state", r.state.code()),
            open: r.state == RequestState::Asked,
            asked_at: r.asked_at,
        })
        .collect()
}

fn related(ui: &Ui, full: &Full) -> Vec<RelatedLine> {
    let line = |how: &str, r: &Related| RelatedLine {
        how: ui.t(how),
        number: r.number.clone(),
        title: r.title.clone(),
        state: shown::state_text(ui, r.state),
        mood: r.state.mood(),
    };
    let one = |how: &'static str, r: &Option<Related>| r.iter().map(|r| line(how, r)).collect::<Vec<_>>();
    let mut lines = one("case-related-main", &full.main);
    lines.extend(one("case-related-parent", &full.parent));
    lines.extend(full.recurrences.iter().map(|(side, r)| match side {
        Side::Earlier => line("case-related-earlier", r),
        Side::Later => line("case-related-later", r),
    }));
    lines.extend(full.parts.iter().map(|r| line("case-related-part", r)));
    lines.extend(full.merged.iter().map(|r| line("case-related-merged", r)));
    lines.extend(same_caller(full).iter().map(|r| line("case-related-caller", r)));
    lines
}

fn near(ui: &Ui, case: &Case, near: &[Near]) -> Vec<NearLine> {
    near.iter()
        .map(|n| NearLine {
            number: n.number.clone(),
            title: n.title.clone(),
            state: shown::state_text(ui, n.state),
            metres: shared::metres(n.distance_m),
            alike: n.alike,
            same_caller: n.same_caller,
            same_kind: case.item_id.is_some() && n.item_id == case.item_id,
        })
        .collect()
}

fn due_what(ui: &Ui, case: &Case) -> String {
    match case.state.stage() {
        Some(stage) => ui.named("case-due", stage.code()),
        None => shown::state_text(ui, case.state),
    }
}

fn view(req: &Req, desk: &Desk, index: &PlaceIndex, full: Full, asides: Vec<Aside>) -> RecordPage {
    let ui = req.ui();
    let case = full.case.clone();
    let verbs = allowed(&req.ctx, &case, &full.facts);
    let pictures: Pictures = shown::pictures(&ui, &full.shots, "");
    let reader = if full.knows_reporter { Reader::Office } else { Reader::Unit };
    let (before, after) = (pictures.before(), pictures.after());
    let mut others = pictures.all();
    others.retain(|p| [&before, &after].iter().all(|known| known.as_ref().map(|k| &k.href) != Some(&p.href)));
    let letters = full.letters.iter().map(|l| LetterLine {
        code: l.code.clone(),
        name: l.name().to_owned(),
        rung: ui.named("rung", l.rung.code()),
        unit: full.units.get(Some(l.unit_id)).to_owned(),
        answer_by: l.answer_by.filter(|_| l.state.waits_for_unit()),
        state: ui.named("letter-state", l.state.code()),
        mood: if l.is_late(req.ctx.now) { "late" } else { l.state.mood() },
    });
    let who = full.units.get(case.lead_unit.filter(|_| case.state.position() == 4)).to_owned();
    RecordPage {
        state: shown::state_text(&ui, case.state),
        tags: tags(&ui, &case),
        steps: shown::stages(&ui, &case, &who),
        moves: buttons(&ui, &case, &verbs),
        seen: seen(&case),
        due: shown::deadline(&ui, desk, &(&case).into(), case.stage_provisional, case.parked_until),
        due_what: due_what(&ui, &case),
        facts: facts(&ui, desk, index, &full),
        answers: answers(&ui, &full),
        reporter: reporter(&ui, &full),
        reporter_hidden: !full.knows_reporter,
        checking: pictures.checking,
        refused: pictures.refused.clone(),
        recordings: recordings::lines(&full),
        form: Filled::new(),
        lines: shown::history(&ui, &full.history, reader, &pictures),
        requests: requests(&ui, &full),
        by_phone: case.state.waits_for_reporter()
            && full.reporter.as_ref().is_some_and(|r| r.mail.is_empty() && !r.phone.is_empty()),
        voices: shown::voices(&ui, &full.voices, reader),
        questions: shown::questions(&ui, desk, &full.questions, reader),
        letters: letters.collect(),
        forwards: forwards(req, &ui, &full),
        related: related(&ui, &full),
        near: near(&ui, &case, &full.near),
        may_merge: verbs.contains(&Verb::Merge),
        center: case.place().map_or_else(String::new, |p| format!("{:.6},{:.6}", p.lng, p.lat)),
        asides,
        before,
        after,
        others,
        may_redact: POLICY.may(&req.ctx, Act::Redact, &full.facts.standing),
        struck: struck(&full),
        case,
        ui,
    }
}

pub(crate) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    with_form(&req, number, None).await
}

/// The page; with a form of its own that was refused.
pub(super) async fn with_form(req: &Req, number: String, refused: Option<Filled>) -> Answer {
    let (desk, index) = (shared::desk(req).await?, shared::index(req).await?);
    let (ui, neighbours) = (req.ui(), Neighbours::of(&req.city));
    let read = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &number)?;
        let asides = neighbours.asides(&ui, ctx, tx, &full.case)?;
        Ok((full, asides))
    });
    let (full, asides) = read.await.or_fail(req)?;
    let view = view(req, &desk, &index, full, asides);
    match refused {
        None => page(req, &view),
        Some(form) => page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &RecordPage { form, ..view }),
    }
}

/// The pictures that the answer's camera lies over.
pub(crate) fn ghost(pictures: &Pictures) -> Option<Photo> {
    pictures.of(PhotoKind::Before).into_iter().next()
}
