//! A small city whose only subjects are tasks that stand in memory.

use kernel::calendar::{Arrangement, CalendarData, DayKind, Limit, TimeUnit, WorkingCalendar};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::Instant;
use ladder::jobs;
use ladder::model::{Clock, Letter, Subject};
use ladder::rules::{LADDER, Ladder};
use ladder::sources::{Desk, News, Source, Sources};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Db, Event, Migration, Record, Tx};
use testkit::{TestDb, grant, whole_city};
use web::City;
use web::list::Cursor;

pub(crate) const MIGRATIONS: &[Migration] = testkit::migrations!(web, people, ladder);

/// The unit of the stories.
pub(crate) const UNIT: i64 = 20;

/// Tasks by id.
#[derive(Default)]
pub(crate) struct Tasks(pub(crate) Mutex<BTreeMap<i64, Subject>>);

impl Source for Tasks {
    fn kind(&self) -> &'static str {
        "task"
    }

    fn running(&self, _: &mut Tx<'_>, after: Option<Cursor>, limit: i64) -> Result<Vec<Subject>> {
        let tasks = self.0.lock();
        let place = |s: &Subject| s.clock.as_ref().map(|clock| (clock.due.0, s.id));
        let mut later: Vec<Subject> =
            tasks.values().filter(|s| place(s) > after.map(|a| (a.sort, a.id))).cloned().collect();
        later.sort_by_key(|s| place(s));
        later.truncate(usize::try_from(limit).unwrap());
        Ok(later)
    }

    fn subject(&self, _: &mut Tx<'_>, id: i64) -> Result<Option<Subject>> {
        Ok(self.0.lock().get(&id).cloned())
    }

    fn href(&self, number: &str) -> String {
        format!("/tasks/{number}")
    }

    fn told(&self, ctx: &Ctx, tx: &mut Tx<'_>, letter: &Letter, news: News) -> Result<()> {
        let id: Id<Subject> = Id::new(letter.subject_id);
        tx.record(ctx, Event::new("task.told", id).with("news", format!("{news:?}")))
    }
}

pub(crate) struct World<'t> {
    pub(crate) t: &'t TestDb,
    pub(crate) tasks: Arc<Tasks>,
    pub(crate) desk: Desk,
}

/// The working calendar of the year in which the test's clock starts.
pub(crate) fn calendar(year: i16) -> WorkingCalendar {
    let mut data = CalendarData::default();
    for year in [year, year + 1] {
        let off = vec![(jiff::civil::date(year, 10, 1), DayKind::Off, "国庆".to_owned())];
        data.publish(Arrangement::new(year, off).unwrap());
    }
    WorkingCalendar::new(data)
}

impl<'t> World<'t> {
    pub(crate) fn new(t: &'t TestDb) -> Self {
        let calendar = Arc::new(calendar(t.db.now().date().year()));
        let tasks = Arc::new(Tasks::default());
        let city = City::new(t.city.clone(), "嘉峪关市", t.db.clone());
        let sources = Sources::default().with(tasks.clone());
        let desk = Desk { calendar, sources, city, base_url: "https://wm.example.cn".to_owned() };
        let w = Self { t, tasks, desk };
        let ctx = t.ctx_system();
        t.db.write_now(&ctx.clone(), move |tx| {
            tx.housekeeping();
            tx.insert(&unit(UNIT, "环卫中心", ctx.now))
        })
        .unwrap();
        w.set(|ladder| ladder.on = true);
        w
    }

    /// Changes the city's ladder.
    pub(crate) fn set(&self, change: impl FnOnce(&mut Ladder)) {
        let mut ladder = self.t.db.read_now(|tx| LADDER.get(tx)).unwrap();
        change(&mut ladder);
        let ctx = self.t.ctx_system();
        self.t.db.write_now(&ctx.clone(), move |tx| ladder::commands::edit(&ctx, tx, &ladder)).unwrap();
    }

