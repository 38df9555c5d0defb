//! Decides who reports what, and when; lets each case live; joins a few and splits a few.

use super::items::{self, At, Item, Season};
use super::life::{Birth, Life};
use super::place::Gazetteer;
use super::types::{
    Act, Actor, CaseStory, End, Limit, Place, Reporter, ReporterKind, Severity, Source, Step, TimeUnit,
};
use super::words;
use super::{stand, tides};
use crate::arith;
use crate::dice::Dice;
use crate::facts::{self, CatalogueRow, ItemKind};
use crate::pictures::Problem;
use crate::town::{self, Town};
use crate::when::Moment;
use crate::worktime::WorkTime;

/// How many stories there are, children of splits counted.
pub const CASES: usize = 3_000;

/// How many days they are spread over: 18 months.
pub const DAYS: i64 = 548;

/// Sizes of the splits.
const SPLITS: [usize; 14] = [2, 2, 3, 2, 3, 2, 2, 3, 2, 2, 3, 2, 2, 3];

/// Writes the stories of a seed up to `now`.
pub fn write(seed: u64, town: &Town, now: Moment) -> Vec<CaseStory> {
    let mut author = Author {
        dice: Dice::of(seed, "stories"),
        places: Gazetteer::new(seed, town),
        work: WorkTime::new(),
        catalogue: facts::catalogue(),
        items: items::all(),
        town,
        now,
        out: Vec::new(),
        phones: 5_000,
    };
    let roots = CASES - SPLITS.iter().sum::<usize>();
    let mut splits = SPLITS.iter();
    let times = tides::times(&mut author.dice, &author.work, now, roots);
    for (n, (at, source)) in times.into_iter().enumerate() {
        let split = if n % 190 == 189 { splits.next().copied() } else { None };
        author.story(at, source, split);
    }
    author.number()
}

/// What a case is about.
#[derive(Clone)]
struct Subject {
    kind: ItemKind,
    code: String,
    item: String,
    limit: Limit,
    problem: Problem,
    at: At,
    unit: &'static str,
    says: String,
}

struct Author<'a> {
    dice: Dice,
    places: Gazetteer<'a>,
    work: WorkTime,
    catalogue: Vec<CatalogueRow>,
    items: Vec<Item>,
    town: &'a Town,
    now: Moment,
    out: Vec<CaseStory>,
    phones: usize,
}

