//! A case's days worked out from its own log: what the time machine shows of the time before it, and of cases that were brought
//! in. The steps say when the case went from which state to which, to which unit, and with what limit; the deadlines follow from
//! them as they did then.
//!
//! What the log does not say is taken as it is now: the kind and place. A deadline that was provisional is the one of the published arrangement.

use crate::clock;
use crate::commands::verb;
use crate::desk::Desk;
use crate::model::{Case, PauseRow, Satisfaction};
use crate::workflow::{State, Step};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::time::Instant;
use kernel::workflow::Named;
use std::collections::{HashMap, HashSet};
use store::audit::HistoryLine;

/// What is known of a case beside its row.
pub(crate) struct Log<'a> {
    /// Oldest first.
    pub lines: &'a [HistoryLine],
    pub pauses: &'a [PauseRow],
    /// Units by the names that the log gives them.
    pub units: &'a HashMap<String, Id<Unit>>,
}

/// How the case stood after each of its steps, oldest first. The last is as its row says.
pub(crate) fn replay(case: &Case, log: &Log<'_>, desk: &Desk) -> Vec<(Instant, Case)> {
    let made = |l: &HistoryLine| matches!(l.verb.as_str(), "case.reported" | "case.part-made");
    let Some(at) = log.lines.iter().find(|l| made(l)).map(|l| l.at) else {
        return brought_in(case, log, desk);
    };
    let mut life = Life::new(beginning(case, first_state(case, log)), case, log, desk);
    match life.case.state {
        State::Confirmed => {
            life.case.confirmed_at = Some(at);
            life.case.is_public = true;
        }
        State::Registered => {
            life.case.confirmed_at = case.confirmed_at;
            life.case.registered_at = Some(at);
            life.case.is_public = case.is_public;
        }
        _ => {}
    }
    clock::enter_stage(&mut life.case, desk, at, &[]);
    let mut stood = vec![(at, life.case.clone())];
    for line in log.lines {
        if life.hear(line) {
            stood.push((line.at, life.case.clone()));
        }
    }
    finish(stood, case)
}

/// Where the first step began; a case that has made none stands where it always did.
fn first_state(case: &Case, log: &Log<'_>) -> State {
    let from = log.lines.iter().find_map(|l| step_of(&l.verb).and_then(|_| State::parse(&l.fact("from"))));
    from.unwrap_or(case.state)
}

/// What happened elsewhere first, then what happened here.
fn brought_in(case: &Case, log: &Log<'_>, desk: &Desk) -> Vec<(Instant, Case)> {
    let Some(here) = log.lines.iter().find(|l| step_of(&l.verb).is_some()).map(|l| l.at) else {
        return milestones(case, case.reported_at, desk);
    };
    let start = first_state(case, log);
    let begun = if start == State::Closed { case.clone() } else { beginning(case, start) };
    let mut stood = milestones(&Case { state: start, ..begun }, here, desk);
    let Some((_, last)) = stood.last().cloned() else { return stood };
    let mut life = Life::new(last, case, log, desk);
    for line in log.lines {
        if life.hear(line) {
            stood.push((line.at, life.case.clone()));
        }
    }
    finish(stood, case)
}

/// A case of which only the times are known: each says that a stage was reached. `told` is when we were told of it, which is
/// what counts where a file says that something is closed and not when.
pub(crate) fn milestones(case: &Case, told: Instant, desk: &Desk) -> Vec<(Instant, Case)> {
    let reached = [
        (Some(case.reported_at), State::Reported),
        (case.confirmed_at, State::Confirmed),
        (case.registered_at, State::Registered),
        (case.dispatched_at, State::Dispatched),
        (case.answered_at, State::Answered),
        (case.verified_at, State::Verified),
        (case.closed_at, State::Closed),
    ];
    let mut stood: Vec<(Instant, Case)> = Vec::new();
    let mut now = beginning(case, State::Reported);
    now.is_public = case.is_public;
    let mut last = case.reported_at;
    for (at, state) in reached.into_iter().filter_map(|(at, state)| Some((at?, state))) {
        // a time before that of the stage before is a slip of the pen
        last = last.max(at);
        now.state = state;
        match state {
            State::Confirmed => now.confirmed_at = Some(at),
            State::Registered => now.registered_at = Some(at),
            State::Dispatched => {
                now = Case {
                    lead_unit: case.lead_unit,
                    dispatched_at: Some(at),
                    limit_amount: case.limit_amount,
                    limit_unit: case.limit_unit.clone(),
                    due_at: case.due_at,
                    due_provisional: case.due_provisional,
                    ..now
                };
            }
            State::Answered => now.answered_at = Some(at),
            State::Verified => now.verified_at = Some(at),
            _ => {}
        }
        clock::enter_stage(&mut now, desk, at, &[]);
        stood.push((last, now.clone()));
    }
    let known = stood.last().is_some_and(|(_, now)| now.state == case.state);
    if known {
        finish(stood, case)
    } else {
        stood.into_iter().chain([(last.max(told), case.clone())]).collect()
    }
}

