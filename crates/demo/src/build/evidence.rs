//! 材料: a period, what units were asked for and handed in, in every state, and what was not asked twice.

use crate::MARK;
use crate::pictures::{self, Shot, Stage, draw};
use ::evidence::commands::{self, Asking, ItemDraft, PeriodDraft, PeriodEdit};
use ::evidence::model::{Item, Kind, Limits, Period, Request, RequestState};
use ::evidence::window::month;
use assessment::scheme::standards::{published, standards};
use kernel::ctx::{Actor, Ctx, Locale, Member, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant};
use std::sync::Arc;
use store::Tx;
use store::files::Files;
use web::City;

/// Units that hand in, and items of each.
const UNITS: usize = 10;
const EACH: usize = 4;

/// What was made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gathered {
    pub items: usize,
    pub asked: usize,
    pub stopped: usize,
}

/// A unit with somebody who works for it.
struct Hand {
    unit: Id<Unit>,
    code: String,
    name: String,
    clerk: Arc<Member>,
}

pub(super) fn as_of(city: &City, who: &Arc<Member>, now: Instant) -> Ctx {
    Ctx {
        city: city.code().clone(),
        actor: Actor::Member(Arc::clone(who)),
        now,
        locale: Locale::ZhCn,
        request_id: Arc::from("demo"),
    }
}

pub(super) fn member(tx: &mut Tx<'_>, login: &str) -> Result<Arc<Member>> {
    let account = people::queries::person_by_login(tx, login)?;
    let account = account.ok_or_else(|| Problem::internal(format!("nobody is called {login}")))?;
    let grants = people::recognise::grants_of(tx, account.id)?;
    Ok(Arc::new(Member { id: account.id, name: account.name, grants }))
}

/// Units with a clerk, in the order of the tree.
fn hands(tx: &mut Tx<'_>) -> Result<Vec<Hand>> {
    let mut hands = Vec::new();
    for unit in people::queries::all_units_options(tx)? {
        if unit.path.depth() == 0 {
            continue;
        }
        let clerks = people::queries::people_of_unit_with_role(tx, unit.id, &[Role::UnitClerk])?;
        let Some(first) = clerks.into_iter().next() else { continue };
        let grants = people::recognise::grants_of(tx, first.id)?;
        let clerk = Arc::new(Member { id: first.id, name: first.name, grants });
        hands.push(Hand { unit: unit.id, code: unit.code, name: unit.name, clerk });
        if hands.len() == UNITS {
            break;
        }
    }
    Ok(hands)
}

fn statement(name: &str, n: usize) -> String {
    let places = 12 + n % 17;
    format!(
        "对照“{name}”，本单位今年排查点位 {places} 处，整改 {} 处，制定措施 3 项，落实到人。整改后复查合格率达到 {}%，\
         群众反映的同类问题同比下降 {}%。（{MARK}）",
        places - 2,
        90 + n % 9,
        20 + n % 25
    )
}

/// Makes them, in a city that has a published scheme.
pub fn gather(city: &City, now: Instant) -> Result<Gathered> {
    let (office, leader, hands, scheme) = city.db().read_now(|tx| {
        let scheme = published(tx)?.pop();
        Ok((member(tx, "office-1")?, member(tx, "leader-1")?, hands(tx)?, scheme))
    })?;
    let Some((scheme, ..)) = scheme else { return Ok(Gathered::default()) };
    let begin = now.plus(-100 * DAY);
    let draft = PeriodDraft {
        edit: PeriodEdit {
            name: format!("{}年度测评材料（{MARK}）", now.date().year()),
            opens: Some(begin.date()),
            closes: Some(now.plus(60 * DAY).date()),
            limits: Limits::default(),
        },
        scheme: scheme.clone(),
        test_month: month(now.plus(62 * DAY).date()),
    };
    let period =
        write(city, &as_of(city, &office, begin), move |ctx, tx| commands::make_period(ctx, tx, draft))?;
    let lines = city.db().read_now(move |tx| standards(tx, &scheme))?;
    let lines: Vec<(String, String)> = lines
        .map(|all| all.lines)
        .unwrap_or_default()
        .into_iter()
        .filter(|line| !line.divided && line.code.starts_with('Ⅲ'))
        .map(|line| (line.code, line.name))
        .collect();
    let mut made = Gathered::default();
    for (n, hand) in hands.iter().enumerate() {
        for k in 0..EACH {
            let Some(standard) = lines.get((n * 3 + k * 5) % lines.len().max(1)) else { continue };
            let count = i64::try_from(n * 7 + k * 2).unwrap_or(0);
            let at = begin.plus((4 + count) * DAY);
            let of = Plan { city, period: &period, office: &office, leader: &leader, hand, standard, at };
            one(&of, n * EACH + k, &mut made)?;
        }
    }
    made.asked += ask_communities(city, &period, &office, now.plus(-9 * DAY), &lines)?;
    Ok(made)
}

/// Streets and communities are asked too, a little: the ledger counts them by week.
fn ask_communities(
    city: &City,
    period: &Period,
    office: &Arc<Member>,
    at: Instant,
    lines: &[(String, String)],
) -> Result<usize> {
    let codes = city.db().read_now(|tx| {
        let ids = people::queries::units_of_kinds(tx, &["street_office", "community"])?;
        let mut codes = Vec::new();
        for id in ids.into_iter().take(4) {
            codes.extend(people::queries::unit(tx, id)?.map(|unit| unit.code));
        }
        Ok(codes)
    })?;
    let Some((code, name)) = lines.first().filter(|_| !codes.is_empty()) else { return Ok(0) };
    let asking = Asking {
        period: period.number.clone(),
        units: codes,
        kind: Some(Kind::Picture),
        codes: vec![code.clone()],
        what: format!("{}：实景图片", name.chars().take(40).collect::<String>()),
        guidance: "近三个月拍的即可，已有的照片直接用，不用专门去拍。".into(),
        due_on: Some(at.plus(20 * DAY).date()),
    };
    Ok(write(city, &as_of(city, office, at), move |ctx, tx| commands::ask(ctx, tx, &asking))?.len())
}

