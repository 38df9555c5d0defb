//! The catalogue, and the 18 months of cases.

use super::people::Folk;
use super::{Made, Size, system};
use crate::facts::{self, ItemKind as Kind};
use crate::pictures::{Shot, Stage as Picture};
use crate::story::{Act, Actor, CaseStory, Found, ReporterKind, Source, Step, TimeUnit as Unit};
use cases::catalogue::commands::{Confirmed, NewItem, confirm_limits, publish, set_limit};
use cases::catalogue::founding::STANDARD;
use cases::catalogue::{ItemKind, load};
use cases::commands::{self, Ask, NewCase};
use cases::desk::Desk;
use cases::model::{Case, Item, Reporter, Satisfaction, Source as Door};
use cases::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Instant, SECOND};
use places::PlaceIndex;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::files::{Files, Quarantined};
use store::{Tx, words};
use web::City;

/// Largest picture, in bytes.
const PICTURE: u64 = 4 << 20;

/// Brings the national catalogue into force, with the limits that the stories were planned with.
pub(super) fn catalogue(city: &City, ctx: &Ctx, stories: &[CaseStory]) -> Result<()> {
    let items: Vec<NewItem> = facts::catalogue()
        .into_iter()
        .map(|row| NewItem {
            kind: kind(row.kind),
            code: row.code,
            major_code: row.major_code,
            major_name: row.major_name,
            name: row.name,
        })
        .collect();
    let mut limits: HashMap<(ItemKind, String), Vec<(String, Limit)>> = HashMap::new();
    for story in stories {
        let list = limits.entry((kind(story.kind), story.code.clone())).or_default();
        if !list.iter().any(|(text, _)| *text == story.condition) {
            list.push((story.condition.clone(), limit(story)));
        }
    }
    let work_ctx = ctx.clone();
    city.db().write_now(ctx, move |tx| {
        let ctx = &work_ctx;
        publish(ctx, tx, STANDARD, STANDARD, &items)?;
        // this city has looked at the stages' limits
        confirm_limits(ctx, tx, Confirmed::All)?;
        let catalogue = load(tx)?;
        super::questions::ask(ctx, tx, &catalogue)?;
        let mut keys: Vec<_> = limits.into_iter().collect();
        keys.sort_by(|a, b| a.0.cmp(&b.0));
        for ((kind, code), conditions) in keys {
            let Some(item) = catalogue.by_code(kind, &code) else { continue };
            for (n, (text, limit)) in conditions.iter().enumerate() {
                if n == 0 {
                    set_limit(ctx, tx, Some(item.id), ("", ""), Stage::Handle, Some(*limit))?;
                }
                let condition = format!("{}", n + 1);
                set_limit(ctx, tx, Some(item.id), (&condition, text), Stage::Handle, Some(*limit))?;
            }
        }
        Ok(())
    })
}

fn kind(kind: Kind) -> ItemKind {
    match kind {
        Kind::Component => ItemKind::Component,
        Kind::Event => ItemKind::Event,
    }
}

fn limit(story: &CaseStory) -> Limit {
    let unit = match story.limit.unit {
        Unit::UrgentHour => TimeUnit::UrgentHour,
        Unit::WorkingHour => TimeUnit::WorkingHour,
        Unit::WorkingDay => TimeUnit::WorkingDay,
        Unit::CalendarDay => TimeUnit::CalendarDay,
    };
    Limit { value: story.limit.value, unit }
}

/// What the stories are lived with.
pub(super) struct Theatre<'a> {
    pub(super) city: &'a City,
    pub(super) desk: Arc<Desk>,
    pub(super) index: Arc<PlaceIndex>,
    pub(super) folk: &'a Folk,
    pub(super) files: Files,
    pub(super) cases: HashMap<u32, Id<Case>>,
    pub(super) pictured: HashSet<u32>,
    pub(super) codes: HashMap<(Id<Item>, String), String>,
    /// The repair photographed last: what is used again here and there, so that there is something to find.
    pub(super) last: RefCell<Option<Shot>>,
}

