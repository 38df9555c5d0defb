//! A small city with an office, a street office that handles, and a hotline to exchange with.

use super::hotline::Hotline;
use cases::catalogue::ItemKind;
use cases::catalogue::commands::{NewItem, publish};
use cases::commands::{Answer, Dispatch, accept, answer, close, pass, receive};
use cases::desk::Desk;
use cases::model::Case;
use cases::workflow::State;
use exchange::commands::{self, Draft};
use exchange::model::{
    Carrier, Difference, DifferenceState, Incoming, Message, Partner, PartnerKind, ValueKind,
};
use exchange::queries::{self, Filter, Line};
use kernel::coords::Point;
use kernel::ctx::{Actor, Ctx, Member, Unit};
use kernel::geometry::Area;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{MINUTE, SECOND};
use places::commands::{DivisionDraft, edit_division};
use std::sync::Arc;
use store::Tx;
use store::files::Files;
use testkit::{Client, Engine, TestApp, grant, whole_city};
use web::app::Settings;
use web::outgoing::{Outgoing, PartnerNetworks};

/// Each story becomes a test on both engines.
macro_rules! told {
    ($($story:ident),+ $(,)?) => {
        $(
            mod $story {
                #[test]
                fn embedded() {
                    super::$story(&super::World::new(testkit::Engine::Embedded));
                }
                #[test]
                fn server() {
                    super::$story(&super::World::new(testkit::Engine::Server));
                }
            }
        )+
    };
}
pub(super) use told;

pub(super) struct World {
    pub(super) t: TestApp,
    pub(super) hotline: Hotline,
    pub(super) office: Member,
    pub(super) street_office: Id<Unit>,
    /// Code of the street office's unit, and of another.
    pub(super) units: [String; 2],
}

pub(super) fn features() -> Vec<web::Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature(), exchange::feature()]
}