fn write<T: Send + 'static>(
    city: &City,
    ctx: &Ctx,
    act: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let by = ctx.clone();
    city.db().write_now(ctx, move |tx| act(&by, tx))
}

/// Everything about one item.
struct Plan<'a> {
    city: &'a City,
    period: &'a Period,
    office: &'a Arc<Member>,
    leader: &'a Arc<Member>,
    hand: &'a Hand,
    standard: &'a (String, String),
    at: Instant,
}

impl Plan<'_> {
    fn by(&self, who: &Arc<Member>, days: i64) -> Ctx {
        as_of(self.city, who, self.at.plus(days * DAY))
    }

    fn ask(&self, kind: Kind, days: i64) -> Result<Option<Request>> {
        let asking = Asking {
            period: self.period.number.clone(),
            units: vec![self.hand.code.clone()],
            kind: Some(kind),
            codes: vec![self.standard.0.clone()],
            what: self.standard.1.chars().take(60).collect::<String>() + "情况",
            guidance: "对照标准写措施、成效和数据，不写工作总结。".into(),
            due_on: Some(self.at.plus((days + 12) * DAY).date()),
        };
        let ctx = self.by(self.office, days);
        Ok(write(self.city, &ctx, move |ctx, tx| commands::ask(ctx, tx, &asking))?.pop())
    }
}

/// What becomes of an item: how far it has come by now.
fn one(of: &Plan<'_>, n: usize, made: &mut Gathered) -> Result<()> {
    let picture = n % 10 == 8;
    let kind = if picture { Kind::Picture } else { [Kind::Statement, Kind::Rule][n % 2] };
    let mut request = None;
    if n.is_multiple_of(2) {
        request = of.ask(kind, 0)?;
        let open = request.as_ref().is_some_and(|request| request.state == RequestState::Open);
        if open {
            made.asked += 1;
        } else {
            made.stopped += 1;
        }
        if !open {
            request = None;
        }
    }
    let ctx = of.by(&of.hand.clerk, 3);
    let draft = ItemDraft {
        unit: of.hand.code.clone(),
        kind: Some(kind),
        title: format!("{}：{}", of.hand.name, of.standard.1.chars().take(24).collect::<String>()),
        statement: statement(&of.standard.1, n),
        dated: Some(ctx.now.date()),
        request: request.map(|request| request.number).unwrap_or_default(),
        uses: vec![(of.period.number.clone(), of.standard.0.clone())],
    };
    let mut item = write(of.city, &ctx, move |ctx, tx| commands::make(ctx, tx, draft))?;
    made.items += 1;
    if picture {
        return attach(of, &ctx, item, n);
    }
    let path: &[&str] = match n % 8 {
        0 => &[],
        1 => &["submit"],
        2 => &["submit", "pass"],
        3 => &["submit", "pass", "second"],
        5 => &["submit", "return"],
        7 => &["withdraw"],
        _ => &["submit", "pass", "second", "file"],
    };
    for (day, verb) in (4..).zip(path) {
        item = step(of, item, verb, day)?;
    }
    // the office asks again for what is there: the program says where it is
    if path.len() > 1
        && n.is_multiple_of(3)
        && of.ask(kind, 10)?.is_some_and(|r| r.state == RequestState::Stopped)
    {
        made.stopped += 1;
    }
    Ok(())
}

fn step(of: &Plan<'_>, item: Item, verb: &str, day: i64) -> Result<Item> {
    let who = match verb {
        "submit" | "withdraw" => &of.hand.clerk,
        "pass" | "return" => of.office,
        _ => of.leader,
    };
    let (ctx, verb, unit) = (of.by(who, day), verb.to_owned(), of.hand.unit);
    write(of.city, &ctx, move |ctx, tx| {
        let at = (item.number.as_str(), item.version);
        match verb.as_str() {
            "submit" => commands::submit(ctx, tx, at),
            "withdraw" => commands::withdraw(ctx, tx, at, "与已交的材料重复。"),
            "return" => commands::send_back(ctx, tx, at, "只写了做法，没有写成效，请补充数据。"),
            "file" => commands::file(ctx, tx, at),
            "second" => {
                let uses = ::evidence::queries::whole(ctx, tx, &item.number)?.uses;
                let points = 8000 + unit.raw().rem_euclid(20) * 100;
                let mut version = item.version;
                for (use_, _) in uses {
                    version = commands::grade(ctx, tx, (&item.number, version), use_.id, points)?.version;
                }
                commands::pass(ctx, tx, (&item.number, version))
            }
            _ => commands::pass(ctx, tx, at),
        }
    })
}

/// A draft with a picture, whose caption is still to be written.
fn attach(of: &Plan<'_>, ctx: &Ctx, item: Item, n: usize) -> Result<()> {
    let shot = Shot {
        problem: pictures::Problem::Bikes,
        seed: u64::try_from(n).unwrap_or(0),
        stage: Stage::After,
        hour: 10,
        month: 9,
    };
    let bytes = draw(&shot);
    let received = vec![(Files::of(of.city.db()).receive_now(&bytes[..], 20 << 20)?, "现场.jpg".to_owned())];
    write(of.city, ctx, move |ctx, tx| commands::attach(ctx, tx, &item.number, &received)).map(drop)
}
