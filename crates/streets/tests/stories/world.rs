//! The small town that the stories happen in: two sub-districts side by side, three streets, five units.

use cases::catalogue::commands::{NewItem, publish};
use cases::catalogue::{self, ItemKind};
use cases::desk::{Desk, Listeners};
use kernel::calendar::{CalendarData, WorkingCalendar};
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::geometry::{Area, Line};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{Date, parse_date};
use places::PlaceIndex;
use places::commands::{DivisionDraft, create_section, edit_division};
use places::model::{Section, SectionClass, SectionDraft, SourceCrs};
use std::sync::Arc;
use store::{Migration, Tx};
use streets::Adoption;
use streets::commands::adopt;
use streets::model::{Contact, Draft, FIVE_GOODS};
use testkit::{TestDb, grant, whole_city};

pub(super) const MIGRATIONS: &[Migration] = testkit::migrations!(web, people, places, ladder, cases, streets);

pub(super) struct World<'t> {
    pub(super) t: &'t TestDb,
    pub(super) desk: Arc<Desk>,
    /// 新华路 and its neighbour in the west, 建设路 in the east.
    pub(super) sections: Vec<Section>,
    /// The root, the west's office, the east's, then units that adopt.
    pub(super) units: Vec<Id<Unit>>,
}

pub(super) const ROOT: usize = 0;
pub(super) const WEST: usize = 1;
pub(super) const EAST: usize = 2;
pub(super) const SCHOOL: usize = 3;
pub(super) const BANK: usize = 4;
pub(super) const HOSPITAL: usize = 5;

pub(super) fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

pub(super) fn at(east: f64, north: f64) -> Point {
    Point::new(98.26 + east / 100.0, 39.76 + north / 100.0)
}

fn square(from: (f64, f64), to: (f64, f64)) -> Area {
    Area::new(vec![vec![vec![at(from.0, from.1), at(to.0, from.1), at(to.0, to.1), at(from.0, to.1)]]])
        .unwrap()
}

pub(super) fn road(street: &str, from: &str, to: &str, ends: (Point, Point)) -> SectionDraft {
    SectionDraft {
        code: None,
        street: street.into(),
        from_crossing: from.into(),
        to_crossing: to.into(),
        class: SectionClass::Trunk,
        line: Line::new([ends.0, ends.1]).unwrap(),
        crs: SourceCrs::Cgcs2000,
        accuracy_m: None,
        valid_from: Some(day("2025-01-01")),
    }
}

const DIVISIONS: &str = "code,name\n620200,嘉峪关市\n620201001,雄关街道\n620201002,钢城街道\n";

impl<'t> World<'t> {
    pub(super) fn new(t: &'t TestDb) -> Self {
        t.leave_jobs();
        let ctx = t.ctx_system();
        let inner = ctx.clone();
        let (units, sections) = t.db.write_now(&ctx, move |tx| found(&inner, tx)).unwrap();
        let catalogue = t.db.read_now(catalogue::load).unwrap();
        let calendar = Arc::new(WorkingCalendar::new(CalendarData::default()));
        let desk = Desk {
            ladder: ladder::sources::Desk {
                calendar: Arc::clone(&calendar),
                sources: ladder::sources::Sources::default().with(Arc::new(cases::letters::Cases)),
                city: web::City::new(t.city.clone(), "嘉峪关市", t.db.clone()),
                base_url: String::new(),
            },
            calendar,
            catalogue: Arc::new(catalogue),
            register: streets::register(),
            listeners: Listeners::default(),
        };
        Self { t, desk: Arc::new(desk), sections, units }
    }

    pub(super) fn office(&self) -> Ctx {
        self.t.ctx_member(1, "王晓梅", vec![whole_city(Role::Office)])
    }

    pub(super) fn of_unit(&self, role: Role, unit: usize) -> Ctx {
        self.t.ctx_member(
            100 + self.units[unit].raw() % 1000,
            "李建国",
            vec![grant(role, &[self.units[unit].raw()])],
        )
    }

