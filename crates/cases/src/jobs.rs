//! What follows from a step: people are told, parents follow their parts, deadlines follow the calendar.

use crate::commands;
use crate::desk::Desk;
use crate::model::{Case, Reporter, RequestKind, Written};
use crate::store as rows;
use crate::workflow::{State, Step};
use kernel::ctx::{Ctx, Locale, Person};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use store::Tx;
use store::jobs::{JobHandler, Periodic, Work, enqueue};
use web::City;
use web::mail::Letter;
use web::push::Owner;

const TELL: &str = "case-tell";
const GATHER: &str = "case-gather";

pub const HANDLERS: &[JobHandler] = &[
    JobHandler::new(TELL, tell),
    JobHandler::new(GATHER, gather),
    JobHandler::new(commands::COVER, commands::make_cover),
    JobHandler::new(crate::import_job::IMPORT, crate::import_job::run),
    JobHandler::new(places::CALENDAR_CHANGED, calendar_changed),
];

pub const PERIODIC: &[Periodic] = &[
    Periodic::new("case-wake-parked", 600, wake_parked).at_startup(),
    Periodic::new("case-release-handlers", 600, release_handlers).at_startup(),
    Periodic::new("case-tend-forwards", 600, tend_forwards).at_startup(),
    Periodic::new("case-unanswered", 600, unanswered).at_startup(),
    // the days before the time machine: over for good once they are written
    Periodic::new("case-past-fill", 600, crate::past::fill::run).at_startup(),
    Periodic::new("case-draw-looks", 6 * 3600, draw_looks).at_startup(),
];

/// Whom to tell of what: worked out when the job runs, so that the command stays short.
#[derive(Debug, Serialize, Deserialize)]
struct Tell {
    case: Id<Case>,
    /// Ending of the notice's key: `notice-case-<what>`.
    what: String,
    /// When it happened, which may be long before the job runs. Jobs from before this was written down lack it.
    #[serde(default)]
    at: Option<Instant>,
}

fn enqueue_tell(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case, what: &str) -> Result<()> {
    let now = tx.now();
    enqueue(tx, TELL, &Tell { case: case.id, what: what.to_owned(), at: Some(ctx.now) }, now, None)
}

pub fn reported(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    enqueue_tell(ctx, tx, case, "reported")
}

/// After a move. Moves that concern nobody but who made them tell nobody.
pub fn moved(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case, step: Step) -> Result<()> {
    match step {
        Step::Register | Step::Receive | Step::Confirm | Step::Gather => Ok(()),
        step => enqueue_tell(ctx, tx, case, step.code()),
    }
}

/// Of something that is no move.
pub fn told(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case, what: &str) -> Result<()> {
    enqueue_tell(ctx, tx, case, what)
}

pub fn asked(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case, kind: RequestKind) -> Result<()> {
    enqueue_tell(
        ctx,
        tx,
        case,
        if kind == RequestKind::Extension { "asked-extension" } else { "asked-parking" },
    )
}

pub fn decided(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case, granted: bool) -> Result<()> {
    enqueue_tell(ctx, tx, case, if granted { "time-granted" } else { "time-refused" })
}

pub fn part_ended(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    let Some(parent) = case.parent_id else { return Ok(()) };
    let now = tx.now();
    enqueue(tx, GATHER, &parent, now, Some(&format!("{GATHER}-{parent}")))
}

fn city<'a>(work: &'a Work<'_>) -> Result<&'a City> {
    work.tools.get::<City>()
}

fn tell(work: &Work<'_>) -> Result<()> {
    let Tell { case: id, what, at } = work.payload()?;
    let secrets = work.db.secrets().clone();
    let link = move |of: Id<Case>| format!("/r/{}", secrets.token("case", of.raw()));
    // letters and notices that were written down and not ticked off would come twice
    work.once(move |_, tx| {
        let case = rows::case(tx, id)?.ok_or_else(Problem::not_found)?;
        outsiders(tx, &case, &what, &link)?;
        let people = audience(tx, &case, &what)?;
        let Some(kind) = notice_kind(&what) else { return Ok(()) };
        let args = [("number", case.number.clone()), ("title", case.title.clone())];
        let at = at.unwrap_or_else(|| tx.now());
        web::notices::send_of(tx, at, &people, kind, &args, &format!("/cases/{}", case.number))
    })
}