/// The row has the last word: its present state needs no working out.
fn finish(mut stood: Vec<(Instant, Case)>, case: &Case) -> Vec<(Instant, Case)> {
    if let Some((_, last)) = stood.last_mut() {
        *last = case.clone();
    }
    stood
}

/// The case before anything happened to it.
fn beginning(case: &Case, state: State) -> Case {
    Case {
        state,
        lead_unit: None,
        confirmed_at: None,
        registered_at: None,
        dispatched_at: None,
        received_at: None,
        answered_at: None,
        verified_at: None,
        closed_at: None,
        stage_due_at: None,
        limit_amount: None,
        limit_unit: None,
        due_at: None,
        due_provisional: false,
        paused_at: None,
        parked_until: None,
        on_time: None,
        rework_count: 0,
        return_count: 0,
        extension_count: 0,
        contest_count: 0,
        supervision_count: 0,
        satisfaction: None,
        is_recurrence: false,
        recurrence_count: 0,
        is_public: false,
        ..case.clone()
    }
}

fn step_of(text: &str) -> Option<Step> {
    Step::ALL.iter().copied().find(|step| verb(*step) == text)
}

/// A case whose log is being read.
struct Life<'a> {
    case: Case,
    /// The case as it is now.
    row: &'a Case,
    log: &'a Log<'a>,
    desk: &'a Desk,
    now: Instant,
    /// Numbers of the later cases that are this one again.
    linked: HashSet<String>,
}

impl<'a> Life<'a> {
    fn new(case: Case, row: &'a Case, log: &'a Log<'a>, desk: &'a Desk) -> Self {
        Self { now: case.reported_at, case, row, log, desk, linked: HashSet::new() }
    }

    /// What this line did to it; whether it did anything.
    fn hear(&mut self, line: &HistoryLine) -> bool {
        self.now = line.at;
        if let (Some(step), Some(to)) = (step_of(&line.verb), State::parse(&line.fact("to"))) {
            self.case.state = to;
            self.step(step, line);
            self.settle(step);
            return true;
        }
        match line.verb.as_str() {
            "case.time-granted" if line.fact("kind") == "extension" => {
                clock::extend(&mut self.case, line.fact("amount").parse().unwrap_or(0));
                self.case.extension_count += 1;
                self.refresh();
            }
            "case.rated" => self.case.satisfaction = Satisfaction::parse(&line.fact("verdict")),
            "case.supervised" => self.case.supervision_count += 1,
            "case.recurred" => {
                self.linked.insert(line.fact("number"));
                self.case.recurrence_count += 1;
            }
            "case.is-recurrence" => self.case.is_recurrence = true,
            "case.recurrence-ended" if self.linked.remove(&line.fact("number")) => {
                self.case.recurrence_count = (self.case.recurrence_count - 1).max(0);
            }
            "case.recurrence-ended" => self.case.is_recurrence = false,
            _ => return false,
        }
        true
    }