/// Walks through all steps of all stories in order of time.
pub(super) fn live(
    city: &City,
    folk: &Folk,
    stories: &[CaseStory],
    size: Size,
    made: &mut Made,
    now: Instant,
    say: &mut dyn FnMut(&str),
) -> Result<()> {
    let desk = Desk::of_now(city)?;
    let mut codes = HashMap::new();
    for item in desk.catalogue.items() {
        for (code, text) in desk.catalogue.conditions(item.id) {
            codes.insert((item.id, text.clone()), code.clone());
        }
    }
    let pictured =
        stories.iter().rev().filter(|s| s.parent.is_none()).take(size.pictures).map(|s| s.id).collect();
    let mut stage = Theatre {
        city,
        desk,
        index: places::kept::refresh_now(city)?,
        folk,
        files: Files::of(city.db()),
        cases: HashMap::new(),
        pictured,
        codes,
        last: RefCell::new(None),
    };
    let by_id: HashMap<u32, &CaseStory> = stories.iter().map(|s| (s.id, s)).collect();
    let mut order: Vec<(i64, u32, usize)> = stories
        .iter()
        .flat_map(|s| s.steps.iter().enumerate().map(move |(n, step)| (step.at.0, s.id, n)))
        .collect();
    order.sort_unstable();
    let (total, mut lost) = (order.len(), HashSet::new());
    for (done, (at, id, n)) in order.into_iter().enumerate() {
        let Some((story, step)) = by_id.get(&id).and_then(|s| Some((*s, s.steps.get(n)?))) else { continue };
        if lost.contains(&id) {
            continue;
        }
        match stage.play(story, step, Instant(at * SECOND), &by_id) {
            Ok(()) => made.steps += 1,
            Err(problem) => {
                // the rest of this story stands on the step that failed
                lost.insert(id);
                made.refused.push(format!("story {id} step {n} {:?}: {problem}", step.act));
            }
        }
        if done % 4000 == 3999 {
            say(&format!("cases: {} of {total} steps", done + 1));
        }
    }
    made.cases = stage.cases.len();
    stage.edges(now)?;
    Ok(())
}