/// Letters, text messages and pushes to whoever reported it and to those who follow it. Whoever reported a case that was
/// merged into it is told of it as well, each with their own link.
fn outsiders(tx: &mut Tx<'_>, case: &Case, what: &str, link: &dyn Fn(Id<Case>) -> String) -> Result<()> {
    let kind = match what {
        "dispatch" => "case-dispatched",
        "close" => "case-closed",
        "refuse" => "case-refused",
        "drop" => "case-dropped",
        "uphold" => "case-upheld",
        "inquire" => "case-inquired",
        "merge" => "case-merged",
        _ => return Ok(()),
    };
    let send = |tx: &mut Tx<'_>, to: &str, of: &Case, href: &str| write_to(tx, kind, to, of, href);
    let reporter = |tx: &mut Tx<'_>, of: Id<Case>| -> Result<Option<String>> {
        Ok(rows::reporter(tx, of)?.filter(|r| r.wants_answer).and_then(|r| contact(&r)))
    };
    if let Some(contact) = reporter(tx, case.id)? {
        send(tx, &contact, case, &link(case.id))?;
    }
    web::push::ring(tx, Owner::Report(case.id.raw()), &link(case.id))?;
    // a question is put to one person, an objection answered to whoever made it, and a merger told to whoever's case is gone
    if matches!(kind, "case-upheld" | "case-inquired" | "case-merged" | "case-dropped") {
        return Ok(());
    }
    let page = format!("/public/cases/{}", case.number);
    for merged in rows::merged(tx, case.id)? {
        if let Some(contact) = reporter(tx, merged.id)? {
            send(tx, &contact, &merged, &link(merged.id))?;
        }
        web::push::ring(tx, Owner::Report(merged.id.raw()), &link(merged.id))?;
        for contact in rows::followers(tx, merged.id)? {
            send(tx, &contact, case, &page)?;
        }
    }
    if case.is_public {
        for contact in rows::followers(tx, case.id)? {
            send(tx, &contact, case, &page)?;
        }
    }
    Ok(())
}

/// Where somebody is told who left ways to be reached: mail costs nothing and holds more, so it comes first.
fn contact(reporter: &Reporter) -> Option<String> {
    [reporter.mail.as_str(), reporter.phone.as_str()].into_iter().find(|c| !c.is_empty()).map(str::to_owned)
}

/// A letter to an address of mail, a text message to anything else.
fn write_to(tx: &mut Tx<'_>, kind: &str, to: &str, of: &Case, href: &str) -> Result<()> {
    let title = of.strikes.cut(Written::Title, &of.title, &[]);
    let args = [("number", of.number.clone()), ("title", title)];
    if to.contains('@') {
        let args = args.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
        let (to, kind, href) = (to.to_owned(), kind.to_owned(), href.to_owned());
        return web::mail::send(tx, &Letter { to, locale: Locale::ZhCn, kind, args, href });
    }
    let about = &of.number;
    sms::send(tx, &sms::Notice { to, locale: Locale::ZhCn, kind, about, args: &args, href })
}

/// The notices there are. What is not listed tells nobody inside; the reporter reads it on the status page.
fn notice_kind(what: &str) -> Option<&'static str> {
    Some(match what {
        "reported" => "case-reported",
        "dispatch" | "redispatch" => "case-dispatched",
        "rework" => "case-rework",
        "reopen" => "case-reopened",
        "rule" => "case-ruled",
        "resume" => "case-resumed",
        "park" => "case-parked",
        "return" => "case-returned",
        "dispute" => "case-disputed",
        "contest" => "case-contested",
        "asked-extension" => "case-asked-extension",
        "asked-parking" => "case-asked-parking",
        "time-granted" => "case-time-granted",
        "time-refused" => "case-time-refused",
        "question-wished" => "case-question-wished",
        "question-refused" => "case-question-refused",
        "inquire" => "case-inquired",
        "reply" => "case-replied",
        "lapse" => "case-question-lapsed",
        "drop" => "case-dropped",
        "recall" => "case-recalled",
        "forward-answered" => "case-forward-answered",
        "forward-lapsed" => "case-forward-lapsed",
        "assigned" => "case-assigned",
        "handed-back" => "case-handed-back",
        "urged" => "case-urged",
        "supplemented" => "case-supplemented",
        _ => return None,
    })
}

