//! Rows of periods, requests, items, uses, files and the ledger.

use crate::model::{Burden, BurdenEntry, Item, ItemFile, Kind, Period, Pointer, Request, RequestState, Use};
use crate::window::{Window, monday, month, year_before};
use ::store::{Query, Tx, sql};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};

pub(crate) fn period(tx: &mut Tx<'_>, id: Id<Period>) -> Result<Option<Period>> {
    tx.one(sql!(Period: "select {*} from evidence_period where id = $1"), &[&id])
}

pub(crate) fn period_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Period>> {
    tx.one(sql!(Period: "select {*} from evidence_period where number = $1"), &[&number])
}

/// All periods, the newest first: a city has one or two a year.
pub(crate) fn periods(tx: &mut Tx<'_>) -> Result<Vec<Period>> {
    tx.all(sql!(Period: "select {*} from evidence_period order by id desc"), &[])
}

pub(crate) fn request(tx: &mut Tx<'_>, id: Id<Request>) -> Result<Option<Request>> {
    tx.one(sql!(Request: "select {*} from evidence_request where id = $1"), &[&id])
}

pub(crate) fn request_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Request>> {
    tx.one(sql!(Request: "select {*} from evidence_request where number = $1"), &[&number])
}

pub(crate) fn item(tx: &mut Tx<'_>, id: Id<Item>) -> Result<Option<Item>> {
    tx.one(sql!(Item: "select {*} from evidence_item where id = $1"), &[&id])
}

pub(crate) fn item_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Item>> {
    tx.one(sql!(Item: "select {*} from evidence_item where number = $1"), &[&number])
}

/// An item has a dozen uses at most.
pub(crate) fn uses(tx: &mut Tx<'_>, item: Id<Item>) -> Result<Vec<Use>> {
    tx.all(sql!(Use: "select {*} from evidence_use where item_id = $1 order by period_id, code"), &[&item])
}

pub(crate) fn use_of(tx: &mut Tx<'_>, item: Id<Item>, id: Id<Use>) -> Result<Option<Use>> {
    tx.one(sql!(Use: "select {*} from evidence_use where id = $1 and item_id = $2"), &[&id, &item])
}

pub(crate) fn forget_use(tx: &mut Tx<'_>, id: Id<Use>) -> Result<()> {
    tx.exec(sql!("delete from evidence_use where id = $1"), &[&id]).map(drop)
}

pub(crate) fn files(tx: &mut Tx<'_>, item: Id<Item>) -> Result<Vec<ItemFile>> {
    tx.all(sql!(ItemFile: "select {*} from evidence_file where item_id = $1 order by place, id"), &[&item])
}

pub(crate) fn file_of(tx: &mut Tx<'_>, item: Id<Item>, id: Id<ItemFile>) -> Result<Option<ItemFile>> {
    tx.one(sql!(ItemFile: "select {*} from evidence_file where id = $1 and item_id = $2"), &[&id, &item])
}

pub(crate) fn file(tx: &mut Tx<'_>, id: Id<ItemFile>) -> Result<Option<ItemFile>> {
    tx.one(sql!(ItemFile: "select {*} from evidence_file where id = $1"), &[&id])
}

pub(crate) fn forget_file(tx: &mut Tx<'_>, id: Id<ItemFile>) -> Result<()> {
    tx.exec(sql!("delete from evidence_file where id = $1"), &[&id]).map(drop)
}

pub(crate) fn measured(tx: &mut Tx<'_>, id: Id<ItemFile>, sharp: i64) -> Result<()> {
    tx.exec(sql!("update evidence_file set sharp = $1 where id = $2"), &[&sharp, &id]).map(drop)
}

/// Another item, handed in, in which these bytes are: the oldest.
pub(crate) fn twin(tx: &mut Tx<'_>, item: Id<Item>, sha256: &str) -> Result<Option<String>> {
    let found = tx.one(
        sql!((String,): "select i.number from evidence_file f join evidence_item i on i.id = f.item_id
              where f.sha256 = $1 and f.item_id <> $2 and i.submitted_at is not null and i.state <> 'withdrawn'
              order by i.id limit 1"),
        &[&sha256, &item],
    )?;
    Ok(found.map(|(number,)| number))
}

/// How many pictures with a caption the unit has handed in for a standard of a period, in other items.
pub(crate) fn pictures_for(tx: &mut Tx<'_>, item: &Item, of: &Use) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from evidence_use u join evidence_item i on i.id = u.item_id
              join evidence_file f on f.item_id = i.id
              where u.period_id = $1 and u.code = $2 and i.unit_id = $3 and i.id <> $4
                and i.state not in ('draft', 'withdrawn', 'returned') and f.sharp is not null"),
        &[&of.period_id, &of.code, &item.unit_id, &item.id],
    )
}

