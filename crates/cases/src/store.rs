//! Rows of cases. The only file of this crate, beside `queries/` and `catalogue/store.rs`, that holds SQL.

mod covers;
pub(crate) mod erase;
mod extras;
mod forwards;
mod handlers;
pub mod past;
mod questions;
mod recordings;
mod recurrences;
pub(crate) mod traces;
mod voices;

pub use covers::{cases_showing, cover, cover_of, covered, covers, remove_cover};
pub use extras::{Answered, ExtraValue, answers, copy_answers, keep_answers};
pub use forwards::{asked_forwards, forward_by_hash, forwards, open_forward};
pub use handlers::with_handler;
pub use questions::{asked_questions, open_question, questions, withdraw_questions};
pub(crate) use recordings::{add_recording, forget_recordings, forget_sound};
pub use recordings::{recording, recordings};
pub use recurrences::{closed_between, closed_in, look_drawn, open_look, recurrences_around, recurrences_of};
pub use voices::{voice_of, voices, voices_from};

use crate::model::{
    Case, FollowerContact, PauseReason, PauseRow, Photo, Reporter, ReporterMail, Request, RequestKind,
    RequestState,
};
use crate::workflow::State;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};
use store::{Query, Sealed, Tx, record, sql};
use web::list::Cursor;

