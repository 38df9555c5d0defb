//! What everybody may see: who answers for my street, what is wrong there, and how to say so.

use super::list::{Group, grouped};
use super::outcomes::Row as OutcomeRow;
use super::shared;
use crate::model::Adoption;
use crate::queries::{self, Filter, Problems};
use crate::settings::{LEADER_SHOWN, LeaderShown};
use crate::{kept, show};
use axum::response::{IntoResponse, Redirect};
use cases::model::{Case, Written};
use kernel::masking::{Audience, mask_text};
use kernel::time::Instant;
use kernel::workflow::Named;
use places::queries::{SectionFilter, sections};
use web::error::{OrFail, page as render};
use web::list::Params;
use web::parts::Fact;
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/public_list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    /// All streets with their adopted share, before anybody has chosen one.
    streets: Vec<Street>,
    groups: Vec<Group>,
    bounds: String,
    searched: bool,
}

struct Street {
    name: String,
    stretches: usize,
    length: String,
    share: String,
}

/// Most sections that words may find.
const FOUND: usize = 200;

pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (street, words) = (params.get("street").to_owned(), params.get("q").to_owned());
    let searched = !street.is_empty() || !words.is_empty();
    let (index, today) = (shared::index(&req).await?, req.ctx.now.date());
    let report = kept::coverage(&req.city, today).await.or_fail(&req)?;
    let ui = req.ui();
    let groups = if searched {
        let read = req.read(move |ctx, tx| {
            let named = SectionFilter { street: words.trim().to_owned(), ..SectionFilter::default() };
            let wanted = SectionFilter { words, street, ..SectionFilter::default() };
            // the street of that name before those that only cross it, also when there are too many of them
            let mut ids = Vec::new();
            for wanted in [named, wanted].iter().filter(|w| !w.words.is_empty() || !w.street.is_empty()) {
                let found = sections(tx, wanted, None, FOUND)?.rows;
                ids.extend(found.iter().map(|s| s.id).filter(|id| !ids.contains(id)).collect::<Vec<_>>());
            }
            ids.truncate(FOUND);
            let wanted = Filter { sections: Some(ids), on: Some(today), ..Filter::default() };
            let rows = queries::list(ctx, tx, &wanted, None, FOUND)?.rows;
            let names = queries::names(tx, &rows)?;
            Ok((rows, names))
        });
        let (rows, names) = read.await.or_fail(&req)?;
        let mut groups = grouped(&ui, &names, today, rows);
        let words = params.get("q").trim();
        groups.sort_by_key(|g| (g.street != words, !g.street.contains(words)));
        groups
    } else {
        Vec::new()
    };
    let all = report.streets.iter().map(|s| {
        let (covered, length) = s.totals.whole_m();
        Street {
            name: s.street.clone(),
            stretches: s.totals.stretches,
            length: show::metres(&ui, s.totals.length_m),
            share: ui.percent(covered, length),
        }
    });
    let streets = if searched { Vec::new() } else { all.collect() };
    render(&req, &ListPage { streets, groups, bounds: index.view(), searched, params, ui })
}

#[derive(askama::Template)]
#[template(path = "streets/public_show.html")]
struct ShowPage {
    ui: Ui,
    adoption: Adoption,
    section: String,
    unit: String,
    unit_code: String,
    facts: Vec<Fact>,
    phone: String,
    standard: String,
    items: Vec<String>,
    /// Id, heading, what to say when there are none, and the cases.
    lists: [(&'static str, &'static str, &'static str, Vec<Shown>); 2],
    outcome: Option<OutcomeRow>,
    /// The number on the sign, where it is another's now.
    printed: String,
    /// Others that answer here too.
    beside: Vec<String>,
    /// Nobody answers here today.
    over: bool,
}

struct Shown {
    number: String,
    title: String,
    at: Instant,
    mood: &'static str,
    state: String,
}

/// An old number leads to whoever answers for its place today.
pub(super) async fn show(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let today = req.ctx.now.date();
    let asked = number.clone();
    let read = req.read(move |ctx, tx| {
        let adoption = queries::by_number(tx, &asked)?;
        let now = queries::present(tx, &adoption, today)?;
        if !adoption.holds_on(today)
            && let Some(heir) = now.first()
        {
            return Ok(Err(heir.number.clone()));
        }
        let section = places::queries::section(tx, adoption.section_id)?;
        let names = queries::names(tx, [&adoption])?;
        let problems = queries::problems(ctx, tx, &section, &adoption)?;
        Ok(Ok((adoption, section, names, problems, LEADER_SHOWN.get(tx)?, now)))
    });
    let (adoption, section, names, problems, leader, now) = match read.await.or_fail(&req)? {
        Ok(found) => found,
        Err(heir) => {
            return Ok(Redirect::to(&format!("/public/streets/{heir}?sign={number}")).into_response());
        }
    };
    let table = kept::outcomes(&req.city, &req.ctx, today).await.or_fail(&req)?;
    let ui = req.ui();
    let standard = names.standard(adoption.standard_id);
    let Problems { open, solved } = problems;
    let page = ShowPage {
        section: section.name(),
        unit: names.unit(adoption.unit_id).to_owned(),
        unit_code: names.unit_code(adoption.unit_id).to_owned(),
        facts: facts(&ui, &adoption, leader, names.unit(adoption.unit_id)),
        phone: if adoption.public_phone { adoption.phone.as_str().to_owned() } else { String::new() },
        standard: standard.map(|s| s.name(ui.locale()).to_owned()).unwrap_or_default(),
        items: standard
            .map(|s| s.items(ui.locale()).into_iter().map(str::to_owned).collect())
            .unwrap_or_default(),
        lists: [
            ("open", "streets-open", "streets-open-none", shown(&ui, open)),
            ("solved", "streets-solved", "streets-solved-none", shown(&ui, solved)),
        ],
        outcome: table.of(adoption.unit_id).map(|o| OutcomeRow::of(&ui, &table, o)),
        printed: params
            .get("sign")
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .take(12)
            .collect(),
        beside: now.iter().filter(|a| a.id != adoption.id).map(|a| a.number.clone()).collect(),
        over: !adoption.holds_on(today),
        adoption,
        ui,
    };
    render(&req, &page)
}

fn facts(ui: &Ui, a: &Adoption, shown: LeaderShown, unit: &str) -> Vec<Fact> {
    let label = |name: &str| ui.named("label", name);
    let mut facts = vec![Fact::new(label("adoption_unit"), unit)];
    let leader = shown.apply(&a.leader);
    if !leader.is_empty() {
        facts.push(Fact::new(label("adoption_leader"), leader));
    }
    if a.public_phone {
        facts.push(
            Fact::new(label("adoption_phone"), a.phone.as_str()).link(format!("tel:{}", a.phone.as_str())),
        );
    }
    facts.push(Fact::new(ui.t("streets-stretch"), show::stretch(ui, a.from_m, a.to_m)));
    facts.push(Fact::new(label("adoption_from"), ui.date(&a.from_date)));
    facts
}

/// What people wrote is shown without the names and numbers it may hold.
fn shown(ui: &Ui, cases: Vec<Case>) -> Vec<Shown> {
    let one = |case: Case| Shown {
        title: mask_text(&case.strikes.cut(Written::Title, &case.title, &[]), Audience::Public),
        at: case.closed_at.unwrap_or(case.reported_at),
        mood: case.state.mood(),
        state: ui.t(format!("case-state-{}", case.state.code())),
        number: case.number,
    };
    cases.into_iter().map(one).collect()
}
