//! A city with two bureaus, a community and a published scheme of three standards; pictures and papers as units have them.

use assessment::scheme::commands::{NewScheme, fill, make, publish};
use assessment::scheme::sheet;
use evidence::commands::{Asking, ItemDraft, PeriodDraft, PeriodEdit};
use evidence::model::{Caption, Item, Kind, Limits, Period, Request};
use evidence::window::month;
use evidence::{commands, queries};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{DAY, Date, SECOND};
use store::Tx;
use testkit::{Client, TestApp, grant, whole_city};
use web::Feature;

pub(crate) const SCHOOL: &str = "Ⅲ-7-1)";
pub(crate) const MARKET: &str = "Ⅲ-8-1)";
pub(crate) const PARK: &str = "Ⅲ-9-1)";

const SCHEME: &str = "编码,上级编码,名称,类型,否决后果,牵头单位,责任单位,点位类型,材料种类,考察项目,说明,材料审核·分值,材料审核·计分
Ⅰ-1,,城市环境,普通,,,,,,,,,
Ⅲ-7-1),Ⅰ-1,校园周边秩序良好,普通,,市教育局,市教育局、市公安局,,情况说明、实景图片,,,5,平均(1)
Ⅲ-8-1),Ⅰ-1,集贸市场管理规范,普通,,市商务局,,,规范性文件、统计表格,,,5,平均(1)
Ⅲ-9-1),Ⅰ-1,公园设施完好,普通,,市商务局,,,,,,5,平均(1)
";

pub(crate) fn features() -> Vec<Feature> {
    vec![
        people::feature(),
        places::feature(),
        sms::feature(),
        ladder::feature(),
        cases::feature(),
        assessment::feature(),
        evidence::feature(),
    ]
}

/// What the stories need.
pub(crate) struct City {
    /// 市教育局
    pub school: (i64, String),
    /// 市商务局
    pub trade: (i64, String),
    /// 朝阳社区
    pub community: (i64, String),
    pub period: Period,
}

pub(crate) fn act<T: Send + 'static>(
    t: &TestApp,
    who: &Ctx,
    act: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let ctx = Ctx { now: t.test.db.now(), ..who.clone() };
    t.test.db.write_now(&ctx.clone(), move |tx| act(&ctx, tx))
}

pub(crate) fn office(t: &TestApp) -> Ctx {
    t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)])
}

pub(crate) fn leader(t: &TestApp) -> Ctx {
    t.test.ctx_member(2, "主任", vec![whole_city(Role::Leader)])
}

pub(crate) fn clerk_of(t: &TestApp, unit: &(i64, String)) -> Ctx {
    t.test.ctx_member(100 + unit.0 % 100_000, "经办人", vec![grant(Role::UnitClerk, &[unit.0])])
}

/// The same people at pages.
pub(crate) fn page_of<'a>(t: &'a TestApp, name: &str, role: Role, unit: &(i64, String)) -> Client<'a> {
    t.member(name, vec![grant(role, &[unit.0])])
}

pub(crate) fn today(t: &TestApp) -> Date {
    t.test.db.now().date()
}

/// The scheme, once more or for the first time: the next edition.
pub(crate) fn scheme(t: &TestApp) -> String {
    let office = office(t);
    act(t, &office, |ctx, tx| {
        let new = NewScheme {
            name: "测评体系".into(),
            cycle: String::new(),
            observed_way: "实地考察".into(),
            note: String::new(),
            sample: false,
        };
        let scheme = make(ctx, tx, new)?;
        let (lines, report) = sheet::read(SCHEME.as_bytes().to_vec())?;
        assert!(report.refused.is_empty(), "{:?}", report.refused);
        fill(ctx, tx, &scheme.number, lines)?;
        publish(ctx, tx, &scheme.number, None).map(|scheme| scheme.number)
    })
    .unwrap()
}

/// A period whose window reaches to the end of next month.
pub(crate) fn period(t: &TestApp, scheme: &str) -> Period {
    let today = today(t);
    let draft = PeriodDraft {
        edit: PeriodEdit {
            name: "年度材料".into(),
            opens: Some(today),
            closes: Some(t.test.db.now().plus(60 * DAY).date()),
            limits: Limits::default(),
        },
        scheme: scheme.to_owned(),
        test_month: month(t.test.db.now().plus(62 * DAY).date()),
    };
    act(t, &office(t), move |ctx, tx| commands::make_period(ctx, tx, draft)).unwrap()
}

