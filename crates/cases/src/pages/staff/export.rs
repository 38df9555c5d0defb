//! 案卷 as a file: the columns of the list, and after them all that the numbers of `/statistics` are made of, so that
//! anybody can work them out again with a spreadsheet.

use crate::desk::Desk;
use crate::pages::{shared, shown};
use crate::queries::{self, CaseLine, Filter};
use crate::store::{self, Answered};
use crate::units::{Names, PeopleNames};
use kernel::ctx::Ctx;
use kernel::time::Instant;
use kernel::workflow::Named;
use places::PlaceIndex;
use sheets::{Cell, FileKind, Kind};
use std::sync::Arc;
use web::error::OrFail;
use web::{Answer, Req, Ui};

/// What a cell is made from.
struct Line<'a> {
    ui: &'a Ui,
    desk: &'a Desk,
    index: &'a PlaceIndex,
    units: &'a Names,
    people: &'a PeopleNames,
    case: &'a CaseLine,
    /// Of this case.
    answers: &'a [Answered],
}

/// A column of the file: key of its title, and the column of the page that has to be shown for it.
struct Column {
    key: &'static str,
    kind: Kind,
    with: Option<&'static str>,
    cell: for<'a> fn(&Line<'a>) -> Cell<'a>,
}

const fn column(
    key: &'static str,
    kind: Kind,
    with: Option<&'static str>,
    cell: for<'a> fn(&Line<'a>) -> Cell<'a>,
) -> Column {
    Column { key, kind, with, cell }
}

const COLUMNS: &[Column] = &[
    column("case-column-number", Kind::Text, None, |l| l.case.number.as_str().into()),
    column("case-column-title", Kind::Text, None, |l| l.case.title.as_str().into()),
    column("case-column-state", Kind::Text, None, |l| l.ui.named("case-state", l.case.state.code()).into()),
    column("case-column-kind", Kind::Text, Some("kind"), |l| l.desk.catalogue.name(l.case.item_id).into()),
    column("case-column-unit", Kind::Text, Some("unit"), |l| l.units.get(l.case.lead_unit).into()),
    column("case-column-handler", Kind::Text, Some("handler"), |l| l.people.get(l.case.handler_id).into()),
    column("case-column-source", Kind::Text, Some("source"), |l| {
        l.ui.named("source", l.case.source.code()).into()
    }),
    column("case-column-reported", Kind::DateTime, Some("reported"), |l| moment(Some(l.case.reported_at))),
    // what is to be done next, by whomever
    column("case-column-due", Kind::DateTime, Some("due"), |l| moment(l.case.due_at.or(l.case.stage_due_at))),
    column("case-column-closed", Kind::DateTime, Some("due"), |l| moment(l.case.closed_at)),
    column("case-column-result", Kind::Text, Some("due"), |l| {
        let key = |on_time| if on_time { "time-closed-on-time" } else { "time-closed-late" };
        l.case.on_time.map(|on_time| l.ui.t(key(on_time))).into()
    }),
    // by this one cases count as due: none before a unit was told
    column("case-column-handling", Kind::DateTime, None, |l| moment(l.case.due_at)),
    column("case-column-answered", Kind::DateTime, None, |l| moment(l.case.answered_at)),
    column("case-column-rework", Kind::Int, None, |l| l.case.rework_count.into()),
    column("case-column-returned", Kind::Int, None, |l| l.case.return_count.into()),
    column("case-column-extended", Kind::Int, None, |l| l.case.extension_count.into()),
    column("case-column-contested", Kind::Int, None, |l| l.case.contest_count.into()),
    column("case-column-satisfaction", Kind::Text, None, |l| {
        l.case.satisfaction.map(|s| l.ui.named("satisfaction", s.code())).into()
    }),
    column("case-column-division", Kind::Text, None, |l| l.index.division_name(l.case.division_id).into()),
    column("case-column-outside", Kind::Text, None, |l| l.case.outside_id.as_deref().into()),
    column("case-column-extras", Kind::Text, None, |l| {
        Some(shown::answers_cell(l.answers)).filter(|cell| !cell.is_empty()).into()
    }),
];

fn moment(at: Option<Instant>) -> Cell<'static> {
    at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil()))
}

/// `visible`: the columns of the page that can be left out and are not.
pub(super) async fn answer(req: &Req, kind: FileKind, visible: &[&str], filter: Filter) -> Answer {
    let desk = shared::desk(req).await?;
    let index: Arc<PlaceIndex> = shared::index(req).await?;
    let on = filter.on;
    let read = req.read(move |ctx: &Ctx, tx| {
        let mut lines: Vec<CaseLine> = Vec::new();
        queries::each(ctx, tx, &filter, web::export::ROWS, &mut |line| {
            lines.push(line);
            Ok(())
        })?;
        let names = Names::of(tx, lines.iter().map(|l| l.lead_unit))?;
        let people = PeopleNames::of(tx, lines.iter().map(|l| l.handler_id))?;
        let ids: Vec<_> = lines.iter().map(|l| l.id).collect();
        Ok((lines, names, people, store::answers(tx, &ids)?))
    });
    let (lines, units, people, mut answers) = read.await.or_fail(req)?;
    let ui = req.ui();
    let columns: Vec<&Column> =
        COLUMNS.iter().filter(|c| c.with.is_none_or(|with| visible.contains(&with))).collect();
    let heads: Vec<sheets::Column> = columns
        .iter()
        .map(|c| {
            let head = sheets::Column::new(ui.t(c.key), c.kind);
            if c.key == "case-column-title" { head.width(40.0) } else { head }
        })
        .collect();
    // stable: the questions of a case keep their order
    answers.sort_by_key(|a| a.case);
    let rows = lines.iter().map(|case| {
        let from = answers.partition_point(|a| a.case < case.id);
        let until = answers.partition_point(|a| a.case <= case.id);
        let answers = &answers[from..until];
        let line =
            Line { ui: &ui, desk: &desk, index: &index, units: &units, people: &people, case, answers };
        columns.iter().map(|column| (column.cell)(&line)).collect()
    });
    // a file of a day that is over says which
    let name = on.map_or_else(|| ui.t("cases-title"), |day| format!("{}-{day}", ui.t("cases-title")));
    web::export::answer(req, kind, &name, &heads, rows)
}