/// Waits until nobody else is asking this unit, until the transaction ends.
pub(crate) fn pass_gate(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<()> {
    tx.exec(
        sql!(
            "insert into evidence_gate (unit_id, turn) values ($1, 1)
              on conflict (unit_id) do update set turn = evidence_gate.turn + 1"
        ),
        &[&unit],
    )
    .map(drop)
}

pub(crate) fn add_standard(tx: &mut Tx<'_>, request: &Request, scheme: &str, code: &str) -> Result<()> {
    tx.exec(
        sql!(
            "insert into evidence_request_standard (request_id, unit_id, kind, scheme_name, code)
              values ($1, $2, $3, $4, $5)"
        ),
        &[&request.id, &request.unit_id, &request.kind, &scheme, &code],
    )
    .map(drop)
}

/// For whom, for what: by which "was this asked before" is answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought<'a> {
    pub unit: Id<Unit>,
    pub kind: Kind,
    pub scheme: &'a str,
    pub codes: &'a [String],
}

fn since(day: Date) -> Instant {
    Instant::start_of(year_before(day))
}

fn pointers(rows: Vec<(String, String)>) -> Vec<Pointer> {
    rows.into_iter().map(|(code, number)| Pointer { code, number }).collect()
}

/// Requests of the last twelve months, neither stopped nor withdrawn, for the same of any edition.
pub(crate) fn asked_before(tx: &mut Tx<'_>, of: Sought<'_>, today: Date) -> Result<Vec<Pointer>> {
    let mut q = Query::<(String, String)>::new(
        "select s.code, r.number from evidence_request_standard s join evidence_request r on r.id = s.request_id",
    );
    q.filter("s.unit_id = ? and s.kind = ? and s.scheme_name = ?", &[&of.unit, &of.kind, &of.scheme]);
    q.one_of("s.code", of.codes);
    q.filter("r.state in ('open', 'answered') and r.asked_at >= ?", &[&since(today)]);
    q.tail("order by s.code, r.id", &[]);
    Ok(pointers(tx.query(&q)?))
}

/// Items of the unit that were handed in within twelve months and serve the same, their day in the window.
pub(crate) fn there_already(
    tx: &mut Tx<'_>,
    of: Sought<'_>,
    window: Window,
    today: Date,
) -> Result<Vec<Pointer>> {
    let mut q = Query::<(String, String)>::new(
        "select distinct u.code, i.number from evidence_use u join evidence_item i on i.id = u.item_id",
    );
    q.filter("u.scheme_name = ?", &[&of.scheme]).one_of("u.code", of.codes);
    q.filter("i.unit_id = ? and i.kind = ? and i.state <> 'withdrawn'", &[&of.unit, &of.kind]);
    q.filter("i.submitted_at >= ?", &[&since(today)]);
    q.filter("i.dated >= ? and i.dated <= ?", &[&window.from, &window.until]);
    q.tail("order by u.code, i.number", &[]);
    Ok(pointers(tx.query(&q)?))
}

/// How often the unit was asked since this moment; what was withdrawn counts, for it was read.
pub(crate) fn asked_since(tx: &mut Tx<'_>, unit: Id<Unit>, from: Instant) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from evidence_request
              where unit_id = $1 and asked_at >= $2 and state <> 'stopped'"),
        &[&unit, &from],
    )
}

/// Items of the unit and kind that were handed in and can answer a request: the newest first.
pub(crate) fn answers(tx: &mut Tx<'_>, unit: Id<Unit>, kind: Kind, most: i64) -> Result<Vec<Item>> {
    tx.all(
        sql!(Item: "select {*} from evidence_item
              where unit_id = $1 and kind = $2 and submitted_at is not null and state not in ('withdrawn', 'returned')
              order by made_at desc, id desc limit $3"),
        &[&unit, &kind, &most],
    )
}

/// Items that were begun for a request.
pub(crate) fn items_for(tx: &mut Tx<'_>, request: Id<Request>) -> Result<Vec<Item>> {
    tx.all(sql!(Item: "select {*} from evidence_item where request_id = $1 order by id"), &[&request])
}

/// Whether the open request is of this item: it is answered by handing the item in.
pub(crate) fn open_request_of(tx: &mut Tx<'_>, item: &Item) -> Result<Option<Request>> {
    let Some(id) = item.request_id else { return Ok(None) };
    Ok(request(tx, id)?.filter(|request| request.state == RequestState::Open))
}

/// Writes a line of the ledger.
pub(crate) fn lay(
    (tx, at): (&mut Tx<'_>, Instant),
    unit: Id<Unit>,
    what: Burden,
    (amount, days): (i64, i64),
    about: &str,
) -> Result<()> {
    let row = BurdenEntry {
        id: tx.new_id(),
        unit_id: unit,
        at,
        month: month(at.date()),
        week: monday(at.date()),
        what,
        amount,
        days,
        about: about.to_owned(),
    };
    tx.insert(&row)
}
