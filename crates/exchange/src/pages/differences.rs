//! Where the two disagree: per case what we say, what they say, since when, who is right by rule; and what to do about it.

use super::act;
use super::shown::{Words, options};
use crate::commands;
use crate::forms;
use crate::model::{Aspect, Difference, DifferenceState, How, Partner, Side};
use crate::policy::{self, Act};
use crate::queries::{self, Filter};
use axum::http::StatusCode;
use cases::desk::Desk;
use kernel::id::Id;
use kernel::problem::Problem;
use kernel::time::Instant;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::parts::{Fact, Mood};
use web::{Answer, Form, Path, Req, Ui, export};

struct Row {
    number: String,
    order: String,
    case: String,
    partner: String,
    aspect: String,
    ours: String,
    theirs: String,
    since: Instant,
    ago: String,
    wins: String,
    state: (Mood, String),
}

#[derive(askama::Template)]
#[template(path = "exchange/differences.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    next: Option<Cursor>,
    states: Vec<(String, String)>,
    aspects: Vec<(String, String)>,
    partners: Vec<(String, String)>,
    /// The state that is shown where none was chosen.
    state: String,
}

/// What a list of differences is narrowed to; open ones where nothing was said.
pub(crate) fn filter(params: &Params) -> Filter {
    let state = match params.get("state") {
        "" => Some(DifferenceState::Open),
        given => DifferenceState::parse(given),
    };
    Filter {
        partner: None,
        state,
        aspect: Aspect::parse(params.get("aspect")),
        number: params.get("q").to_owned(),
    }
}

fn mood(state: DifferenceState) -> Mood {
    match state {
        DifferenceState::Open => "late",
        DifferenceState::Settled => "done",
        DifferenceState::Gone => "paused",
    }
}

fn wins(ui: &Ui, partner: Option<&Partner>, aspect: Aspect) -> String {
    match partner.map(|p| p.wins.0.of(aspect)) {
        Some(Side::Theirs) => ui.t("exchange-side-theirs"),
        _ => ui.t("exchange-side-ours"),
    }
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Resolve).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let file = export::kind(params.get("format"));
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let (after, size) = if file.is_some() { (None, export::ROWS) } else { (after, PAGE_SIZE) };
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let (wanted, number) = (filter(&params), params.get("partner").to_owned());
    let read = req.read(move |_, tx| {
        let wanted = wanted.with_partner(tx, &number)?;
        let found = queries::differences(tx, &wanted, after, size)?;
        let words = Words::of(tx, &desk, &found.rows)?;
        Ok((found, words, queries::names(tx)?, queries::partners(tx)?))
    });
    let (found, words, names, lines) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let of = |id: Id<Partner>| lines.iter().map(|l| &l.partner).find(|p| p.id == id);
    let rows: Vec<Row> = found
        .rows
        .iter()
        .map(|d| Row {
            number: d.number.clone(),
            order: d.order_no.clone(),
            case: d.case_number.clone(),
            partner: names.get(&d.partner_id).map(|(_, name)| name.clone()).unwrap_or_default(),
            aspect: ui.named("exchange-aspect", d.aspect.code()),
            ours: words.side(&ui, d.aspect, &d.ours),
            theirs: words.side(&ui, d.aspect, &d.theirs),
            since: d.since,
            ago: ui.ago(&d.since),
            wins: wins(&ui, of(d.partner_id), d.aspect),
            state: (mood(d.state), ui.named("exchange-difference", d.state.code())),
        })
        .collect();
    if let Some(kind) = file {
        let titles =
            ["number", "partner", "order", "case", "aspect", "ours", "theirs", "since", "wins", "state"];
        let columns: Vec<Column> =
            titles.iter().map(|t| Column::new(ui.named("exchange-column", t), Kind::Text)).collect();
        let cells = rows.iter().map(|r| -> Vec<Cell<'_>> {
            vec![
                r.number.as_str().into(),
                r.partner.as_str().into(),
                r.order.as_str().into(),
                r.case.as_str().into(),
                r.aspect.as_str().into(),
                r.ours.as_str().into(),
                r.theirs.as_str().into(),
                r.since.rfc3339().into(),
                r.wins.as_str().into(),
                r.state.1.as_str().into(),
            ]
        });
        return export::answer(&req, kind, &ui.t("exchange-differences"), &columns, cells);
    }
    let mut partners: Vec<(String, String)> = names.into_values().collect();
    partners.sort();
    let shown = ListPage {
        state: filter(&params).state.map_or_else(|| "all".to_owned(), |s| s.code().to_owned()),
        states: options::<DifferenceState>(&ui, "exchange-difference"),
        aspects: options::<Aspect>(&ui, "exchange-aspect"),
        partners,
        rows,
        next: found.next,
        params,
        ui,
    };
    page(&req, &shown)
}