pub(crate) fn city(t: &TestApp) -> City {
    t.test.leave_jobs();
    let ctx = t.test.ctx_system();
    let by = ctx.clone();
    let made = t.test.db.write_now(&ctx, move |tx| {
        let root = people::setup::root(tx, &by, "嘉峪关市")?;
        let mut unit = |name: &str, kind: &str| {
            people::setup::unit(tx, &by, &root, name, "", kind).map(|unit| (unit.id.raw(), unit.code))
        };
        Ok((unit("市教育局", "bureau")?, unit("市商务局", "bureau")?, unit("朝阳社区", "community")?))
    });
    let (school, trade, community) = made.unwrap();
    let period = period(t, &scheme(t));
    City { school, trade, community, period }
}

pub(crate) fn asking(t: &TestApp, city: &City, unit: &(i64, String), kind: Kind, codes: &[&str]) -> Asking {
    Asking {
        period: city.period.number.clone(),
        units: vec![unit.1.clone()],
        kind: Some(kind),
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        what: "校园周边整治情况说明".into(),
        guidance: "写清措施和成效。".into(),
        due_on: Some(t.test.db.now().plus(10 * DAY).date()),
    }
}

/// Asks; what became of it.
pub(crate) fn ask(t: &TestApp, city: &City, unit: &(i64, String), kind: Kind, codes: &[&str]) -> Request {
    let asking = asking(t, city, unit, kind, codes);
    act(t, &office(t), move |ctx, tx| commands::ask(ctx, tx, &asking)).unwrap().remove(0)
}

pub(crate) const GOOD: &str = "新增护学岗 32 个，校园周边拥堵时长下降 40%，家长满意度达到 96%。";

pub(crate) fn draft(t: &TestApp, city: &City, unit: &(i64, String), kind: Kind, code: &str) -> Item {
    let draft = ItemDraft {
        unit: unit.1.clone(),
        kind: Some(kind),
        title: "校园周边秩序".into(),
        statement: GOOD.into(),
        dated: Some(today(t)),
        request: String::new(),
        uses: vec![(city.period.number.clone(), code.to_owned())],
    };
    act(t, &clerk_of(t, unit), move |ctx, tx| commands::make(ctx, tx, draft)).unwrap()
}

/// A statement that is handed in.
pub(crate) fn handed_in(t: &TestApp, city: &City, unit: &(i64, String), code: &str) -> Item {
    let item = draft(t, city, unit, Kind::Statement, code);
    let number = item.number;
    act(t, &clerk_of(t, unit), move |ctx, tx| commands::submit(ctx, tx, (&number, item.version))).unwrap()
}

pub(crate) fn item(t: &TestApp, number: &str) -> queries::Whole {
    let (ctx, number) = (office(t), number.to_owned());
    t.test.db.read_now(move |tx| queries::whole(&ctx, tx, &number)).unwrap()
}

/// Squares of light and dark, as a JPEG of this size; another seed is another picture.
pub(crate) fn picture(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let dark = 50 + u8::try_from(seed % 40).unwrap();
    let gray: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| if ((x / 16) ^ (y / 16) ^ seed) & 1 == 0 { 200 } else { dark })
        .collect();
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 92);
    encoder.write_image(&gray, width, height, ExtendedColorType::L8).unwrap();
    bytes
}

pub(crate) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

pub(crate) fn caption() -> Caption {
    Caption {
        time: "2026年3月5日".into(),
        place: "逸夫小学门口".into(),
        people: "护学志愿者".into(),
        subject: "护学岗".into(),
        background: "上下学高峰".into(),
        cause: "疏导车辆".into(),
    }
}

/// Lets the program look at what was handed in, and measure it.
pub(crate) fn settle(t: &TestApp) {
    for _ in 0..3 {
        t.run_jobs();
        t.advance(3 * SECOND);
    }
    t.run_jobs();
}

/// What the log tells of this verb.
pub(crate) fn recorded(t: &TestApp, verb: &'static str) -> i64 {
    let count = store::sql!((i64,): "select count(*) from audit where verb = $1");
    t.test.db.read_now(move |tx| tx.value(count, &[&verb])).unwrap()
}
