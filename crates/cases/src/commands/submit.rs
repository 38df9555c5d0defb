//! 上报: a report comes in, through whatever door, and becomes a case that waits to be confirmed.

use super::recording;
use super::recurrence::said_again;
use crate::catalogue::extras::NewAnswer;
use crate::clock;
use crate::desk::Desk;
use crate::jobs;
use crate::model::{Case, Item, NewRecording, PhotoKind, Reporter, Source};
use crate::policy::{Act, POLICY, city};
use crate::store;
use crate::workflow::State;
use ::store::files::{self, Quarantined};
use ::store::{Event, Tx};
use kernel::coords::{Crs, Point, convert};
use kernel::ctx::{Actor, Ctx};
use kernel::id::Id;
use kernel::masking::{Audience, mask_text};
use kernel::policy::{Standing, Tie};
use kernel::problem::{FieldError, Findings, Result};
use kernel::time::Instant;
use kernel::workflow::Named;
use places::{Located, PlaceIndex};
use std::sync::Arc;

/// What somebody reports.
#[derive(Clone, Debug)]
pub struct NewCase {
    pub source: Source,
    pub description: String,
    /// Empty: made from the item's name and the address.
    pub title: String,
    pub item: Option<Id<Item>>,
    /// 立案条件 of the item as the reporter sees it; empty for the usual one. Whoever registers the case decides.
    pub condition: String,
    /// To the further questions of the item, as its door has checked them.
    pub answers: Vec<NewAnswer>,
    pub urgent: bool,
    pub place: Option<Point>,
    pub crs: Crs,
    pub accuracy_m: Option<f64>,
    pub address: String,
    pub reporter: Reporter,
    pub photos: Vec<(Quarantined, String)>,
    /// What was said instead of writing it.
    pub recording: Option<NewRecording>,
    /// When it was seen, where that was earlier than now (import, paper forms).
    pub reported_at: Option<Instant>,
    pub outside: Option<Outside>,
    /// The closed case that this one is again, as whoever reports it says.
    pub again: Option<Id<Case>>,
}

/// The same thing in another system.
#[derive(Clone, Debug)]
pub struct Outside {
    pub system: String,
    pub id: String,
}

impl NewCase {
    pub fn new(source: Source, description: &str) -> Self {
        Self {
            source,
            description: description.trim().to_owned(),
            title: String::new(),
            item: None,
            condition: String::new(),
            answers: Vec::new(),
            urgent: false,
            place: None,
            crs: Crs::Cgcs2000,
            accuracy_m: None,
            address: String::new(),
            reporter: Reporter::default(),
            photos: Vec::new(),
            recording: None,
            reported_at: None,
            outside: None,
            again: None,
        }
    }

    fn check(&self, desk: &Desk) -> Result<()> {
        let mut findings = Findings::default();
        let long = |text: &str, max: usize| text.chars().count() > max;
        let told = !self.description.is_empty() || !self.photos.is_empty() || self.recording.is_some();
        findings.check(told, "description", "required");
        if long(&self.description, 4000) {
            findings.add(FieldError::new("description", "too-long").arg("max", 4000));
        }
        findings.check(!long(&self.title, 120), "title", "too-long");
        findings.check(!long(&self.address, 200), "address", "too-long");
        findings.check(self.place.is_some() || !self.address.is_empty(), "address", "place-needed");
        findings.check(self.item.is_none_or(|i| desk.catalogue.item(i).is_some()), "item", "not-a-choice");
        let conditions = self.item.map_or(&[][..], |item| desk.catalogue.conditions(item));
        findings.check(
            self.condition.is_empty() || conditions.iter().any(|(code, _)| *code == self.condition),
            "condition",
            "not-a-choice",
        );
        let asked = desk.catalogue.extras(self.item);
        let of_it = |a: &NewAnswer| asked.iter().any(|e| e.id == a.extra && e.asked.personal == a.personal);
        findings.check(self.answers.iter().all(of_it), "kind", "not-a-choice");
        let phone = &self.reporter.phone;
        findings.check(
            phone.is_empty() || kernel::identifiers::Phone::parse(phone).is_ok(),
            "phone",
            "not-a-phone",
        );
        findings.done()
    }
}