    /// A task given out now, with working hours to do it.
    pub(crate) fn task(&self, id: i64, hours: u32) {
        let now = self.t.db.now();
        let limit = Limit::new(hours, TimeUnit::WorkingHour);
        let subject = Subject {
            kind: "task",
            id,
            number: format!("TASK-{id}"),
            title: format!("整治任务 {id}"),
            place: "新华中路".to_owned(),
            since: Some(now),
            unit: Some(Id::new(UNIT)),
            governing_unit: None,
            over: false,
            clock: Some(Clock {
                occasion: format!("{}", now.micros()),
                due: self.desk.calendar.due(now, limit, &[]).at,
                limit,
            }),
        };
        self.tasks.0.lock().insert(id, subject);
    }

    pub(crate) fn change(&self, id: i64, change: impl FnOnce(&mut Subject)) {
        change(self.tasks.0.lock().get_mut(&id).unwrap());
    }

    pub(crate) fn due(&self, id: i64) -> Instant {
        self.tasks.0.lock()[&id].clock.as_ref().unwrap().due
    }

    /// One run of the periodic job.
    pub(crate) fn pass(&self) {
        self.pass_on(&self.t.db);
    }

    pub(crate) fn pass_on(&self, db: &Db) {
        jobs::pass(db, &self.t.ctx_system(), &self.desk).unwrap();
    }

    pub(crate) fn act<T: Send + 'static>(
        &self,
        who: &Ctx,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.t.clock.advance(kernel::time::SECOND);
        let (ctx, desk) = (Ctx { now: self.t.db.now(), ..who.clone() }, self.desk.clone());
        self.t.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx, &desk))
    }

    pub(crate) fn letters(&self) -> Vec<Letter> {
        let rows = self.t.db.read_now(|tx| ladder::store::letters_of(tx, "task", 1));
        rows.unwrap()
    }

    /// Step and state of each letter about the first task.
    pub(crate) fn steps(&self) -> Vec<String> {
        use kernel::workflow::Named;
        self.letters().iter().map(|l| format!("{} {}", l.step, l.state.code())).collect()
    }

    pub(crate) fn office(&self) -> Ctx {
        self.t.ctx_member(1, "经办", vec![whole_city(Role::Office)])
    }

    pub(crate) fn leader(&self, id: i64) -> Ctx {
        self.t.ctx_member(id, "领导", vec![whole_city(Role::Leader)])
    }

    pub(crate) fn clerk(&self, unit: i64) -> Ctx {
        self.t.ctx_member(100 + unit, "单位经办人", vec![grant(Role::UnitClerk, &[unit])])
    }
}

fn unit(id: i64, name: &str, now: Instant) -> people::UnitRow {
    people::UnitRow {
        id: Id::new(id),
        number: id,
        code: format!("U-{id}"),
        name: name.to_owned(),
        short_name: String::new(),
        kind: "bureau".into(),
        parent_id: None,
        path: people::model::Path::root(id),
        state: people::model::UnitState::Active,
        merged_into: None,
        credit_code: None,
        contact_name: "".into(),
        contact_phone: "".into(),
        created_at: now,
        version: 1,
    }
}

/// What no order of runs may break; whole on one page, so that every story can ask for it.
pub(crate) fn sound(tx: &mut Tx<'_>) -> Result<()> {
    let all = ladder::store::every(tx)?;
    let mut seen = BTreeMap::new();
    for letter in all.iter().filter(|l| l.step != ladder::model::BY_HAND) {
        let key = (letter.subject_id, letter.occasion.clone(), letter.step.clone());
        assert!(seen.insert(key.clone(), letter.code.clone()).is_none(), "{key:?} twice");
    }
    let mut series: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for letter in &all {
        assert_eq!(letter.number.is_some(), letter.issued_at.is_some(), "{}", letter.code);
        if let (Some(name), Some(n)) = (&letter.series, letter.series_number) {
            series.entry(name.clone()).or_default().push(n);
        }
    }
    for (name, mut numbers) in series {
        numbers.sort_unstable();
        let expected: Vec<i64> = (1..=i64::try_from(numbers.len()).unwrap()).collect();
        assert_eq!(numbers, expected, "{name}: a number is missing or given twice");
    }
    assert_eq!(Letter::FIELDS.first(), Some(&"id"));
    Ok(())
}