type Founded = (Member, Id<Unit>, [String; 2]);

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Founded> {
    let root = people::setup::root(tx, ctx, "嘉峪关市")?;
    let street = people::setup::unit(tx, ctx, &root, "雄关街道办事处", "", "bureau")?;
    let cleaning = people::setup::unit(tx, ctx, &root, "环卫局", "", "bureau")?;
    let hash = "unused".to_owned();
    let roles = [(Role::Office, &root)];
    let account = people::setup::person(tx, ctx, &root, "office", "王晓梅", hash, false, &roles)?;
    let grants = people::recognise::grants_of(tx, account.id)?;
    let divisions = "code,name\n620200,嘉峪关市\n620201001,雄关街道\n";
    let founding = places::setup::Founding { divisions, ..places::setup::Founding::default() };
    places::setup::city(ctx, tx, &founding)?;
    let corner = |lng: f64, lat: f64| Point::new(98.26 + lng / 100.0, 39.76 + lat / 100.0);
    let ring = vec![corner(0.0, 0.0), corner(2.0, 0.0), corner(2.0, 2.0), corner(0.0, 2.0)];
    let division = places::queries::division_by_code(tx, "620201001")?;
    let draft = DivisionDraft {
        name: division.name.clone(),
        level: division.level.clone(),
        unit_id: Some(street.id),
        area: Some(Area::new(vec![vec![ring]]).unwrap()),
    };
    edit_division(ctx, tx, "620201001", division.version, draft)?;
    let items = [("0101", "暴露垃圾"), ("0102", "违章搭建")].map(|(code, name)| NewItem {
        kind: ItemKind::Event,
        code: code.into(),
        major_code: "01".into(),
        major_name: "市容环境".into(),
        name: name.into(),
    });
    publish(ctx, tx, "2026", "test", &items)?;
    let office = Member { id: account.id, name: account.name, grants };
    Ok((office, street.id, [street.code, cleaning.code]))
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        let loopback = ("127.0.0.0".parse().unwrap(), 8);
        let settings = Settings {
            base_url: "http://wm.example.cn".to_owned(),
            partners: PartnerNetworks(Outgoing { networks: vec![loopback], ..Outgoing::default() }),
            ..Settings::default()
        };
        let t = TestApp::with(engine, features(), Box::new(people::Recogniser::default()), settings);
        t.test.leave_jobs();
        let ctx = t.test.ctx_system();
        let inner = ctx.clone();
        let (office, street_office, units) = t.test.db.write_now(&ctx, move |tx| found(&inner, tx)).unwrap();
        Desk::forget(&t.city);
        places::kept::refresh_now(&t.city).unwrap();
        Self { t, hotline: Hotline::start(), office, street_office, units }
    }

    /// Somebody with a role, now.
    pub(super) fn ctx(&self, role: Role) -> Ctx {
        let (id, grants) = match role {
            Role::Office => {
                return Ctx {
                    actor: Actor::Member(Arc::new(self.office.clone())),
                    ..self.t.test.ctx_system()
                };
            }
            Role::UnitClerk => (7001, vec![grant(role, &[self.street_office.raw()])]),
            role => (7010 + role as i64, vec![whole_city(role)]),
        };
        self.t.test.ctx_member(id, "工作人员", grants)
    }

    pub(super) fn browser(&self, role: Role) -> Client<'_> {
        match role {
            Role::Office => self.t.member_as(self.office.clone()),
            Role::UnitClerk => self.t.member("李四", vec![grant(role, &[self.street_office.raw()])]),
            role => self.t.member("工作人员", vec![whole_city(role)]),
        }
    }

    pub(super) fn act<T: Send + 'static>(
        &self,
        role: Role,
        act: impl FnOnce(&Ctx, &mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        // two things never happen in the same microsecond
        self.t.advance(1000);
        let ctx = self.ctx(role);
        let desk = Desk::of_now(&self.t.city).unwrap();
        self.t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx, &desk))
    }

    pub(super) fn draft(&self) -> Draft {
        Draft {
            name: "市12345热线".to_owned(),
            kind: PartnerKind::Hotline,
            carrier: Carrier::Http,
            url: self.hotline.url(),
            token: Some("t-0k3n".to_owned()),
            pulls: true,
            takes: true,
            sends: true,
            every_minutes: 5,
            crs: "gcj02".to_owned(),
        }
    }

    pub(super) fn add(&self, draft: Draft) -> Partner {
        self.act(Role::SystemAdmin, move |ctx, tx, _| commands::add(ctx, tx, draft)).unwrap()
    }

    /// A partner with its words mapped.
    pub(super) fn partner(&self) -> Partner {
        let partner = self.add(self.draft());
        self.map(&partner, ValueKind::Category, "市容/垃圾", "event-0101");
        self.map(&partner, ValueKind::State, "已派单", "dispatched");
        self.map(&partner, ValueKind::State, "已办结", "closed");
        let unit = self.units[0].clone();
        self.map(&partner, ValueKind::Unit, "雄关街道", &unit);
        partner
    }

    pub(super) fn map(&self, partner: &Partner, kind: ValueKind, theirs: &str, ours: &str) {
        let (number, theirs, ours) = (partner.number.clone(), theirs.to_owned(), ours.to_owned());
        self.act(Role::Office, move |ctx, tx, desk| {
            commands::map_value(ctx, tx, desk, &number, kind, (&theirs, &ours)).map(drop)
        })
        .unwrap();
    }

    pub(super) fn wins(
        &self,
        partner: &Partner,
        change: impl FnOnce(&mut exchange::model::Wins) + Send + 'static,
    ) {
        let number = partner.number.clone();
        self.act(Role::Office, move |ctx, tx, _| {
            let now = queries::partner(tx, &number)?.partner;
            let mut wins = now.wins.0;
            change(&mut wins);
            commands::set_wins(ctx, tx, (&number, now.version), wins).map(drop)
        })
        .unwrap();
    }

    /// Lets five minutes pass, so that everything is fetched, carried out and sent.
    pub(super) fn turn(&self) {
        self.pass(6 * MINUTE, 30 * SECOND);
    }

    pub(super) fn pass(&self, time: i64, step: i64) {
        for _ in 0..time / step {
            self.t.advance(step);
            self.t.run_jobs();
        }
    }

    pub(super) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.t.test.db.read_now(read).unwrap()
    }

    pub(super) fn line(&self, partner: &Partner) -> Line {
        let number = partner.number.clone();
        self.read(move |tx| queries::partner(tx, &number))
    }

    /// The case of an order.
    pub(super) fn case(&self, order: &str) -> Case {
        self.find(order).unwrap_or_else(|| panic!("no case of {order}"))
    }

    pub(super) fn find(&self, order: &str) -> Option<Case> {
        let order = order.to_owned();
        self.read(move |tx| {
            for number in 1..=9 {
                let system = format!("exchange:XP-{number:04}");
                if let Some(case) = cases::store::case_by_outside(tx, &system, &order)? {
                    return Ok(Some(case));
                }
            }
            Ok(None)
        })
    }

    pub(super) fn state(&self, order: &str) -> State {
        self.case(order).state
    }

    pub(super) fn differences(&self, state: DifferenceState) -> Vec<Difference> {
        let filter = Filter { state: Some(state), ..Filter::default() };
        self.read(move |tx| Ok(queries::differences(tx, &filter, None, 1000)?.rows))
    }

    pub(super) fn open(&self) -> Vec<(String, String, String)> {
        let code = |d: &Difference| kernel::workflow::Named::code(d.aspect).to_owned();
        let mut all: Vec<_> = self
            .differences(DifferenceState::Open)
            .iter()
            .map(|d| (code(d), d.ours.to_string(), d.theirs.to_string()))
            .collect();
        all.sort();
        all
    }

    pub(super) fn broken(&self) -> Vec<Incoming> {
        self.read(|tx| Ok(queries::broken_changes(tx, &Filter::default(), None, 1000)?.rows))
    }

    pub(super) fn dead(&self) -> Vec<Message> {
        self.read(|tx| Ok(queries::dead_messages(tx, &Filter::default(), None, 1000)?.rows))
    }

    /// What the history of a case says, by verb.
    pub(super) fn verbs(&self, order: &str) -> Vec<String> {
        let id = self.case(order).id;
        self.read(move |tx| Ok(store::audit::history(tx, id)?.into_iter().map(|l| l.verb).collect()))
    }

    pub(super) fn dispatched(&self, order: &str) {
        let (id, lead) = (self.case(order).id, self.street_office);
        self.act(Role::Office, move |ctx, tx, desk| {
            let case = cases::store::case(tx, id)?.unwrap();
            let to = Dispatch { lead, assisting: Vec::new(), note: String::new() };
            let item = case.item_id.or(desk.catalogue.items().first().map(|i| i.id));
            accept(ctx, tx, desk, id, item, "", &to).map(drop)
        })
        .unwrap();
    }

    pub(super) fn answered(&self, order: &str) {
        let id = self.case(order).id;
        let mut jpeg = std::io::Cursor::new(Vec::new());
        let shade = u8::try_from(id.raw().rem_euclid(200)).unwrap();
        image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([shade, u8::try_from(x + y).unwrap(), 90]))
            .write_to(&mut jpeg, image::ImageFormat::Jpeg)
            .unwrap();
        let photo = Files::of(&self.t.test.db).receive_now(&jpeg.into_inner()[..], 1 << 20).unwrap();
        self.act(Role::UnitClerk, move |ctx, tx, desk| {
            receive(ctx, tx, desk, id)?;
            let given = Answer {
                text: "已清理，联系电话13812341234".into(),
                photos: vec![(photo, "after.jpg".to_owned())],
                no_photo: String::new(),
            };
            answer(ctx, tx, desk, id, &given).map(drop)
        })
        .unwrap();
    }

    pub(super) fn passed(&self, order: &str) {
        let id = self.case(order).id;
        self.act(Role::Verifier, move |ctx, tx, desk| pass(ctx, tx, desk, id, "", &[]).map(drop)).unwrap();
    }

    pub(super) fn closed(&self, order: &str) {
        let id = self.case(order).id;
        self.act(Role::Office, move |ctx, tx, desk| close(ctx, tx, desk, id, "已办结，谢谢").map(drop))
            .unwrap();
    }
}
