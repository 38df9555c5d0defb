//! A small city with a street that a school has adopted, a market, two kinds of problem and an office.

use cases::catalogue::commands::{NewItem, publish, set_limit};
use cases::catalogue::{self, ItemKind};
use cases::commands::{Dispatch, NewCase, accept, answer, close, pass, receive, submit};
use cases::desk::Desk;
use cases::model::Source;
use cases::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::geometry::{Area, Line};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use places::PlaceIndex;
use places::commands::{DivisionDraft, create_section, create_site, edit_division};
use places::model::{SectionClass, SectionDraft, SiteDraft, SourceCrs};
use store::Tx;
use store::files::{Files, Quarantined};
use streets::commands::adopt;
use testkit::{TestApp, grant, whole_city};

pub(super) struct World<'t> {
    pub(super) t: &'t TestApp,
    pub(super) street_office: Id<Unit>,
}

pub(super) fn features() -> Vec<web::Feature> {
    vec![
        people::feature(),
        places::feature(),
        ladder::feature(),
        cases::feature(),
        streets::feature(),
        opendata::feature(),
    ]
}

/// The features with the real keys of `people`.
pub(super) fn program(engine: testkit::Engine) -> TestApp {
    let settings =
        web::app::Settings { base_url: "http://wm.example.cn".to_owned(), ..web::app::Settings::default() };
    TestApp::with(engine, features(), Box::new(people::Recogniser::default()), settings)
}

impl<'t> World<'t> {
    pub(super) fn new(t: &'t TestApp) -> Self {
        t.test.leave_jobs();
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        let street_office = t.city.db().write_now(&ctx, move |tx| found(&inner, tx)).unwrap();
        Desk::forget(&t.city);
        places::kept::refresh_now(&t.city).unwrap();
        Self { t, street_office }
    }

    /// A citizen's report; its number.
    pub(super) fn reported(&self, item: usize, place: (f64, f64), words: &str) -> String {
        self.reported_with(item, place, words, Vec::new())
    }

