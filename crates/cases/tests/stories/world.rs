//! The small city that the stories happen in.

use cases::catalogue::commands::{NewItem, publish, set_limit};
use cases::catalogue::{self, ItemKind};
use cases::commands::{self, Answer, Dispatch, NewCase};
use cases::desk::{Desk, Listeners, NoRegister};
use cases::model::{Case, Source};
use cases::workflow::Stage;
use kernel::calendar::{Arrangement, CalendarData, Limit, TimeUnit, WorkingCalendar};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use places::PlaceIndex;
use std::sync::Arc;
use store::{Migration, Tx};
use testkit::{TestDb, grant, whole_city};

pub(crate) const MIGRATIONS: &[Migration] = testkit::migrations!(web, people, places, ladder, cases);

/// Units of the stories.
pub(crate) const STREET_OFFICE: i64 = 10;
pub(crate) const CLEANING: i64 = 20;
pub(crate) const WATER: i64 = 30;

pub(crate) struct World<'t> {
    pub(crate) t: &'t TestDb,
    pub(crate) desk: Arc<Desk>,
    pub(crate) index: Arc<PlaceIndex>,
}

impl<'t> World<'t> {
    pub(crate) fn new(t: &'t TestDb) -> Self {
        let office = t.ctx_member(1, "文明办", vec![whole_city(Role::Office)]);
        let items = ["暴露垃圾", "道路积水", "井盖缺失"].iter().enumerate().map(|(n, name)| NewItem {
            kind: ItemKind::Event,
            code: format!("0100{n}"),
            major_code: "01".into(),
            major_name: "市容环境".into(),
            name: (*name).to_owned(),
        });
        let items: Vec<NewItem> = items.collect();
        let ctx = office.clone();
        t.db.write_now(&office, move |tx| {
            for unit in [STREET_OFFICE, CLEANING, WATER] {
                tx.insert(&people::UnitRow {
                    id: Id::new(unit),
                    number: unit,
                    code: format!("U-{unit}"),
                    name: format!("单位 {unit}"),
                    short_name: String::new(),
                    kind: "bureau".into(),
                    parent_id: None,
                    path: people::model::Path::root(unit),
                    state: people::model::UnitState::Active,
                    merged_into: None,
                    credit_code: None,
                    contact_name: "".into(),
                    contact_phone: "".into(),
                    created_at: ctx.now,
                    version: 1,
                })?;
            }
            publish(&ctx, tx, "2026", "test", &items)?;
            let catalogue = catalogue::load(tx)?;
            let first = catalogue.items()[0].id;
            set_limit(
                &ctx,
                tx,
                Some(first),
                ("", ""),
                Stage::Handle,
                Some(Limit::new(4, TimeUnit::WorkingHour)),
            )
        })
        .unwrap();
        let catalogue = t.db.read_now(catalogue::load).unwrap();
        let index = t.db.read_now(|tx| PlaceIndex::load(tx, tx.now().date())).unwrap();
        let mut data = CalendarData::default();
        // the arrangement of the year that the test clock starts in, so that deadlines are not provisional
        let year = t.db.now().date().year();
        let day = jiff::civil::date(year, 10, 1);
        let off = vec![(day, kernel::calendar::DayKind::Off, "国庆".to_owned())];
        data.publish(Arrangement::new(year, off).unwrap());
        let calendar = Arc::new(WorkingCalendar::new(data));
        let desk = Desk {
            ladder: ladder::sources::Desk {
                calendar: Arc::clone(&calendar),
                sources: ladder::sources::Sources::default().with(Arc::new(cases::letters::Cases)),
                city: web::City::new(t.city.clone(), "嘉峪关市", t.db.clone()),
                base_url: String::new(),
            },
            calendar,
            catalogue: Arc::new(catalogue),
            register: Arc::new(NoRegister),
            listeners: Listeners::default(),
        };
        Self { t, desk: Arc::new(desk), index: Arc::new(index) }
    }

    pub(crate) fn office(&self) -> Ctx {
        self.t.ctx_member(1, "文明办", vec![whole_city(Role::Office)])
    }

    pub(crate) fn verifier(&self) -> Ctx {
        self.t.ctx_member(2, "核查员", vec![whole_city(Role::Verifier)])
    }

    pub(crate) fn clerk(&self, unit: i64) -> Ctx {
        self.t.ctx_member(100 + unit, "经办人", vec![grant(Role::UnitClerk, &[unit])])
    }

    pub(crate) fn citizen(&self) -> Ctx {
        self.t.ctx_public()
    }