fn audience(tx: &mut Tx<'_>, case: &Case, what: &str) -> Result<Vec<Id<Person>>> {
    const UNIT: &[Role] = &[Role::UnitClerk, Role::UnitHead];
    let of = |tx: &mut Tx<'_>, unit, roles: &[Role]| match unit {
        Some(unit) => crate::units::people_with_role(tx, unit, roles),
        None => Ok(Vec::new()),
    };
    match what {
        // the unit that the register names learns of it at once, before anybody has dispatched it
        "reported" => of(tx, case.suggested_unit, UNIT),
        "return" | "question-wished" => of(tx, case.governing_unit, &[Role::Dispatcher]),
        "urged" | "supplemented" if case.lead_unit.is_none() => {
            of(tx, case.governing_unit, &[Role::Dispatcher])
        }
        // before a unit has it, the office waits for the answer
        "reply" | "lapse" if case.lead_unit.is_none() => {
            of(tx, case.governing_unit, &[Role::Dispatcher, Role::Verifier])
        }
        "dispute" | "asked-extension" | "asked-parking" => {
            of(tx, case.governing_unit, &[Role::Leader, Role::Office])
        }
        "assigned" => Ok(case.handler_id.into_iter().collect()),
        "handed-back" => of(tx, case.lead_unit, &[Role::UnitHead]),
        "contest" => of(tx, case.governing_unit, &[Role::Verifier, Role::Office]),
        // who has it, and who gave it to them
        _ if case.handler_id.is_some() => {
            let mut told = of(tx, case.lead_unit, &[Role::UnitHead])?;
            told.extend(case.handler_id);
            told.sort_unstable();
            told.dedup();
            Ok(told)
        }
        _ => of(tx, case.lead_unit, UNIT),
    }
}

fn gather(work: &Work<'_>) -> Result<()> {
    let parent: Id<Case> = work.payload()?;
    let desk = Desk::of_now(city(work)?)?;
    let ctx = work.ctx.clone();
    work.db.write_now(&ctx.clone(), move |tx| commands::gather(&ctx, tx, &desk, parent).map(drop))
}

fn calendar_changed(work: &Work<'_>) -> Result<()> {
    let city = city(work)?;
    places::kept::refresh_now(city)?;
    let desk = Desk::of_now(city)?;
    let mut after = 0;
    loop {
        let (ctx, desk) = (work.ctx.clone(), desk.clone());
        // in small steps: one long transaction would hold up every report that comes in meanwhile
        let last =
            work.db.write_now(&work.ctx, move |tx| commands::recompute(&ctx, tx, &desk, after, 100))?;
        match last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

fn wake_parked(work: &Work<'_>) -> Result<()> {
    let desk = Desk::of_now(city(work)?)?;
    loop {
        let (ctx, desk) = (work.ctx.clone(), desk.clone());
        let woken = work.db.write_now(&work.ctx, move |tx| commands::wake_parked(&ctx, tx, &desk))?;
        if woken == 0 {
            return Ok(());
        }
    }
}

/// Questions looked at in one transaction, and closings drawn from.
const QUESTIONS: i64 = 100;
const CLOSINGS: i64 = 500;

fn unanswered(work: &Work<'_>) -> Result<()> {
    let desk = Desk::of_now(city(work)?)?;
    let mut after = 0;
    loop {
        let (ctx, desk) = (work.ctx.clone(), desk.clone());
        let last =
            work.db.write_now(&work.ctx, move |tx| commands::lapse(&ctx, tx, &desk, after, QUESTIONS))?;
        match last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

fn release_handlers(work: &Work<'_>) -> Result<()> {
    let mut after = 0;
    loop {
        let ctx = work.ctx.clone();
        let last =
            work.db.write_now(&work.ctx, move |tx| commands::release_handlers(&ctx, tx, after, QUESTIONS))?;
        match last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

fn tend_forwards(work: &Work<'_>) -> Result<()> {
    let mut after = 0;
    loop {
        let (ctx, secrets) = (work.ctx.clone(), work.db.secrets().clone());
        let last = work
            .db
            .write_now(&work.ctx, move |tx| commands::tend_forwards(&ctx, tx, &secrets, after, QUESTIONS))?;
        match last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

fn draw_looks(work: &Work<'_>) -> Result<()> {
    let mut after = None;
    loop {
        let (ctx, secrets) = (work.ctx.clone(), work.db.secrets().clone());
        let last = work
            .db
            .write_now(&work.ctx, move |tx| commands::draw_looks(&ctx, tx, &secrets, after, CLOSINGS))?;
        match last {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// Whether a state is one in which the unit has something to do: for the count at its menu entry.
pub fn waits_for_unit(state: State) -> bool {
    state.is_at_unit()
}

/// Tells nobody of what happened before a moment. For the demonstration city, whose people have not lived its past.
pub fn forget_old(tx: &mut Tx<'_>, before: Instant) -> Result<u64> {
    store::jobs::discard_waiting(tx, TELL, before)
}