    /// A picture of one shade, received and waiting to be examined.
    pub(super) fn picture(&self, shade: u8) -> Vec<(Quarantined, String)> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let plain = image::RgbImage::from_pixel(320, 240, image::Rgb([shade, 90, 120]));
        plain.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let received = Files::of(self.t.city.db()).receive_now(&bytes.into_inner()[..], 1 << 20).unwrap();
        vec![(received, "a.png".to_owned())]
    }

    pub(super) fn reported_with(
        &self,
        item: usize,
        (lng, lat): (f64, f64),
        words: &str,
        photos: Vec<(Quarantined, String)>,
    ) -> String {
        self.t.test.clock.advance(kernel::time::MINUTE);
        let ctx = self.t.test.ctx_public();
        let ctx = Ctx { now: self.t.test.db.now(), ..ctx };
        let desk = Desk::of_now(&self.t.city).unwrap();
        let index = places::kept::refresh_now(&self.t.city).unwrap();
        let words = words.to_owned();
        let case = self.t.test.db.write_now(&ctx.clone(), move |tx| {
            let mut new = NewCase::new(Source::Citizen, &words);
            new.item = Some(desk.catalogue.items()[item].id);
            new.place = Some(Point::new(lng, lat));
            new.photos = photos;
            submit(&ctx, tx, &desk, &index, "", new)
        });
        case.unwrap().number
    }

    /// Runs commands as staff would.
    pub(super) fn act<T: Send + 'static>(
        &self,
        role: Role,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> T {
        self.t.test.clock.advance(kernel::time::MINUTE);
        let unit = self.street_office.raw();
        let (id, grants) = match role {
            Role::UnitClerk => (700, vec![grant(role, &[unit])]),
            role => (701 + role as i64, vec![whole_city(role)]),
        };
        let ctx = self.t.test.ctx_member(id, "工作人员", grants);
        let ctx = Ctx { now: self.t.test.db.now(), ..ctx };
        let desk = Desk::of_now(&self.t.city).unwrap();
        self.t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx, &desk)).unwrap()
    }

    /// Confirms, registers and dispatches a report: now everybody sees it.
    pub(super) fn dispatched(&self, number: &str) {
        let (number, lead) = (number.to_owned(), self.street_office);
        self.act(Role::Office, move |ctx, tx, desk| {
            let case = cases::store::case_by_number(tx, &number)?.unwrap();
            let to = Dispatch { lead, assisting: Vec::new(), note: String::new() };
            accept(ctx, tx, desk, case.id, case.item_id, &case.condition, &to).map(drop)
        });
    }

    /// Takes a dispatched case to its end.
    pub(super) fn closed(&self, number: &str) {
        self.closed_with(number, Vec::new());
    }

    pub(super) fn closed_with(&self, number: &str, photos: Vec<(Quarantined, String)>) {
        let id = {
            let number = number.to_owned();
            self.t.test.db.read_now(move |tx| Ok(cases::store::case_by_number(tx, &number)?.unwrap().id))
        }
        .unwrap();
        self.act(Role::UnitClerk, move |ctx, tx, desk| {
            receive(ctx, tx, desk, id)?;
            let given = cases::commands::Answer {
                text: "已清理，联系电话13812341234".into(),
                no_photo: if photos.is_empty() { "当时没有手机".into() } else { String::new() },
                photos,
            };
            answer(ctx, tx, desk, id, &given).map(drop)
        });
        self.act(Role::Verifier, move |ctx, tx, desk| pass(ctx, tx, desk, id, "", &[]).map(drop));
        self.act(Role::Office, move |ctx, tx, desk| close(ctx, tx, desk, id, "").map(drop));
    }
}

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Id<Unit>> {
    let root = people::setup::root(tx, ctx, "嘉峪关市")?;
    let office = people::setup::unit(tx, ctx, &root, "雄关街道办事处", "", "bureau")?;
    let school = people::setup::unit(tx, ctx, &root, "第一中学", "", "school")?;
    let divisions = "code,name,level,parent\n620200,嘉峪关市,city,\n620201001,雄关街道,street,620200\n";
    let founding = places::setup::Founding { divisions, ..places::setup::Founding::default() };
    places::setup::city(ctx, tx, &founding)?;
    let corner = |lng: f64, lat: f64| Point::new(98.26 + lng / 100.0, 39.76 + lat / 100.0);
    let ring = vec![corner(0.0, 0.0), corner(2.0, 0.0), corner(2.0, 2.0), corner(0.0, 2.0)];
    let division = places::queries::division_by_code(tx, "620201001")?;
    let draft = DivisionDraft {
        name: division.name.clone(),
        level: division.level.clone(),
        unit_id: Some(office.id),
        area: Some(Area::new(vec![vec![ring]]).unwrap()),
    };
    edit_division(ctx, tx, "620201001", division.version, draft)?;
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let draft = SectionDraft {
        code: None,
        street: "新华路".into(),
        from_crossing: "雄关大道".into(),
        to_crossing: "胜利路".into(),
        class: SectionClass::Trunk,
        line: Line::new([corner(0.2, 0.5), corner(0.8, 0.5)]).unwrap(),
        crs: SourceCrs::Cgcs2000,
        accuracy_m: None,
        valid_from: kernel::time::parse_date("2025-01-01"),
    };
    let section = create_section(ctx, tx, &index, draft)?;
    let items = [("0101", "暴露垃圾"), ("0102", "违章搭建")].map(|(code, name)| NewItem {
        kind: ItemKind::Event,
        code: code.into(),
        major_code: "01".into(),
        major_name: "市容环境".into(),
        name: name.into(),
    });
    publish(ctx, tx, "2026", "test", &items)?;
    let second = catalogue::load(tx)?.items()[1].id;
    let limit = Some(Limit::new(4, TimeUnit::WorkingHour));
    set_limit(ctx, tx, Some(second), ("demolish", "需拆除的"), Stage::Handle, limit)?;
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let draft = streets::model::Draft {
        section: section.id,
        from_m: 0.0,
        to_m: Some(300.0),
        unit: school.id,
        contact: streets::model::Contact {
            leader: "张三丰".into(),
            phone: "13812341234".into(),
            public_phone: false,
        },
        standard: streets::model::FIVE_GOODS,
        from: ctx.now.date(),
        until: None,
        shared: String::new(),
    };
    adopt(ctx, tx, &index, &draft)?;
    let market = SiteDraft {
        name: "兰新市场".into(),
        type_code: places::queries::site_types(tx)?[0].code.clone(),
        code: None,
        point: corner(1.5, 1.5),
        crs: SourceCrs::Cgcs2000,
        accuracy_m: None,
        address: None,
        unit_id: None,
    };
    create_site(ctx, tx, &index, market)?;
    Ok(office.id)
}

/// Stories on both engines.
macro_rules! stories {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            fn embedded() {
                super::$story(&crate::stories::world::program(testkit::Engine::Embedded));
            }
            #[test]
            fn server() {
                super::$story(&crate::stories::world::program(testkit::Engine::Server));
            }
        }
    )+};
}
pub(super) use stories;