/// Saves the report and finds where it is and who will have to act. `words` are the search tokens of the text, made
/// before the transaction because cutting Chinese text into words takes longer than saving it.
pub fn submit(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    index: &Arc<PlaceIndex>,
    words: &str,
    new: NewCase,
) -> Result<Case> {
    let public = new.source == Source::Citizen;
    let known_ties = ctx.grants().iter().map(|g| (Tie::Governs, g.unit)).collect();
    let standing = if public { city() } else { Standing { ties: known_ties, owner: None } };
    POLICY.require(ctx, if public { Act::Report } else { Act::Enter }, &standing, true)?;
    new.check(desk)?;

    let place = new.place.map(|p| convert(p, new.crs, Crs::Cgcs2000));
    let located = place.map(|p| index.locate(p));
    let section = located.as_ref().and_then(|l| l.section.as_ref());
    let seen = new.reported_at.unwrap_or(ctx.now).min(ctx.now);
    let suggested = match section {
        Some(s) => desk.register.answers_for(tx, s.id, s.along_m, seen.date())?,
        None => None,
    };
    let suggested = suggested.or_else(|| desk.catalogue.item(new.item?)?.default_unit);
    let number = next_number(ctx, tx)?;
    let mut case = Case {
        id: tx.new_id(),
        number,
        state: State::Reported,
        source: new.source,
        title: covered(if new.title.is_empty() {
            title(desk, &new, &place_name(index, located.as_ref()))
        } else {
            new.title.clone()
        }),
        description: new.description.into(),
        item_id: new.item,
        condition: new.condition,
        urgent: new.urgent,
        lng: place.map(|p| p.lng),
        lat: place.map(|p| p.lat),
        crs: new.crs.as_str().to_owned(),
        accuracy_m: new.accuracy_m,
        address: new.address,
        section_id: section.map(|s| s.id),
        along_m: section.map(|s| s.along_m),
        division_id: located.as_ref().and_then(|l| l.division),
        grid: located.as_ref().and_then(|l| l.grid_cell.as_ref().map(|c| c.code.to_string())),
        site_id: None,
        governing_unit: located.as_ref().and_then(|l| l.governing_unit),
        suggested_unit: suggested,
        reported_by: ctx.person(),
        reported_at: seen,
        outside_system: new.outside.as_ref().map(|o| o.system.clone()),
        outside_id: new.outside.map(|o| o.id),
        ..Case::blank(ctx.now)
    };
    clock::enter_stage(&mut case, desk, ctx.now, &[]);
    tx.insert(&case)?;
    crate::past::first(tx, ctx.now, &case)?;
    let reporter = Reporter { case_id: case.id.raw(), ..new.reporter };
    if !reporter.name.is_empty() || !reporter.phone.is_empty() || !reporter.mail.is_empty() {
        tx.insert(&reporter)?;
    }
    for (received, name) in &new.photos {
        let file = files::adopt(tx, ctx, received, name)?;
        store::add_photo(tx, case.id, file, PhotoKind::Before, ctx)?;
    }
    store::keep_answers(tx, case.id, &new.answers)?;
    if let Some(old) = new.again
        && let Some(old) = store::case(tx, old)?.filter(|old| old.is_public && old.state == State::Closed)
    {
        said_again(ctx, tx, &case, &old)?;
    }
    if !words.is_empty() {
        tx.index_words(case.id, words)?;
    }
    let event = Event::new("case.reported", case.id)
        .with("source", case.source.code())
        .with("number", case.number.as_str());
    // staff's names belong into the history; a citizen's do not
    let event = if matches!(ctx.actor, Actor::Public) { event.with("door", "public") } else { event };
    tx.record(ctx, event.with("photo-count", new.photos.len()))?;
    if let Some(said) = &new.recording {
        recording::keep(ctx, tx, case.id, said)?;
    }
    jobs::reported(ctx, tx, &case)?;
    Ok(case)
}

/// `CASE-2026-000412`: by year, without gaps.
pub(super) fn next_number(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<String> {
    let year = ctx.now.date().year();
    Ok(format!("CASE-{year}-{:06}", tx.next_number(&format!("CASE-{year}"))?))
}

/// The street section, or where there is none the division.
fn place_name(index: &PlaceIndex, located: Option<&Located>) -> String {
    let Some(located) = located else { return String::new() };
    located.section.as_ref().map_or_else(|| index.division_name(located.division), |s| s.name.to_string())
}

/// The item's name and where, or the beginning of the text.
fn title(desk: &Desk, new: &NewCase, found: &str) -> String {
    let place = if new.address.is_empty() { found } else { &new.address };
    match new.item.map(|i| desk.catalogue.name(Some(i))).filter(|n| !n.is_empty()) {
        Some(name) if place.is_empty() => name.to_owned(),
        Some(name) => format!("{}：{name}", short(place, 40)),
        // covered before it is cut: half a number is not known for one
        None if new.description.is_empty() => short(place, 40),
        None => short(&covered(new.description.clone()), 40),
    }
}

/// The title of a report that is made of its kind, its words and its place.
pub(super) fn titled(desk: &Desk, item: Option<Id<Item>>, description: &str, address: &str) -> String {
    let mut new = NewCase::new(Source::Paper, description);
    (new.item, new.address) = (item, address.to_owned());
    covered(title(desk, &new, ""))
}

/// Without numbers of people: unlike what was said, a title lies unsealed, for lists.
pub(crate) fn covered(title: String) -> String {
    mask_text(&title, Audience::Public)
}

fn short(text: &str, max: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= max {
        line.to_owned()
    } else {
        line.chars().take(max - 1).chain(['…']).collect()
    }
}