#[derive(askama::Template)]
#[template(path = "exchange/difference.html")]
struct DifferencePage {
    ui: Ui,
    row: Difference,
    aspect: String,
    state: (Mood, String),
    ours: String,
    theirs: String,
    theirs_hold: bool,
    facts: Vec<Fact>,
    open: bool,
    may_send: bool,
    form: Filled,
}

async fn shown(req: &Req, number: String, form: Filled) -> Answer<DifferencePage> {
    let desk = Desk::of(&req.city).await.or_fail(req)?;
    let read = req.read(move |_, tx| {
        let row = queries::difference(tx, &number)?;
        let words = Words::of(tx, &desk, std::slice::from_ref(&row))?;
        let partner = queries::partners(tx)?.into_iter().map(|l| l.partner).find(|p| p.id == row.partner_id);
        let name = queries::names(tx)?.remove(&row.partner_id).unwrap_or_default();
        let by = match row.ended_by {
            Some(person) => people::queries::person_name(tx, person)?,
            None => String::new(),
        };
        Ok((row, words, partner, name, by))
    });
    let (row, words, partner, (partner_number, name), by) = read.await.or_fail(req)?;
    let ui = req.ui();
    let mut facts = vec![
        Fact::new(ui.t("exchange-column-partner"), name).link(format!("/exchange/partners/{partner_number}")),
        Fact::new(ui.t("exchange-column-order"), row.order_no.clone()),
    ];
    if !row.case_number.is_empty() {
        let link = format!("/cases/{}", row.case_number);
        facts.push(Fact::new(ui.t("exchange-column-case"), row.case_number.clone()).link(link));
    }
    facts.push(Fact::new(ui.t("exchange-column-since"), ui.time(&row.since)));
    if let Some(at) = row.sent_at {
        facts.push(Fact::new(ui.t("exchange-sent-at"), ui.time(&at)));
    }
    if let Some(at) = row.ended_at {
        facts.push(Fact::new(ui.t("exchange-ended-at"), ui.time(&at)));
    }
    if let Some(how) = row.how {
        facts.push(Fact::new(ui.t("exchange-decision"), ui.named("exchange-how", how.code())));
        facts.push(Fact::new(ui.t("exchange-decided-by"), by));
        facts.push(Fact::new(ui.t("label-xd_reason"), row.reason.to_string()).wide());
    }
    let wins = partner.as_ref().map(|p| p.wins.0.of(row.aspect));
    Ok(DifferencePage {
        aspect: ui.named("exchange-aspect", row.aspect.code()),
        state: (mood(row.state), ui.named("exchange-difference", row.state.code())),
        ours: words.side(&ui, row.aspect, &row.ours),
        theirs: words.side(&ui, row.aspect, &row.theirs),
        theirs_hold: wins == Some(Side::Theirs),
        facts,
        open: row.state == DifferenceState::Open,
        may_send: row.order_id.is_some() && partner.is_some_and(|p| p.sends),
        row,
        form,
        ui,
    })
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Resolve).or_fail(&req)?;
    page(&req, &shown(&req, number, Filled::new()).await?)
}

pub(super) async fn resolve(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Resolve).or_fail(&req)?;
    let how = How::parse(form.text("act")).ok_or_else(|| Problem::field("act", "not-a-choice"));
    let how = how.or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let (of, why) = (number.clone(), form.text("xd_reason").to_owned());
    let work = req.write(move |ctx, tx| commands::resolve(ctx, tx, &desk, (&of, version), how, &why));
    match work.await {
        Ok(_) if how == How::Sent => {
            Ok(redirect(&req, &format!("/exchange/differences/{number}"), "exchange-sent", ""))
        }
        Ok(_) => Ok(redirect(&req, "/exchange/differences", "exchange-settled", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => {
                page_with(&req, StatusCode::UNPROCESSABLE_ENTITY, &shown(&req, number, filled).await?)
            }
            None => Err(act::fail(&req, problem)),
        },
    }
}
