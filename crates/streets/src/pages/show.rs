//! An adoption as staff see it: where it stands, whom to call, what is open there, what happened.

use super::shared::{self, Day};
use crate::model::{Adoption, Patrol, Section};
use crate::policy::Act;
use crate::queries::{self, Names};
use crate::show;
use ::store::Tx;
use cases::as_of::AsOf;
use cases::queries::{CaseLine, Filter};
use cases::workflow::State;
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::Date;
use kernel::workflow::Named;
use places::PlaceIndex;
use web::error::{OrFail, page as render};
use web::list::Params;
use web::parts::{Fact, Line, Move};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/show.html")]
struct ShowPage {
    ui: Ui,
    as_of: AsOf,
    day: Day,
    adoption: Adoption,
    section: Section,
    /// Number and metres.
    lead: String,
    state: (&'static str, &'static str),
    facts: Vec<Fact>,
    items: Vec<String>,
    moves: Vec<Move>,
    cases: Vec<CaseLine>,
    patrols: Vec<Patrol>,
    may_patrol: bool,
    others: Vec<Other>,
    /// How many open cases wait to be handed over, if this person may do it.
    waiting: usize,
    history: Vec<Line>,
}

/// Another adoption of the same metres, earlier, later or beside it.
struct Other {
    number: String,
    unit: String,
    stretch: String,
    days: String,
    state: (&'static str, &'static str),
}

struct Found {
    adoption: Adoption,
    section: Section,
    names: Names,
    others: Vec<Adoption>,
    cases: Vec<CaseLine>,
    patrols: Vec<Patrol>,
    waiting: usize,
    history: Vec<store::audit::HistoryLine>,
}

pub(super) async fn page(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let day = Day::of(&req, &params)?;
    let as_of = shared::as_of(&req, &params, day, false).await?;
    let index = shared::index(&req).await?;
    let (asked, map) = (number.clone(), index.clone());
    let found = req.read(move |ctx, tx| read(ctx, tx, &map, &asked, day)).await.or_fail(&req)?;
    let (ui, today) = (req.ui(), day.date);
    let standard = found.names.standard(found.adoption.standard_id);
    let items =
        standard.map(|s| s.items(ui.locale()).into_iter().map(str::to_owned).collect()).unwrap_or_default();
    let others = found.others.iter().map(|a| Other {
        number: a.number.clone(),
        unit: found.names.unit(a.unit_id).to_owned(),
        stretch: show::stretch(&ui, a.from_m, a.to_m),
        days: days(&ui, a),
        state: shared::standing(a, today),
    });
    let may = |act| !day.past && shared::may(&req.ctx, &index, act, &found.adoption, &found.section);
    let page = ShowPage {
        lead: format!(
            "{} · {}",
            found.adoption.number,
            show::stretch(&ui, found.adoption.from_m, found.adoption.to_m)
        ),
        state: shared::standing(&found.adoption, today),
        facts: facts(&ui, &found),
        items,
        moves: moves(&ui, &found.adoption, today, &may),
        may_patrol: may(Act::Patrol) && found.adoption.holds_on(today),
        others: others.collect(),
        history: shared::history(&ui, &found.history),
        cases: found.cases,
        patrols: found.patrols,
        waiting: found.waiting,
        adoption: found.adoption,
        section: found.section,
        as_of,
        day,
        ui,
    };
    render(&req, &page)
}

fn read(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, number: &str, day: Day) -> Result<Found> {
    let (adoption, section) = crate::commands::load_for(ctx, tx, index, Act::View, number)?;
    let mut others = queries::of_section(tx, section.id)?;
    others.retain(|a| {
        a.id != adoption.id && a.common_m(adoption.from_m, adoption.to_m) > crate::model::TOLERANCE_M
    });
    others.sort_by_key(|a| std::cmp::Reverse((a.from_date, a.id)));
    let names = queries::names(tx, others.iter().chain([&adoption]))?;
    let may_hand = !day.past && shared::may(ctx, index, Act::HandOver, &adoption, &section);
    let waiting = if may_hand && adoption.holds_on(ctx.now.date()) {
        queries::handover(ctx, tx, &section, &adoption)?.iter().filter(|c| c.movable()).count()
    } else {
        0
    };
    Ok(Found {
        cases: open_cases(ctx, tx, &section, &adoption, day.over())?,
        patrols: queries::patrols(tx, adoption.id, 30)?.into_iter().filter(|p| p.day <= day.date).collect(),
        history: store::audit::history(tx, adoption.id)?
            .into_iter()
            .filter(|line| line.at < cases::queries::end_of(day.date))
            .collect(),
        waiting,
        others,
        names,
        adoption,
        section,
    })
}