impl Author<'_> {
    fn subject(&mut self, at: Moment) -> Subject {
        if self.dice.chance(0.03) {
            let row = self.dice.pick(&self.catalogue).clone();
            let (unit, limit) = items::of_class(&row.major_code);
            let says = words::about(&mut self.dice, &row.name, &row.major_code);
            let problem = Problem::Generic;
            return Subject {
                kind: row.kind,
                code: row.code,
                item: row.name,
                limit,
                problem,
                at: At::Street,
                unit,
                says,
            };
        }
        let month = at.day().date().1;
        let late = at.hour() >= 18;
        let share = |i: &Item| {
            let hour = if i.season == Season::SummerNight && !late { 0.15 } else { 1.0 };
            i.weight * i.season.weight(month) * hour
        };
        let item = &self.items[self.dice.weighted(&self.items.iter().map(share).collect::<Vec<_>>())];
        let name = self.catalogue.iter().find(|r| r.kind == item.kind && r.code == item.code);
        Subject {
            kind: item.kind,
            code: item.code.to_owned(),
            item: name.map_or_else(String::new, |r| r.name.clone()),
            limit: item.limit,
            problem: item.problem,
            at: item.at,
            unit: item.unit,
            says: (*self.dice.pick(&item.says)).to_owned(),
        }
    }

    /// Who reports; of an inspector also the number in the roster.
    fn reporter(&mut self, source: Source) -> (Reporter, Option<usize>) {
        let nobody = |kind| Reporter { kind, name: None, phone: None, unit: None };
        match source {
            Source::Inspector => (nobody(ReporterKind::Inspector), Some(self.dice.below(12))),
            Source::Staff => (self.named(ReporterKind::Staff, Some(1)), None),
            Source::Patrol => (self.named(ReporterKind::Staff, None), None),
            Source::Snapshot | Source::Hotline => match self.dice.weighted(&[0.55, 0.35, 0.1]) {
                0 => (nobody(ReporterKind::Anonymous), None),
                1 => (self.named(ReporterKind::Citizen, None), None),
                _ => (self.named(ReporterKind::Supervisor, None), None),
            },
        }
    }

    fn named(&mut self, kind: ReporterKind, unit: Option<usize>) -> Reporter {
        self.phones += 1;
        let name = Some(town::person(&mut self.dice));
        Reporter { kind, name, phone: Some(town::phone(self.phones)), unit }
    }

    /// The unit of a key at a place; `@` is the street or town office.
    fn unit(&self, key: &str, place: &Place) -> usize {
        let units = &self.town.units;
        if key != "@" {
            return town::by_key(units, key);
        }
        let governs = |d: &String| place.division.starts_with(d.as_str());
        units.iter().position(|u| u.division.as_ref().is_some_and(governs)).unwrap_or(1)
    }

    /// Who adopted the section, for a patrol's report.
    fn adopter(&self, place: &Place, at: Moment) -> Option<usize> {
        let day = at.day();
        let holds = |a: &&town::Adoption| {
            a.section == place.section
                && (a.from_m..=a.to_m).contains(&place.offset_m)
                && a.from <= day
                && a.until.is_none_or(|u| u > day)
        };
        self.town.adoptions.iter().find(holds).map(|a| a.unit)
    }

    /// One report and all that comes of it.
    fn story(&mut self, at: Moment, source: Source, split: Option<usize>) {
        let told = matches!(source, Source::Snapshot | Source::Hotline);
        if split.is_none() && told && self.dice.chance(0.056) && self.again(at, source) {
            return;
        }
        let subject = self.subject(at);
        let place = self.places.find(&mut self.dice, subject.at);
        let says = subject.says.clone();
        let mut story = self.draft(at, source, &subject, place, &says);
        let birth = self.birth(&story, at);
        let mut life = Life::new(&mut self.dice, &self.work, &birth);
        if life.arrive() {
            let start = life.register();
            if split.is_none() {
                life.handle(start);
            }
        }
        (story.due, story.steps) = (life.due(), life.steps);
        match split {
            Some(parts) if story.due.is_some() => self.split(story, parts),
            Some(parts) => {
                // it came to nothing; let the next ones make up the number
                self.out.push(self.told(story));
                for k in 1..=i64::try_from(parts).unwrap_or(0) {
                    self.story(at.plus_minutes(7 * k), source, None);
                }
            }
            None => {
                let story = self.told(story);
                self.out.push(story);
            }
        }
    }

    fn birth(&mut self, story: &CaseStory, reported: Moment) -> Birth {
        let inspector = match story.steps.first().map(|s| s.by) {
            Some(Actor::Inspector(n)) => Some(n),
            _ => None,
        };
        let wrong = *self.dice.pick(&["zhifa", "huanwei", "shizheng", "yuanlin", "zhujian", "jiaojing"]);
        Birth {
            limit: story.limit,
            source: story.source,
            inspector,
            reported,
            unit: story.unit,
            wrong: town::by_key(&self.town.units, wrong),
            problem: story.problem,
            now: self.now,
        }
    }

    /// A story before anything is done. Its one step says who stood there, and is replaced by the life.
    fn draft(&mut self, at: Moment, source: Source, s: &Subject, place: Place, says: &str) -> CaseStory {
        let (mut reporter, inspector) = self.reporter(source);
        if source == Source::Patrol {
            reporter.unit = self.adopter(&place, at).or(Some(self.unit("@", &place)));
        }
        let unit = self.unit(s.unit, &place);
        let by = inspector.map_or(Actor::Reporter, Actor::Inspector);
        let severity = match s.limit.unit {
            TimeUnit::UrgentHour => Severity::Urgent,
            _ if self.dice.chance(0.16) => Severity::Serious,
            _ => Severity::General,
        };
        CaseStory {
            id: 0,
            mark: crate::MARK.to_owned(),
            parent: None,
            kind: s.kind,
            code: s.code.clone(),
            item: s.item.clone(),
            condition: condition(s),
            severity,
            limit: s.limit,
            reported_at: at,
            source,
            reporter,
            description: words::report(&mut self.dice, source, &place.address, says, s.problem, at.hour()),
            place,
            problem: s.problem,
            picture_seed: self.dice.bits() >> 11,
            unit,
            steps: vec![Step { at, by, act: Act::Report }],
            due: None,
            end: End::Waiting,
        }
    }

    /// Reports again what is on file and open; the two are joined.
    fn again(&mut self, at: Moment, source: Source) -> bool {
        let recent: Vec<usize> = (self.out.len().saturating_sub(120)..self.out.len())
            .filter(|i| {
                let s = &self.out[*i];
                let registered = s.steps.iter().any(|x| matches!(x.act, Act::Register { .. }) && x.at < at);
                let last = s.steps.iter().rfind(|x| matches!(x.act, Act::Answer { .. } | Act::Verify { .. }));
                registered
                    && s.end != End::Merged
                    && s.end != End::Split
                    && !s.steps.iter().any(|x| matches!(x.act, Act::Void { .. } | Act::Reopen { .. }))
                    && last.is_none_or(|x| x.at > at.plus_minutes(900))
            })
            .collect();
        if recent.is_empty() {
            return false;
        }
        let target = *self.dice.pick(&recent);
        let found = self.out[target].clone();
        let says = self
            .items
            .iter()
            .find(|i| i.kind == found.kind && i.code == found.code)
            .map(|i| *self.dice.pick(&i.says));
        let Some(says) = says else { return false };
        let subject = Subject {
            kind: found.kind,
            code: found.code.clone(),
            item: found.item.clone(),
            limit: found.limit,
            problem: found.problem,
            at: At::Street,
            unit: "@",
            says: says.to_owned(),
        };
        let place = self.places.beside(&mut self.dice, &found.place);
        let mut story = self.draft(at, source, &subject, place, says);
        story.unit = found.unit;
        story.condition.clone_from(&found.condition);
        let seen = at.plus_minutes(self.dice.between(8, 45));
        let seen =
            if (8..20).contains(&seen.hour()) { seen } else { self.work.next_duty(seen).day().at(8, 5) };
        if seen >= found.steps.iter().rfind(|x| matches!(x.act, Act::Close { .. })).map_or(self.now, |x| x.at)
        {
            return false;
        }
        let into = arith::small(target);
        story.steps = vec![
            Step { at, by: Actor::Reporter, act: Act::Report },
            Step { at: seen, by: Actor::Acceptor(self.dice.below(4)), act: Act::Merge { into } },
        ];
        story.end = End::Merged;
        let story = self.told(story);
        self.out.push(story);
        true
    }

    /// Cuts a registered story into parts that go to different units.
    fn split(&mut self, mut story: CaseStory, parts: usize) {
        let at =
            story.steps.last().map_or(story.reported_at, |s| s.at).plus_minutes(self.dice.between(6, 15));
        let keys = ["zhifa", "huanwei", "shizheng", "yuanlin", "jiaojing"];
        let first = self.dice.below(keys.len());
        let mut children = Vec::new();
        let parent = arith::small(self.out.len());
        for k in 0..parts {
            let unit = town::by_key(&self.town.units, keys[(first + k) % keys.len()]);
            let mut child = story.clone();
            (child.parent, child.unit, child.reported_at) = (Some(parent), unit, at);
            child.picture_seed = self.dice.bits() >> 11;
            child.description =
                format!("{}（拆分{}：由{}办理）", story.description, k + 1, self.town.units[unit].short);
            child.steps.clear();
            let birth = self.birth(&child, at);
            let mut life = Life::new(&mut self.dice, &self.work, &birth);
            life.begin(at);
            (child.due, child.steps) = (life.due(), life.steps);
            children.push(child);
        }
        let numbers = (1..=parts).map(|k| parent + arith::small(k)).collect();
        let note = "涉及多个单位，拆分办理。".to_owned();
        let by = Actor::Dispatcher(self.dice.below(3));
        story.steps.push(Step { at, by, act: Act::Split { children: numbers, note } });
        (story.due, story.end) = (None, End::Split);
        for story in std::iter::once(story).chain(children) {
            let story = self.told(story);
            self.out.push(story);
        }
    }

    /// Cuts off what lies after now and says how the story stands.
    fn told(&self, mut story: CaseStory) -> CaseStory {
        story.steps.retain(|s| s.at < self.now);
        story.end = stand::stands(&story, &self.work, self.now);
        story
    }

    /// Puts the stories in order of report and renumbers what refers to them.
    fn number(self) -> Vec<CaseStory> {
        let mut order: Vec<usize> = (0..self.out.len()).collect();
        order.sort_by_key(|i| (self.out[*i].reported_at, *i));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = arith::small(new);
        }
        let new = |old: u32| place.get(usize::try_from(old).unwrap_or(0)).copied().unwrap_or(old);
        let mut out: Vec<CaseStory> = order.iter().map(|i| self.out[*i].clone()).collect();
        for (id, story) in out.iter_mut().enumerate() {
            story.id = arith::small(id);
            story.parent = story.parent.map(new);
            for step in &mut story.steps {
                match &mut step.act {
                    Act::Merge { into } => *into = new(*into),
                    Act::Split { children, .. } => children.iter_mut().for_each(|c| *c = new(*c)),
                    _ => {}
                }
            }
        }
        out
    }
}

/// The condition on which an item is registered.
fn condition(s: &Subject) -> String {
    match s.kind {
        ItemKind::Component => format!("{}破损、缺失或影响使用", s.item),
        ItemKind::Event => format!("发现{}，影响市容秩序或通行安全", s.item),
    }
}