    /// Runs a command as `who` would, with the city's places as they are.
    pub(super) fn act<T: Send + 'static>(
        &self,
        who: &Ctx,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Arc<PlaceIndex>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.t.clock.advance(kernel::time::SECOND);
        let ctx = Ctx { now: self.t.db.now(), ..who.clone() };
        self.t.db.write_now(&ctx.clone(), move |tx| {
            let index = Arc::new(PlaceIndex::load(tx, ctx.now.date())?);
            act(&ctx, tx, &index)
        })
    }

    pub(super) fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.t.db.read_now(work).unwrap()
    }

    pub(super) fn draft(&self, section: usize, span: (f64, f64), unit: usize, from: &str) -> Draft {
        Draft {
            section: self.sections[section].id,
            from_m: span.0,
            to_m: Some(span.1),
            unit: self.units[unit],
            contact: contact("张三丰"),
            standard: FIVE_GOODS,
            from: day(from),
            until: None,
            shared: String::new(),
        }
    }

    pub(super) fn try_adopt(&self, draft: Draft) -> Result<Adoption> {
        self.act(&self.office(), move |ctx, tx, index| adopt(ctx, tx, index, &draft))
    }

    pub(super) fn adopted(&self, section: usize, span: (f64, f64), unit: usize, from: &str) -> Adoption {
        self.try_adopt(self.draft(section, span, unit, from)).unwrap()
    }

    pub(super) fn answers(&self, section: usize, along_m: f64, on: &str) -> Option<usize> {
        let (id, on, register) = (self.sections[section].id, day(on), streets::register());
        let unit = self.read(move |tx| register.answers_for(tx, id, along_m, on))?;
        self.units.iter().position(|u| *u == unit)
    }

    pub(super) fn adoption(&self, number: &str) -> Adoption {
        let number = number.to_owned();
        self.read(move |tx| streets::queries::by_number(tx, &number))
    }

    pub(super) fn history(&self, adoption: &Adoption) -> Vec<String> {
        let id = adoption.id;
        self.read(move |tx| store::audit::history(tx, id)).into_iter().map(|l| l.verb).collect()
    }
}

pub(super) fn contact(leader: &str) -> Contact {
    Contact { leader: leader.into(), phone: "13812341234".into(), public_phone: false }
}

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Vec<Id<Unit>>, Vec<Section>)> {
    let root = people::setup::root(tx, ctx, "嘉峪关市")?;
    let mut units = vec![root.id];
    for name in ["雄关街道办事处", "钢城街道办事处", "第一中学", "农业银行", "中医院"]
    {
        units.push(people::setup::unit(tx, ctx, &root, name, "", "bureau")?.id);
    }
    let founding = places::setup::Founding { divisions: DIVISIONS, ..places::setup::Founding::default() };
    places::setup::city(ctx, tx, &founding)?;
    for (code, unit, west) in [("620201001", WEST, 0.0), ("620201002", EAST, 2.0)] {
        let division = places::queries::division_by_code(tx, code)?;
        let draft = DivisionDraft {
            name: division.name.clone(),
            level: division.level.clone(),
            unit_id: Some(units[unit]),
            area: Some(square((west, 0.0), (west + 2.0, 2.0))),
        };
        edit_division(ctx, tx, code, division.version, draft)?;
    }
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let mut sections = Vec::new();
    for draft in [
        road("新华路", "雄关大道", "胜利路", (at(0.2, 0.5), at(0.8, 0.5))),
        road("新华路", "胜利路", "五一路", (at(0.8, 0.5), at(1.4, 0.5))),
        road("建设路", "玉泉路", "嘉北路", (at(2.5, 1.0), at(3.0, 1.0))),
    ] {
        sections.push(create_section(ctx, tx, &index, draft)?);
    }
    let item = NewItem {
        kind: ItemKind::Event,
        code: "0101".into(),
        major_code: "01".into(),
        major_name: "市容环境".into(),
        name: "暴露垃圾".into(),
    };
    publish(ctx, tx, "2026", "test", &[item])?;
    Ok((units, sections))
}
