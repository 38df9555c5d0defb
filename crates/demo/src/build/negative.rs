//! A negative list of our own wording, and what happened: enough that every measure and every state is seen.

use super::system;
use assessment::negative::commands::{EntryDraft, EventDraft, decide, entitle, report, write_entry};
use assessment::negative::model::Status::{Applicant, Holder, Nominee};
use assessment::negative::model::{Effect, Status, Step, Titles};
use kernel::problem::Result;
use kernel::time::{DAY, Instant, months_later};
use scoring::Exact;
use web::City;

type Line = (&'static str, &'static str, i64, &'static [(Status, Measure)]);

enum Measure {
    Minus(i64),
    Bar,
    Rest(i64),
    Gone,
}

const ENTRIES: &[Line] = &[
    (
        "Y-01",
        "党政主要负责人严重违纪违法",
        12,
        &[(Applicant, Measure::Bar), (Nominee, Measure::Bar), (Holder, Measure::Rest(12))],
    ),
    (
        "Y-02",
        "发生有全国影响的重大安全生产事故",
        12,
        &[(Applicant, Measure::Bar), (Nominee, Measure::Minus(3)), (Holder, Measure::Rest(12))],
    ),
    (
        "Y-03",
        "发生有全国影响的重大食品药品安全事件",
        12,
        &[(Applicant, Measure::Bar), (Nominee, Measure::Minus(3)), (Holder, Measure::Rest(12))],
    ),
    ("Y-04", "创建工作滑坡，整改后仍不合格", 36, &[(Holder, Measure::Gone)]),
    (
        "Y-05",
        "被中央媒体点名批评并查实",
        6,
        &[(Applicant, Measure::Minus(1)), (Nominee, Measure::Minus(1)), (Holder, Measure::Minus(1))],
    ),
    (
        "Y-06",
        "在测评中弄虚作假",
        24,
        &[(Applicant, Measure::Bar), (Nominee, Measure::Bar), (Holder, Measure::Minus(5))],
    ),
];

/// Entry, days ago, title, source, and the decisions that followed, each so many days ago.
type Happened = (&'static str, i64, &'static str, &'static str, &'static [(Step, i64)]);

const EVENTS: &[Happened] = &[
    ("Y-05", 60, "背街小巷垃圾长期堆放被点名", "中央媒体报道（演示）", &[(Step::Confirm, 55)]),
    ("Y-05", 20, "共享单车占用盲道被点名", "中央媒体报道（演示）", &[]),
    ("Y-06", 400, "公共场所测评前临时封闭", "市民举报（演示）", &[(Step::Confirm, 390), (Step::Lift, 360)]),
    ("Y-03", 900, "校园周边餐饮食物中毒", "市场监管部门通报（演示）", &[(Step::Confirm, 880)]),
    ("Y-02", 200, "一处工地起火", "应急管理部门通报（演示）", &[(Step::Dismiss, 190)]),
];

fn effect(of: &Measure) -> Effect {
    match of {
        Measure::Minus(points) => Effect::Deduct(Exact::from(*points)),
        Measure::Bar => Effect::Bar,
        Measure::Rest(months) => Effect::Suspend(*months),
        Measure::Gone => Effect::Revoke,
    }
}

/// Writes the list, what happened, and that the city has held the title for a year and a half.
pub fn hold(city: &City, now: Instant) -> Result<()> {
    let ctx = system(city, now);
    city.db().write_now(&ctx.clone(), move |tx| {
        for (code, name, months, effects) in ENTRIES {
            let draft = EntryDraft {
                code: (*code).to_owned(),
                name: (*name).to_owned(),
                basis: crate::MARK.to_owned(),
                months: *months,
                effects: effects.iter().map(|(status, of)| (*status, effect(of))).collect(),
                retired: false,
            };
            write_entry(&ctx, tx, draft, None)?;
        }
        let today = now.date();
        let titles = vec![(months_later(today, -54), Nominee), (months_later(today, -18), Holder)];
        entitle(&ctx, tx, Titles(titles))
    })?;
    for (entry, ago, title, source, decisions) in EVENTS {
        let of = system(city, now.plus(-ago * DAY));
        let draft = EventDraft {
            entry: (*entry).to_owned(),
            happened_on: of.now.date(),
            title: (*title).to_owned(),
            account: format!("{}：用来展示负面清单怎样计算。", crate::MARK),
            source: (*source).to_owned(),
            subject: String::new(),
        };
        let event = city.db().write_now(&of.clone(), move |tx| report(&of, tx, draft))?;
        for (step, ago) in *decisions {
            let (of, number, step) = (system(city, now.plus(-ago * DAY)), event.number.clone(), *step);
            let reason = match step {
                Step::Dismiss => "火灾没有造成全国影响",
                Step::Lift => "复核后认定是正常施工",
                Step::Confirm | Step::Reopen => "",
            };
            city.db().write_now(&of.clone(), move |tx| decide(&of, tx, &number, step, reason, None))?;
        }
    }
    Ok(())
}
