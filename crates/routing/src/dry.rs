//! A dry run: what the rules as they are now would have done with cases of the past, beside what people did. Changes no case.

use crate::book::{Book, Decision, Entry, first};
use crate::facts::{Facts, Surroundings};
use crate::model::{DryRun, Report, RuleCount, RunCase, Verdict};
use crate::store as rows;
use ::store::Tx;
use ::store::tasks::Reporter;
use ::store::value::Json;
use cases::desk::Desk;
use cases::model::Case;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use web::City;

/// Cases read and written at a time: one long transaction would hold up every report that comes in meanwhile.
const STEP: i64 = 200;

/// A case with what the rules say of it.
struct Judged {
    case: Case,
    rule: i64,
    verdict: Verdict,
    proposed: Option<Id<Unit>>,
    fault: String,
}

/// Runs it, with its cases written down, and gives the report.
pub(crate) fn run(city: &City, ctx: &Ctx, number: i64, progress: &mut Reporter<'_>) -> Result<Report> {
    let db = city.db();
    let (desk, index) = (Desk::of_now(city)?, places::kept::refresh_now(city)?);
    let now = || Ctx { now: db.now(), ..ctx.clone() };
    let run = db.read_now(move |tx| rows::run(tx, number)?.ok_or_else(Problem::not_found))?;
    let id = run.id;
    // after a crash it begins anew
    db.write_now(&now(), move |tx| {
        tx.housekeeping();
        rows::forget_cases(tx, id)
    })?;
    let book = db.read_now(Book::load)?;
    let today = ctx.now.date();
    let entries: Vec<Entry> = book.asked(today, run.with_off).cloned().collect();
    let mut report = Report { rules: entries.iter().map(count_of).collect(), ..Report::default() };
    let days = (run.from_day, run.until_day);
    let total = db.read_now(move |tx| cases::queries::count_reported(tx, days))?;
    let mut around = Surroundings::new(desk, index);
    let mut after = None;
    loop {
        let (entries_here, sites) = (entries.clone(), book.asks_for_sites());
        // the surroundings go into the reading thread and come back with what they have learnt
        let asked = db.read_now(move |tx| {
            let page = cases::queries::reported(tx, days, after, STEP)?;
            let mut judged = Vec::with_capacity(page.len());
            for case in page {
                let facts = around.facts(tx, &case, sites)?;
                let by_rule = rows::action(tx, case.id)?.is_some_and(|a| Some(a.unit_id) == case.lead_unit);
                judged.push((judge(&entries_here, &facts, case, by_rule), facts));
            }
            Ok((judged, around))
        })?;
        let (judged, back) = asked;
        around = back;
        let Some((last, _)) = judged.last() else { break };
        after = Some((last.case.reported_at, last.case.id));
        for (one, facts) in &judged {
            count(&mut report, &entries, one, facts);
        }
        let lines: Vec<Judged> = judged.into_iter().map(|(one, _)| one).collect();
        db.write_now(&now(), move |tx| {
            tx.housekeeping();
            lines.iter().try_for_each(|one| keep(tx, id, one))
        })?;
        progress.advance(report.cases, total, "")?;
    }
    finish(city, &now(), number, report)
}

fn count_of(entry: &Entry) -> RuleCount {
    RuleCount {
        number: entry.rule.number,
        edition: entry.edition.number,
        name: entry.edition.name.clone(),
        ..RuleCount::default()
    }
}

fn judge(entries: &[Entry], facts: &Facts, case: Case, by_rule: bool) -> Judged {
    let (rule, verdict, proposed, fault) = match first(entries, |entry| entry.fits(facts)) {
        Decision::Nothing => (0, Verdict::Unmatched, None, String::new()),
        Decision::Stuck(entry, fault) => (entry.rule.number, Verdict::Fault, None, fault.code.to_owned()),
        Decision::By(entry) => {
            let proposed = entry.edition.lead_unit;
            let verdict = match case.lead_unit {
                None => Verdict::Waiting,
                Some(_) if by_rule => Verdict::ByRule,
                Some(unit) if unit == proposed => Verdict::Agree,
                Some(_) => Verdict::Differ,
            };
            (entry.rule.number, verdict, Some(proposed), String::new())
        }
    };
    Judged { case, rule, verdict, proposed, fault }
}

fn count(report: &mut Report, entries: &[Entry], one: &Judged, facts: &Facts) {
    report.cases += 1;
    match one.verdict {
        Verdict::Fault => report.faults += 1,
        Verdict::Unmatched => {
            report.unmatched += 1;
            if let Some(unit) = one.case.lead_unit {
                report.unmatched_dispatched += 1;
                report.unmatched_register += i64::from(one.case.suggested_unit == Some(unit));
            }
        }
        _ => {}
    }
    let decided = entries.iter().position(|entry| entry.rule.number == one.rule);
    for (at, (entry, line)) in entries.iter().zip(&mut report.rules).enumerate() {
        match entry.fits(facts) {
            Err(_) => line.faults += 1,
            Ok(true) if decided.is_some_and(|first| first < at) => line.shadowed += 1,
            Ok(true) if decided == Some(at) => {
                line.matched += 1;
                match one.verdict {
                    Verdict::Agree => line.agree += 1,
                    Verdict::Differ => line.differ += 1,
                    Verdict::Waiting => line.waiting += 1,
                    Verdict::ByRule => line.by_rule += 1,
                    Verdict::Fault | Verdict::Unmatched => {}
                }
            }
            Ok(_) => {}
        }
    }
}

fn keep(tx: &mut Tx<'_>, run_id: Id<DryRun>, one: &Judged) -> Result<()> {
    let row = RunCase {
        id: tx.new_id(),
        run_id,
        number: one.case.number.clone(),
        title: one.case.title.clone(),
        rule: one.rule,
        verdict: one.verdict,
        proposed_unit: one.proposed,
        actual_unit: one.case.lead_unit,
        fault: one.fault.clone(),
    };
    rows::insert_case(tx, &row)
}

fn finish(city: &City, ctx: &Ctx, number: i64, report: Report) -> Result<Report> {
    let (found, at) = (report.clone(), ctx.now);
    city.db().write_now(ctx, move |tx| {
        tx.housekeeping();
        let mut run = rows::run(tx, number)?.ok_or_else(Problem::not_found)?;
        run.report = Json(found);
        run.finished_at = Some(at);
        tx.save(&run)
    })?;
    Ok(report)
}

/// The whole month before the one of this day.
pub fn last_month(today: Date) -> (Date, Date) {
    let last = today.first_of_month().yesterday().unwrap_or(today);
    (last.first_of_month(), last)
}
