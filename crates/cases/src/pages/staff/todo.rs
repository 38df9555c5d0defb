//! A unit's own list: what to do, what waits for others, what is coming.

use crate::pages::shared;
use crate::pages::shown::Row;
use crate::queries::{CaseLine, UnitTodo, unit_todo};
use crate::units::{Names, PeopleNames};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::{Reach, Role};
use kernel::workflow::Named;
use ladder::queries::LetterLine;
use web::error::{OrFail, page};
use web::parts::Deadline;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/todo.html")]
struct TodoPage {
    ui: Ui,
    /// The person's units, in words.
    unit: String,
    total: i64,
    overdue: i64,
    /// What the person was given.
    mine: Vec<Row>,
    /// The rest of what the unit has.
    at_unit: Vec<Row>,
    answered: Vec<Row>,
    parked: Vec<Row>,
    coming: Vec<Row>,
    requests: Vec<(String, Row)>,
    letters: Vec<LetterRow>,
}

/// A letter of the ladder that the unit owes something.
struct LetterRow {
    code: String,
    name: String,
    title: String,
    rung: String,
    due: Option<Deadline>,
    /// Whether an answer is wanted, or only that it is read.
    answer: bool,
}

fn letter(ui: &Ui, line: &LetterLine) -> LetterRow {
    LetterRow {
        code: line.code.clone(),
        name: line.name().to_owned(),
        title: line.subject_title.clone(),
        rung: ui.named("rung", line.rung.code()),
        due: ladder::show::owed(ui, line.state, line.answer_by),
        answer: line.answer_by.is_some(),
    }
}

impl TodoPage {
    fn nothing(&self) -> bool {
        self.letters.is_empty()
            && self.mine.is_empty()
            && self.at_unit.is_empty()
            && self.coming.is_empty()
            && self.answered.is_empty()
            && self.parked.is_empty()
    }
}

/// The units that the person answers for.
pub(crate) fn own_units(ctx: &Ctx) -> Vec<Id<Unit>> {
    let mut units = Vec::new();
    for grant in ctx.grants().iter().filter(|g| matches!(g.role, Role::UnitClerk | Role::UnitHead)) {
        match &grant.reach {
            Reach::WholeCity => units.push(grant.unit),
            Reach::Units(below) => units.extend(below),
        }
    }
    units.sort_unstable();
    units.dedup();
    units
}

/// The units that roles were granted on, for the page's head.
fn granted(ctx: &Ctx) -> Vec<Id<Unit>> {
    let mut units: Vec<Id<Unit>> = ctx
        .grants()
        .iter()
        .filter(|g| matches!(g.role, Role::UnitClerk | Role::UnitHead))
        .map(|g| g.unit)
        .collect();
    units.sort_unstable();
    units.dedup();
    units
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let desk = shared::desk(&req).await?;
    let read = req.read(|ctx, tx| {
        let todo = unit_todo(ctx, tx, &own_units(ctx))?;
        let own = granted(ctx);
        let lines = todo
            .mine
            .iter()
            .chain(&todo.at_unit)
            .chain(&todo.answered)
            .chain(&todo.parked)
            .chain(&todo.coming);
        let units = Names::of(tx, lines.map(|l| l.lead_unit).chain(own.iter().map(|u| Some(*u))))?;
        let name = own.iter().map(|u| units.get(Some(*u))).collect::<Vec<_>>().join("、");
        let people = PeopleNames::of(tx, todo.at_unit.iter().map(|l| l.handler_id))?;
        Ok((todo, units, people, (own, name)))
    });
    let (todo, units, people, (own, unit)): (UnitTodo, Names, PeopleNames, (Vec<Id<Unit>>, String)) =
        read.await.or_fail(&req)?;
    let ui = req.ui();
    // whose work it is, is said where it is not the person's own unit's: a unit sees what waits at those below it too
    let row = |line: &CaseLine| {
        let row = Row::of(&ui, &desk, &units, line).with_handler(&people, line);
        let mine = line.lead_unit.is_some_and(|unit| own.contains(&unit));
        if mine { Row { unit: String::new(), ..row } } else { row }
    };
    let rows = |lines: &[CaseLine]| lines.iter().map(row).collect::<Vec<_>>();
    let view = TodoPage {
        unit,
        total: todo.total,
        overdue: todo.overdue,
        letters: todo.letters.iter().map(|l| letter(&ui, l)).collect(),
        mine: rows(&todo.mine),
        at_unit: rows(&todo.at_unit),
        answered: rows(&todo.answered),
        parked: rows(&todo.parked),
        coming: rows(&todo.coming),
        requests: todo
            .requests
            .iter()
            .map(|(r, line)| (ui.named("request-kind", r.kind.code()), row(line)))
            .collect(),
        ui,
    };
    page(&req, &view)
}