/// Cases on the stretch that the reader may see, open now or on a day that is over: of the section's newest.
fn open_cases(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    section: &Section,
    adoption: &Adoption,
    on: Option<Date>,
) -> Result<Vec<CaseLine>> {
    let known = cases::queries::first_day(tx)?;
    if on.is_some_and(|day| known.is_none_or(|first| day < first)) {
        // the register reaches further back than the cases
        return Ok(Vec::new());
    }
    let filter = Filter { section: Some(section.id), states: State::open(), on, ..Filter::default() };
    let here = |line: &CaseLine| {
        let place = line.lng.zip(line.lat).map(|(lng, lat)| section.line.locate(Point::new(lng, lat)).1);
        place.is_some_and(|along| adoption.covers(along))
    };
    Ok(cases::queries::list(ctx, tx, &filter, None)?.rows.into_iter().filter(here).collect())
}

/// 2026年3月5日起, or until when.
fn days(ui: &Ui, a: &Adoption) -> String {
    let from = ui.date(&a.from_date);
    match &a.until_date {
        None => ui.ta("adoption-days-open", [("from", from)]),
        Some(until) => ui.ta("adoption-days", [("from", from), ("until", ui.date(until))]),
    }
}

fn facts(ui: &Ui, found: &Found) -> Vec<Fact> {
    let (a, s) = (&found.adoption, &found.section);
    let label = |name: &str| ui.named("label", name);
    let unit = found.names.unit(a.unit_id);
    let mut facts = vec![
        Fact::new(label("adoption_unit"), unit)
            .link(format!("/units/{}/streets", found.names.unit_code(a.unit_id))),
        Fact::new(label("adoption_leader"), a.leader.as_str()),
        Fact::new(label("adoption_phone"), phone(ui, a)),
        Fact::new(ui.t("streets-section"), format!("{} {}", s.number, s.name()))
            .link(format!("/sections/{}", s.number)),
        Fact::new(ui.t("streets-stretch"), show::stretch(ui, a.from_m, a.to_m)),
        Fact::new(ui.t("streets-length"), show::metres(ui, a.length_m())),
        Fact::new(ui.t("adoption-term"), days(ui, a)),
    ];
    if let Some(why) = a.end_reason {
        facts.push(Fact::new(ui.t("adoption-ended-why"), ui.named("adoption-end", why.code())));
    }
    if !a.shared.is_empty() {
        facts.push(Fact::new(label("adoption_shared"), a.shared.as_str()).wide());
    }
    facts
}

fn phone(ui: &Ui, a: &Adoption) -> String {
    match (a.phone.as_str(), a.public_phone) {
        ("", _) => ui.t("adoption-no-phone"),
        (phone, true) => ui.ta("adoption-phone-public", [("phone", phone.to_owned())]),
        (phone, false) => phone.to_owned(),
    }
}

/// What this person may do now.
fn moves(ui: &Ui, a: &Adoption, today: Date, may: &dyn Fn(Act) -> bool) -> Vec<Move> {
    let open = a.holds_ever() && a.until_date.is_none_or(|until| until >= today);
    let (edit, contact) = (open && may(Act::Edit), open && may(Act::Contact));
    let all = [
        (edit, "replacement", "arrows-exchange", true),
        (contact, "contact", "pencil", !edit),
        (edit, "cut", "git-fork", false),
        (edit, "joint", "link", false),
        (edit, "end", "archive", false),
    ];
    all.into_iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, name, icon, main)| Move {
            text: ui.named("adoption-move", name),
            href: format!("/streets/{}/{name}", a.number),
            icon,
            main,
        })
        .collect()
}