impl Theatre<'_> {
    fn play(
        &mut self,
        story: &CaseStory,
        step: &Step,
        at: Instant,
        all: &HashMap<u32, &CaseStory>,
    ) -> Result<()> {
        let base = system(self.city, at);
        let ctx = self.folk.ctx(&base, step.by);
        if matches!(step.act, Act::Report) {
            return self.report(story, at);
        }
        let id =
            *self.cases.get(&story.id).ok_or_else(|| Problem::internal("acted on before it was reported"))?;
        match &step.act {
            // a reminder is no move; and where nobody could tell, somebody goes there again
            Act::Report | Act::Remind { .. } | Act::Confirm { found: Found::Unclear, .. } => Ok(()),
            Act::Confirm { found: Found::There, .. } => {
                self.run(&ctx, move |c, tx, d| commands::confirm(c, tx, d, id))
            }
            Act::Confirm { note, .. } => {
                let why = if note.is_empty() { "现场未发现".to_owned() } else { note.clone() };
                self.run(&ctx, move |c, tx, d| commands::refuse(c, tx, d, id, &why))
            }
            Act::Register { .. } => self.register(&ctx, story, id),
            Act::Dispatch { unit, note } => self.dispatch(&ctx, id, *unit, note),
            Act::Return { reason } => {
                let why = reason.clone();
                self.run(&ctx, move |c, tx, d| commands::return_case(c, tx, d, id, &why))
            }
            Act::AskExtension { reason, more } => {
                let (why, ask) = (reason.clone(), Ask::Extension { amount: *more });
                self.run(&ctx, move |c, tx, _| commands::ask_time(c, tx, id, &ask, &why))
            }
            Act::AskParking { reason, until } => {
                let (why, ask) = (reason.clone(), Ask::Parking { until: Instant(until.0 * SECOND).date() });
                self.run(&ctx, move |c, tx, _| commands::ask_time(c, tx, id, &ask, &why))
            }
            Act::GrantExtension { note } | Act::Park { note, .. } => self.decide(&ctx, id, true, note),
            Act::RefuseExtension { reason } => self.decide(&ctx, id, false, reason),
            Act::Resume { .. } => {
                self.run(&self.leader(&base), move |c, tx, d| commands::resume(c, tx, d, id))
            }
            Act::Supervise { text } => self.supervise(&base, step.by, id, at, text),
            Act::Answer { text } => {
                self.answer_letters(&ctx, &base, id, text)?;
                self.answer(&ctx, story, id, at, text)
            }
            Act::Verify { passed, note } => {
                let (passed, note) = (*passed, note.clone());
                self.run(&ctx, move |c, tx, d| {
                    if passed {
                        commands::pass(c, tx, d, id, &note, &[])
                    } else {
                        commands::rework(
                            c,
                            tx,
                            d,
                            id,
                            if note.is_empty() { "未整改到位" } else { &note },
                            &[],
                        )
                    }
                })
            }
            Act::Close { note } => {
                let note = note.clone();
                self.run(&ctx, move |c, tx, d| commands::close(c, tx, d, id, &note))
            }
            Act::Rate { score, .. } => {
                let verdict = match score {
                    4.. => Satisfaction::Good,
                    3 => Satisfaction::Fair,
                    _ => Satisfaction::Bad,
                };
                self.run(&ctx, move |c, tx, _| commands::rate(c, tx, id, verdict))
            }
            Act::Contest { text } => {
                let why = text.clone();
                self.run(&ctx, move |c, tx, d| commands::contest(c, tx, d, id, &why))
            }
            Act::DismissContest { reason } => {
                let why = reason.clone();
                self.run(&ctx, move |c, tx, d| commands::uphold(c, tx, d, id, &why))
            }
            Act::Reopen { note } => {
                let why =
                    if note.is_empty() { "核查属实，重新处置".to_owned() } else { note.clone() };
                self.run(&ctx, move |c, tx, d| commands::reopen(c, tx, d, id, &why))
            }
            Act::Void { reason } => {
                let why = reason.clone();
                self.run(&self.leader(&base), move |c, tx, d| {
                    let case = commands::load_for(c, tx, cases::policy::Act::Void, id)?;
                    if case.state.is_over() {
                        // refused when it was not found: that is the end already
                        tx.housekeeping();
                        return Ok(None);
                    }
                    commands::void(c, tx, d, id, &why).map(Some)
                })
            }
            Act::Merge { into } => {
                let into =
                    *self.cases.get(into).ok_or_else(|| Problem::internal("merged into a later story"))?;
                self.run(&ctx, move |c, tx, d| commands::merge(c, tx, d, id, into))
            }
            Act::Split { children, .. } => self.split(&ctx, id, children, all),
        }
    }

    fn leader(&self, base: &Ctx) -> Ctx {
        self.folk.ctx(base, Actor::Leader(0))
    }

    pub(super) fn run<T: Send + 'static>(
        &self,
        ctx: &Ctx,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> Result<()> {
        let (inner, desk) = (ctx.clone(), Arc::clone(&self.desk));
        self.city.db().write_now(ctx, move |tx| act(&inner, tx, &desk).map(drop))
    }

    pub(super) fn item(&self, story: &CaseStory) -> Option<Id<Item>> {
        self.desk.catalogue.by_code(kind(story.kind), &story.code).map(|i| i.id)
    }

    fn report(&mut self, story: &CaseStory, at: Instant) -> Result<()> {
        let source = match story.source {
            Source::Snapshot => Door::Citizen,
            Source::Inspector => Door::Inspection,
            Source::Staff => Door::Staff,
            Source::Hotline => Door::Phone,
            Source::Patrol => Door::Patrol,
        };
        let actor = match (story.source, story.reporter.unit) {
            (Source::Snapshot, _) => Actor::Reporter,
            (Source::Inspector, _) => Actor::Inspector(story.id as usize),
            (Source::Patrol, Some(unit)) => Actor::Unit(unit),
            _ => Actor::Acceptor(story.id as usize),
        };
        let ctx = self.folk.ctx(&system(self.city, at), actor);
        let mut new = NewCase::new(source, &story.description);
        new.item = self.item(story);
        new.answers = super::questions::answers(&self.desk.catalogue, new.item, story.id);
        new.urgent = story.severity == crate::story::Severity::Urgent;
        new.place = Some(Point { lng: story.place.at[0], lat: story.place.at[1] });
        new.accuracy_m = Some(10.0);
        new.address.clone_from(&story.place.address);
        if matches!(story.reporter.kind, ReporterKind::Citizen | ReporterKind::Supervisor) {
            new.reporter = Reporter {
                name: story.reporter.name.clone().unwrap_or_default().into(),
                phone: story.reporter.phone.clone().unwrap_or_default().into(),
                wants_answer: story.reporter.phone.is_some(),
                ..Reporter::default()
            };
        }
        new.photos.extend(self.picture(story, at, Picture::Before)?);
        let (inner, desk, index) = (ctx.clone(), Arc::clone(&self.desk), Arc::clone(&self.index));
        let text = words::index_tokens(&format!("{} {}", story.description, story.place.address));
        let case = self
            .city
            .db()
            .write_now(&ctx, move |tx| commands::submit(&inner, tx, &desk, &index, &text, new))?;
        self.cases.insert(story.id, case.id);
        Ok(())
    }

    pub(super) fn picture(
        &self,
        story: &CaseStory,
        at: Instant,
        stage: Picture,
    ) -> Result<Option<(Quarantined, String)>> {
        if !self.pictured.contains(&story.id) {
            return Ok(None);
        }
        let clock = at.to_civil();
        let shot = Shot {
            problem: story.problem,
            seed: story.picture_seed,
            stage,
            hour: u8::try_from(clock.hour()).unwrap_or(12),
            month: u8::try_from(clock.month()).unwrap_or(6),
        };
        let bytes = super::photos::taken(story.id, &shot, &self.last);
        let received = self.files.receive_now(bytes.as_slice(), PICTURE)?;
        Ok(Some((received, format!("{}.jpg", crate::MARK))))
    }
}