    fn step(&mut self, step: Step, line: &HistoryLine) {
        let (now, case) = (self.now, &mut self.case);
        match step {
            Step::Confirm => (case.confirmed_at, case.is_public) = (Some(now), true),
            Step::Register => case.registered_at = Some(now),
            Step::Dispatch | Step::Redispatch => self.hand_over(line),
            Step::Receive => case.received_at = Some(now),
            Step::Return => {
                case.return_count += 1;
                (case.lead_unit, case.due_at, case.limit_amount) = (None, None, None);
            }
            Step::Dispute | Step::Inquire => case.paused_at = Some(now),
            Step::Park => {
                case.paused_at = Some(now);
                case.parked_until = line.fact("until").parse().ok();
            }
            Step::Rule => self.rule(line),
            Step::Resume | Step::Reply | Step::Lapse => {
                (case.paused_at, case.parked_until) = (None, None);
                if case.state.is_at_unit() {
                    self.refresh();
                }
            }
            Step::Answer => case.answered_at = Some(now),
            Step::Pass => case.verified_at = Some(now),
            Step::Rework => {
                case.rework_count += 1;
                self.refresh();
            }
            Step::Close => {
                case.closed_at = Some(now);
                case.on_time = clock::in_time(case);
            }
            Step::Contest => case.contest_count += 1,
            Step::Reopen | Step::Recall => self.reopen(),
            // the last of its parts' answers
            Step::Gather => (case.verified_at, case.answered_at) = (Some(now), self.row.answered_at),
            Step::Refuse | Step::Drop | Step::Void => {
                case.closed_at = Some(now);
                case.paused_at = None;
                case.is_public = false;
            }
            Step::Merge => {
                case.paused_at = None;
                case.is_public = false;
            }
            Step::Uphold | Step::Split | Step::Unmerge => {}
        }
    }

    fn unit(&self, line: &HistoryLine) -> Option<Id<Unit>> {
        let name = line.fact("unit");
        // a name that has changed since is no unit's any more, but the case's last unit is known by its id
        let last = || {
            let named = self.log.lines.iter().rev().map(|l| l.fact("unit")).find(|n| !n.is_empty());
            self.row.lead_unit.filter(|_| named.as_ref() == Some(&name))
        };
        self.log.units.get(&name).copied().or_else(last)
    }

    fn hand_over(&mut self, line: &HistoryLine) {
        self.case.lead_unit = self.unit(line);
        clock::start_handling(&mut self.case, self.desk, self.now);
        // the limit as it was then: the catalogue may have changed
        if let Ok(amount) = line.fact("amount").parse() {
            self.case.limit_amount = Some(amount);
            self.case.limit_unit = Some(line.fact("limit-unit"));
            clock::refresh(&mut self.case, self.desk, &[]);
        }
    }

    fn rule(&mut self, line: &HistoryLine) {
        let unit = self.unit(line);
        self.case.paused_at = None;
        if self.case.lead_unit == unit {
            self.refresh();
        } else {
            self.case.lead_unit = unit;
            clock::start_handling(&mut self.case, self.desk, self.now);
        }
    }

    fn reopen(&mut self) {
        let case = &mut self.case;
        case.rework_count += 1;
        (case.closed_at, case.on_time, case.satisfaction) = (None, None, None);
        if case.lead_unit.is_some() {
            clock::start_handling(case, self.desk, self.now);
        } else {
            case.state = State::Registered;
        }
    }

    /// As the command did it: the stage's clock.
    fn settle(&mut self, step: Step) {
        let first = self.case.state == State::Reported && self.case.confirmed_at.is_none();
        if matches!(step, Step::Reply | Step::Lapse) && first {
            let (since, pauses) = (self.case.reported_at, self.pauses());
            clock::enter_stage(&mut self.case, self.desk, since, &pauses);
        } else {
            clock::enter_stage(&mut self.case, self.desk, self.now, &[]);
        }
        if matches!(self.case.state, State::Voided | State::Merged | State::Refused) {
            self.case.is_recurrence = false;
        }
    }

    fn refresh(&mut self) {
        let pauses = self.pauses();
        clock::refresh(&mut self.case, self.desk, &pauses);
    }

    /// The pauses that there were by now.
    fn pauses(&self) -> Vec<(Instant, Option<Instant>)> {
        let begun = self.log.pauses.iter().filter(|p| p.started_at <= self.now);
        begun.map(|p| (p.started_at, p.ended_at.filter(|end| *end <= self.now))).collect()
    }
}