pub fn case(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Option<Case>> {
    tx.one(sql!(Case: "select {*} from case_file where id = $1"), &[&id])
}

pub fn case_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Case>> {
    tx.one(sql!(Case: "select {*} from case_file where number = $1"), &[&number])
}

pub fn case_by_outside(tx: &mut Tx<'_>, system: &str, id: &str) -> Result<Option<Case>> {
    tx.one(
        sql!(Case: "select {*} from case_file where outside_system = $1 and outside_id = $2"),
        &[&system, &id],
    )
}

pub fn outside_known(tx: &mut Tx<'_>, system: &str, id: &str) -> Result<bool> {
    let n: i64 = tx.value(
        sql!((i64,): "select count(*) from case_file where outside_system = $1 and outside_id = $2"),
        &[&system, &id],
    )?;
    Ok(n > 0)
}

pub fn assisting(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Id<Unit>>> {
    let rows = tx.all(
        sql!((Id<Unit>,): "select unit_id from case_assisting where case_id = $1 order by unit_id"),
        &[&id],
    )?;
    Ok(rows.into_iter().map(|(u,)| u).collect())
}

pub fn set_assisting(tx: &mut Tx<'_>, id: Id<Case>, units: &[Id<Unit>]) -> Result<()> {
    tx.exec(sql!("delete from case_assisting where case_id = $1"), &[&id])?;
    for unit in units {
        tx.exec(
            sql!("insert into case_assisting (case_id, unit_id) values ($1, $2) on conflict do nothing"),
            &[&id, unit],
        )?;
    }
    Ok(())
}

pub fn reporter(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Option<Reporter>> {
    tx.one(sql!(Reporter: "select {*} from case_reporter where case_id = $1"), &[&id])
}

pub fn pauses(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<PauseRow>> {
    tx.all(sql!(PauseRow: "select {*} from case_pause where case_id = $1 order by id"), &[&id])
}

pub fn start_pause(tx: &mut Tx<'_>, id: Id<Case>, reason: PauseReason, at: Instant) -> Result<()> {
    let row = PauseRow { id: tx.new_id(), case_id: id, reason, started_at: at, ended_at: None };
    tx.insert(&row)
}

pub fn end_pauses(tx: &mut Tx<'_>, id: Id<Case>, at: Instant) -> Result<()> {
    tx.exec(sql!("update case_pause set ended_at = $2 where case_id = $1 and ended_at is null"), &[&id, &at])
        .map(drop)
}

pub fn photos(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Photo>> {
    tx.all(sql!(Photo: "select {*} from case_photo where case_id = $1 order by id"), &[&id])
}

/// The case a picture belongs to: for the door through which pictures are served.
pub fn photo(tx: &mut Tx<'_>, id: Id<Photo>) -> Result<Option<Photo>> {
    tx.one(sql!(Photo: "select {*} from case_photo where id = $1"), &[&id])
}

pub fn request(tx: &mut Tx<'_>, id: Id<Request>) -> Result<Option<Request>> {
    tx.one(sql!(Request: "select {*} from case_request where id = $1"), &[&id])
}

pub fn requests(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Request>> {
    tx.all(sql!(Request: "select {*} from case_request where case_id = $1 order by id"), &[&id])
}

/// Closes requests that nobody has decided yet, because the case has moved on.
pub fn withdraw_requests(tx: &mut Tx<'_>, id: Id<Case>) -> Result<()> {
    tx.exec(
        sql!("update case_request set state = $2, version = version + 1 where case_id = $1 and state = $3"),
        &[&id, &RequestState::Withdrawn, &RequestState::Asked],
    )
    .map(drop)
}

pub fn granted(tx: &mut Tx<'_>, id: Id<Case>, kind: RequestKind) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from case_request where case_id = $1 and kind = $2 and state = 'granted'"),
        &[&id, &kind],
    )
}

/// Parts of a case.
pub fn children(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Case>> {
    tx.all(sql!(Case: "select {*} from case_file where parent_id = $1 order by id"), &[&id])
}

/// Cases that were merged into this one.
pub fn merged(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Case>> {
    tx.all(sql!(Case: "select {*} from case_file where merged_into = $1 order by id"), &[&id])
}

record! {
    struct Follower {
        id: i64,
        contact: Sealed<FollowerContact>,
    }
}

pub fn add_follower(tx: &mut Tx<'_>, id: Id<Case>, contact: &str) -> Result<bool> {
    let (row, now): (Id<()>, _) = (tx.new_id(), tx.now());
    let (sealed, mark) = (tx.seal::<FollowerContact>(row, contact)?, tx.mark::<FollowerContact>(contact)?);
    let n = tx.exec(
        sql!("insert into case_follower (id, case_id, contact, contact_mark, added_at) values ($1, $2, $3, $4, $5)
              on conflict do nothing"),
        &[&row, &id, &sealed, &mark, &now],
    )?;
    Ok(n > 0)
}

pub fn followers(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<String>> {
    let rows = tx.all(
        sql!(Follower: "select id, contact from case_follower where case_id = $1 order by id"),
        &[&id],
    )?;
    Ok(rows.into_iter().map(|f| f.contact.into_string()).collect())
}

/// Cases whose deadline was worked out with an arrangement that was not published yet, a page at a time.
pub fn provisional(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Case>> {
    tx.all(
        sql!(Case: "select {*} from case_file where id > $1 and (due_provisional = 1 or stage_provisional = 1)
             order by id limit $2"),
        &[&after, &limit],
    )
}

/// Parked cases whose date has come.
pub fn parked_until(tx: &mut Tx<'_>, day: Date, limit: i64) -> Result<Vec<Case>> {
    tx.all(
        sql!(Case: "select {*} from case_file where state = 'parked' and parked_until <= $1 order by id limit $2"),
        &[&day, &limit],
    )
}

pub fn add_photo(
    tx: &mut Tx<'_>,
    id: Id<Case>,
    file: Id<store::files::File>,
    kind: crate::model::PhotoKind,
    ctx: &kernel::ctx::Ctx,
) -> Result<()> {
    let row = Photo {
        id: tx.new_id(),
        case_id: id,
        file_id: file,
        kind,
        taken_by: ctx.person(),
        added_at: ctx.now,
    };
    tx.insert(&row)
}

/// Cases whose handling clock runs, a page at a time, what is due first before others. An index gives each state's in that
/// order: neither the archive's size nor the number of open cases matters.
pub fn running(tx: &mut Tx<'_>, after: Option<Cursor>, limit: i64) -> Result<Vec<Case>> {
    // while a unit has it, the deadline of the stage is that of handling
    let part = |state: State| {
        let mut q = Query::<(i64,)>::new("select id from case_file");
        q.filter("state = ? and stage_due_at is not null", &[&state]);
        q.filter("paused_at is null and lead_unit is not null", &[]);
        q.filter("dispatched_at is not null and due_at is not null and limit_amount is not null", &[]);
        if let Some(after) = after {
            q.filter("(stage_due_at, id) > (?, ?)", &[&after.sort, &after.id]);
        }
        q.tail("order by stage_due_at, id limit ?", &[&limit]);
        q
    };
    let mut q = Query::<Case>::new("select {*} from case_file");
    q.any_of("id", vec![part(State::Dispatched), part(State::Handling)]);
    q.tail("order by stage_due_at, id limit ?", &[&limit]);
    tx.query(&q)
}

/// Where the reporter wants to be told; whoever had left nothing yet gets a row.
pub fn keep_mail(tx: &mut Tx<'_>, id: Id<Case>, mail: &str) -> Result<()> {
    let mail = tx.seal::<ReporterMail>(id, mail)?;
    tx.exec(
        sql!(
            "insert into case_reporter (case_id, name, phone, mail, reference, wants_answer) values ($1, '', '', $2, '', 1)
              on conflict (case_id) do update set mail = excluded.mail, wants_answer = 1"
        ),
        &[&id, &mail],
    )
    .map(drop)
}
