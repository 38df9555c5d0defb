//! What the form of a verb shows.

use super::record::{ghost, seen};
use crate::beside::{Aside, Neighbours, Offer};
use crate::commands::Outcome;
use crate::desk::Desk;
use crate::forms::item_code;
use crate::model::{Case, Forward, ForwardState, Item, QuestionState, RequestKind, RequestState};
use crate::moves::{Row, Verb};
use crate::pages::shared;
use crate::pages::shown::{self, Group, Reader, Voices};
use crate::queries::Full;
use crate::units;
use crate::workflow::Stage;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::DAY;
use kernel::workflow::Named;
use ladder::model::Rung;
use web::form::Filled;
use web::parts::{Choice, Deadline, Photo};
use web::{Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/verb.html")]
pub(crate) struct VerbPage {
    ui: Ui,
    form: Filled,
    row: &'static Row,
    title: String,
    lead: String,
    case: Case,
    kind: String,
    state: String,
    unit: String,
    seen: String,
    due: Option<Deadline>,
    before: Option<Photo>,
    after: Option<Photo>,
    ghost: Option<Photo>,
    units: Vec<(String, String)>,
    /// What somebody outside answered, for the unit's own answer.
    forward: Option<Forward>,
    /// The unit's people that the case can be given to.
    people: Vec<(String, String)>,
    groups: Vec<Group>,
    conditions: Conditions,
    /// The unit that is suggested, and on what ground.
    suggested: Option<(String, String)>,
    near: Vec<(String, String)>,
    decisions: Vec<Choice>,
    /// Kinds of letter.
    rungs: Vec<(String, String)>,
    /// What the unit or the reporter said that the decision rests on.
    said: Vec<(String, String, kernel::time::Instant)>,
    /// What the unit asks for.
    request: String,
    /// What people say who know the place, for whoever looks at the answer.
    voices: Option<Voices>,
    parts: Vec<usize>,
    /// Whether more than two parts were filled in already.
    more_parts: bool,
    asides: Vec<Aside>,
    offers: Vec<Offer>,
}

/// The conditions of an item with the time they give.
#[derive(askama::Template)]
#[template(path = "cases/conditions.html")]
pub(crate) struct Conditions {
    ui: Ui,
    form: Filled,
    conditions: Vec<(String, String)>,
    /// "2 working days, until …".
    limit: String,
}

impl Conditions {
    pub(crate) fn new(ui: &Ui, desk: &Desk, item: Option<Id<Item>>, form: &Filled) -> Self {
        let conditions = item.map_or(&[][..], |i| desk.catalogue.conditions(i)).to_vec();
        let limit = desk.catalogue.limit(item, form.value("condition"), Stage::Handle).map(|limit| {
            let due = desk.calendar.due(ui.now(), limit, &[]);
            ui.ta("case-limit-if-now", [("limit", shown::limit_text(ui, limit)), ("time", ui.time(&due.at))])
        });
        Self { ui: ui.clone(), form: form.clone(), conditions, limit: limit.unwrap_or_default() }
    }
}

/// What has to be read for the form beside the case itself.
pub(crate) struct More {
    units: Vec<(String, String)>,
    people: Vec<(String, String)>,
    /// Whether the register of adopted streets names the suggested unit.
    registered: bool,
    asides: Vec<Aside>,
    offers: Vec<Offer>,
}

impl More {
    /// What was offered goes into the fields that the form has.
    pub(crate) fn fill(&self, row: &Row, form: Filled) -> Filled {
        let mut seen = Vec::new();
        let has = |name: &str| row.fields.iter().any(|f| f.trim_end_matches('?') == name);
        self.offers.iter().flat_map(|o| &o.fills).filter(|(name, _)| has(name)).fold(
            form,
            |form, (name, value)| {
                // several values of one field stand beside each other
                if seen.contains(name) {
                    return form.set(name, value);
                }
                seen.push(*name);
                form.instead(name, value)
            },
        )
    }

    pub(crate) fn read(
        tx: &mut Tx<'_>,
        desk: &Desk,
        row: &Row,
        case: &Case,
        now: kernel::time::Instant,
    ) -> Result<Self> {
        let asks_unit = row.fields.iter().any(|f| matches!(*f, "lead" | "unit" | "parts"));
        let units = if asks_unit { units::options(tx)? } else { Vec::new() };
        let named = match case.section_id.zip(case.along_m) {
            Some((section, along)) if asks_unit => {
                desk.register.answers_for(tx, section, along, now.date())?
            }
            _ => None,
        };
        let registered = named.is_some() && named == case.suggested_unit;
        let people = match case.lead_unit {
            Some(unit) if row.verb == Verb::Assignment => units::people_options(tx, unit)?,
            _ => Vec::new(),
        };
        Ok(Self { units, people, registered, asides: Vec::new(), offers: Vec::new() })
    }

    /// What other features know.
    pub(crate) fn beside(
        mut self,
        (neighbours, ui): (&Neighbours, &Ui),
        ctx: &Ctx,
        tx: &mut Tx<'_>,
        row: &Row,
        case: &Case,
    ) -> Result<Self> {
        let fields: Vec<&str> = row.fields.iter().map(|f| f.trim_end_matches('?')).collect();
        self.asides = neighbours.asides(ui, ctx, tx, case)?;
        self.offers = neighbours.offers(ui, ctx, tx, case, &fields)?;
        Ok(self)
    }
}

/// What stands in the fields before anybody typed.
pub(crate) fn defaults(desk: &Desk, row: &Row, full: &Full, now: kernel::time::Instant) -> Filled {
    let (form, case) = (Filled::new(), &full.case);
    let unit = |id: Option<Id<kernel::ctx::Unit>>| id.map_or_else(String::new, |u| u.to_string());
    let item = item_code(&desk.catalogue, case.item_id);
    match row.verb {
        Verb::Acceptance | Verb::Registration => {
            form.set("item", item).set("condition", &case.condition).set("lead", unit(case.suggested_unit))
        }
        Verb::Dispatch if case.state.is_at_unit() => form,
        Verb::Dispatch => form.set("lead", unit(case.suggested_unit)),
        // the office begins with the unit's words, and makes them its own
        Verb::Question => {
            let wished = full.questions.iter().find(|q| q.state == QuestionState::Wished);
            form.set("question", wished.map_or("", |q| q.wish.as_str()))
        }
        Verb::Answer => {
            let said = full.forwards.iter().find(|f| f.state == ForwardState::Answered);
            said.map_or(form.clone(), |f| form.set("text", f.reply.as_str()).set("take_forward", "1"))
        }
        Verb::Forward | Verb::ForwardAgain => {
            form.set("answer_by", format!("{}T18:00", now.plus(3 * DAY).to_civil().date()))
        }
        Verb::Assignment => form.set("handler", case.handler_id.map_or_else(String::new, |p| p.to_string())),
        Verb::Ruling => form.set("unit", unit(case.lead_unit)),
        Verb::ExtensionRequest => form.set("amount", case.limit_amount.unwrap_or(1)),
        Verb::Supervision => {
            let by = now.plus(2 * DAY).to_civil();
            form.set("rung", "letter").set("answer_by", format!("{}T{:02}:00", by.date(), 18))
        }
        Verb::Correction => form
            .set("title", &case.title)
            .set("item", item)
            .set("address", &case.address)
            .set("urgent", if case.urgent { "1" } else { "" }),
        Verb::Split => (1..=2).fold(form, |form, n| form.set(&format!("item_{n}"), &item)),
        _ => form,
    }
}

fn decisions(ui: &Ui, verb: Verb) -> Vec<Choice> {
    let pair = match verb {
        Verb::TimeDecision => [("grant", "check"), ("refuse", "x")],
        Verb::ContestDecision => [("uphold", "checks"), ("reopen", "repeat")],
        Verb::SecondLook => {
            let icons = ["checks", "arrow-back-up", "repeat", "eye-off"];
            let choice = |(outcome, icon): (&Outcome, &'static str)| Choice {
                value: outcome.code().to_owned(),
                text: ui.named("look-outcome", outcome.code()),
                icon,
            };
            return Outcome::ALL.iter().zip(icons).map(choice).collect();
        }
        _ => return Vec::new(),
    };
    let choice = |(code, icon): (&str, &'static str)| Choice {
        value: code.to_owned(),
        text: ui.named("case-decision", code),
        icon,
    };
    pair.into_iter().map(choice).collect()
}

fn rungs(ui: &Ui) -> Vec<(String, String)> {
    Rung::ALL.iter().map(|r| (r.code().to_owned(), ui.named("rung", r.code()))).collect()
}

/// What somebody asks for that the decision is about, in words: the unit's open request, or its wish to ask the reporter.
fn request(ui: &Ui, verb: Verb, full: &Full) -> String {
    match verb {
        Verb::TimeDecision => time_request(ui, full),
        Verb::Question | Verb::QuestionRefusal => {
            let wished = full.questions.iter().find(|q| q.state == QuestionState::Wished);
            wished.map_or_else(String::new, |q| ui.ta("case-question-wish", [("what", q.wish.to_string())]))
        }
        Verb::Reply => {
            let asked = full.questions.iter().find(|q| q.state == QuestionState::Asked);
            asked.map_or_else(String::new, |q| ui.ta("case-question-was", [("what", q.body.to_string())]))
        }
        _ => String::new(),
    }
}

fn time_request(ui: &Ui, full: &Full) -> String {
    let Some(open) = full.requests.iter().find(|r| r.state == RequestState::Asked) else {
        return String::new();
    };
    let what = match (open.kind, open.until_date, full.case.limit()) {
        (RequestKind::Parking, Some(until), _) => ui.ta("time-parked-until", [("date", ui.date(&until))]),
        (_, _, Some(limit)) => {
            shown::limit_text(ui, kernel::calendar::Limit { value: open.amount, unit: limit.unit })
        }
        _ => open.amount.to_string(),
    };
    let asked = full.history.iter().rev().find(|l| l.verb == "case.time-asked");
    let why = asked.and_then(::store::audit::HistoryLine::words).unwrap_or_default();
    ui.ta(
        format!("case-request-{}", open.kind.code()),
        [("unit", full.units.get(full.case.lead_unit).to_owned()), ("what", what), ("why", why)],
    )
}

/// The last answer for who verifies; the objection for who reviews.
fn said(ui: &Ui, verb: Verb, full: &Full) -> Vec<(String, String, kernel::time::Instant)> {
    let wanted: &[(&str, &str)] = match verb {
        Verb::Verification | Verb::Rework | Verb::Closure => &[("case.answered", "case-last-answer")],
        Verb::ContestDecision => {
            &[("case.contested", "case-contest-reason"), ("case.answered", "case-last-answer")]
        }
        _ => &[],
    };
    let last = |(event, key): &(&str, &str)| {
        let line = full.history.iter().rev().find(|l| l.verb == *event)?;
        Some((ui.ta(key, [("number", line.fact("number"))]), line.words()?, line.at))
    };
    wanted.iter().filter_map(last).collect()
}

pub(crate) fn view(
    req: &Req,
    desk: &Desk,
    row: &'static Row,
    full: &Full,
    more: More,
    form: Filled,
) -> VerbPage {
    let ui = req.ui();
    let case = full.case.clone();
    let pictures = shown::pictures(&ui, &full.shots, "");
    let asks = |name: &str| row.fields.iter().any(|f| f.trim_end_matches('?') == name);
    let item = form.value("item").to_owned();
    let chosen = crate::forms::item(&desk.catalogue, "item", &item).ok().flatten().or(case.item_id);
    let ground = if more.registered { "case-suggested-by-register" } else { "case-suggested-by-catalogue" };
    let suggested = case.suggested_unit.map(|u| (full.units.get(Some(u)).to_owned(), ui.t(ground)));
    let needs_groups = asks("item") || asks("parts");
    VerbPage {
        title: ui.t(row.verb.text(case.state)),
        lead: ui.attribute(&row.verb.text(case.state), "lead"),
        kind: shown::kind_name(desk, &case),
        state: shown::state_text(&ui, case.state),
        unit: full.units.get(case.lead_unit).to_owned(),
        seen: seen(&case),
        due: shown::deadline(&ui, desk, &(&case).into(), case.stage_provisional, case.parked_until),
        before: pictures.before(),
        after: pictures.after(),
        ghost: if row.verb == Verb::Answer { ghost(&pictures) } else { None },
        units: more.units,
        people: more.people,
        forward: full.forwards.iter().find(|f| f.state == ForwardState::Answered).cloned(),
        asides: more.asides,
        offers: more.offers,
        groups: if needs_groups { shown::groups(&desk.catalogue, false, "") } else { Vec::new() },
        conditions: Conditions::new(&ui, desk, chosen, &form),
        suggested: suggested.filter(|_| asks("lead") && !case.state.is_at_unit()),
        near: full
            .near
            .iter()
            .map(|n| {
                let same = if n.same_caller { "case-near-line-caller" } else { "case-near-line" };
                (
                    n.number.clone(),
                    ui.ta(
                        same,
                        [
                            ("number", n.number.clone()),
                            ("title", n.title.clone()),
                            ("metres", shared::metres(n.distance_m).to_string()),
                            ("percent", n.alike.to_string()),
                        ],
                    ),
                )
            })
            .collect(),
        decisions: decisions(&ui, row.verb),
        rungs: rungs(&ui),
        said: said(&ui, row.verb, full),
        voices: shown::voices(&ui, &full.voices, Reader::Office)
            .filter(|_| matches!(row.verb, Verb::Verification | Verb::Rework | Verb::Closure)),
        request: request(&ui, row.verb, full),
        parts: (1..=crate::forms::PART_ROWS).collect(),
        more_parts: (3..=crate::forms::PART_ROWS).any(|n| !form.value(&format!("title_{n}")).is_empty()),
        form,
        row,
        case,
        ui,
    }
}