    /// Runs a command as `who` would, on the writer.
    pub(crate) fn act<T: Send + 'static>(
        &self,
        who: &Ctx,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        // two things never happen in the same microsecond, which is what a history is ordered by
        self.t.clock.advance(kernel::time::SECOND);
        let (ctx, desk) = (who.clone(), Arc::clone(&self.desk));
        let ctx = Ctx { now: self.t.db.now(), ..ctx };
        self.t.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx, &desk))
    }

    pub(crate) fn report(&self, text: &str) -> Case {
        let index = Arc::clone(&self.index);
        let mut new = NewCase::new(Source::Citizen, text);
        new.address = "新华中路 118 号".into();
        new.item = Some(self.desk.catalogue.items()[0].id);
        let words = store::words::index_tokens(text);
        self.act(&self.citizen(), move |ctx, tx, desk| commands::submit(ctx, tx, desk, &index, &words, new))
            .unwrap()
    }

    /// A report with a pin, of this kind.
    pub(crate) fn pinned(&self, text: &str, kind: usize, (lng, lat): (f64, f64)) -> Case {
        let index = Arc::clone(&self.index);
        let mut new = NewCase::new(Source::Citizen, text);
        new.place = Some(kernel::coords::Point { lng, lat });
        new.item = Some(self.desk.catalogue.items()[kind].id);
        let words = store::words::index_tokens(text);
        self.act(&self.citizen(), move |ctx, tx, desk| commands::submit(ctx, tx, desk, &index, &words, new))
            .unwrap()
    }

    pub(crate) fn confirm(&self, id: Id<Case>) -> Case {
        self.act(&self.verifier(), move |ctx, tx, desk| commands::confirm(ctx, tx, desk, id)).unwrap()
    }

    /// Takes a report all the way to its closing.
    pub(crate) fn close(&self, id: Id<Case>, unit: i64) -> Case {
        let to = to_unit(unit);
        self.act(&self.office(), move |ctx, tx, desk| commands::accept(ctx, tx, desk, id, None, "", &to))
            .unwrap();
        self.act(&self.clerk(unit), move |ctx, tx, desk| commands::answer(ctx, tx, desk, id, &fixed()))
            .unwrap();
        let verifier = self.verifier();
        self.act(&verifier, move |ctx, tx, desk| commands::pass(ctx, tx, desk, id, "", &[])).unwrap();
        self.act(&verifier, move |ctx, tx, desk| commands::close(ctx, tx, desk, id, "")).unwrap()
    }

    /// The city's rules, changed.
    pub(crate) fn rules(&self, change: impl FnOnce(&mut cases::rules::Rules)) {
        let mut rules = self.t.db.read_now(|tx| cases::rules::RULES.get(tx)).unwrap();
        change(&mut rules);
        self.act(&self.office(), move |ctx, tx, _| commands::edit_rules(ctx, tx, &rules)).unwrap();
    }

    /// A report that a unit has been told of.
    pub(crate) fn dispatched(&self, text: &str, unit: i64) -> Case {
        let case = self.report(text);
        let to = to_unit(unit);
        self.act(&self.office(), move |ctx, tx, desk| commands::accept(ctx, tx, desk, case.id, None, "", &to))
            .unwrap()
    }

    pub(crate) fn answered(&self, text: &str, unit: i64) -> Case {
        let case = self.dispatched(text, unit);
        self.act(&self.clerk(unit), move |ctx, tx, desk| commands::answer(ctx, tx, desk, case.id, &fixed()))
            .unwrap()
    }

    pub(crate) fn closed(&self, text: &str, unit: i64) -> Case {
        let case = self.answered(text, unit);
        let verifier = self.verifier();
        self.act(&verifier, move |ctx, tx, desk| commands::pass(ctx, tx, desk, case.id, "", &[])).unwrap();
        self.act(&verifier, move |ctx, tx, desk| commands::close(ctx, tx, desk, case.id, "")).unwrap()
    }

    pub(crate) fn case(&self, id: Id<Case>) -> Case {
        self.t.db.read_now(move |tx| cases::store::case(tx, id)).unwrap().unwrap()
    }

    pub(crate) fn history(&self, id: Id<Case>) -> Vec<String> {
        let lines = self.t.db.read_now(move |tx| store::audit::history(tx, id)).unwrap();
        lines.into_iter().map(|l| l.verb).collect()
    }
}

pub(crate) fn to_unit(unit: i64) -> Dispatch {
    Dispatch { lead: Id::<Unit>::new(unit), assisting: Vec::new(), note: String::new() }
}

pub(crate) fn fixed() -> Answer {
    Answer { text: "已清理".into(), photos: Vec::new(), no_photo: "相机坏了".into() }
}
