//! Rows of the register. The only file of this crate, beside `queries/`, that holds SQL.

use crate::model::{Adoption, Patrol, Section, Standard, TOLERANCE_M};
use ::store::keep::Due;
use ::store::{Tx, record, sql};
use kernel::ctx::{Ctx, Person, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};

pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Adoption>> {
    tx.one(sql!(Adoption: "select {*} from adoption where number = $1"), &[&number])
}

pub(crate) fn by_id(tx: &mut Tx<'_>, id: Id<Adoption>) -> Result<Option<Adoption>> {
    tx.one(sql!(Adoption: "select {*} from adoption where id = $1"), &[&id])
}

record! {
    /// A stretch in which a place lies, or next to which it lies, on the day asked for.
    struct Near {
        id: Id<Adoption>,
        unit_id: Id<Unit>,
        from_m: f64,
        to_m: f64,
        from_date: String,
        shared: String,
    }
}

impl Near {
    /// What of several is the one that answers: whose stretch holds the place before one that lies within the tolerance,
    /// the one that does not share before one that does, then the later.
    fn before(&self, other: &Near, along_m: f64) -> bool {
        let apart = |n: &Near| match () {
            () if n.from_m <= along_m && along_m < n.to_m => 0.0,
            () if along_m < n.from_m => n.from_m - along_m,
            // a boundary belongs to the stretch that begins there
            () => along_m - n.to_m + 1e-6,
        };
        apart(self)
            .total_cmp(&apart(other))
            .then_with(|| other.shared.is_empty().cmp(&self.shared.is_empty()))
            .then_with(|| other.from_date.cmp(&self.from_date))
            .then_with(|| other.id.cmp(&self.id))
            .is_lt()
    }
}

/// Who answers for a place on a day: one statement that an index alone answers, for it is asked for every report. Choosing
/// among the few it finds is cheaper here than a sorter there.
pub(crate) fn answering(
    tx: &mut Tx<'_>,
    section: Id<Section>,
    along_m: f64,
    day: Date,
) -> Result<Option<Id<Unit>>> {
    let (low, high) = (along_m - TOLERANCE_M, along_m + TOLERANCE_M);
    let found = tx.all(
        sql!(Near: "select {*} from adoption where section_id = $1 and from_m <= $2 and to_m >= $3
             and from_date <= $4 and (until_date is null or until_date >= $4)"),
        &[&section, &high, &low, &day],
    )?;
    let best = found.into_iter().reduce(|best, next| if next.before(&best, along_m) { next } else { best });
    Ok(best.map(|near| near.unit_id))
}

/// Everything ever adopted on a section, in the order of the register.
pub(crate) fn of_section(tx: &mut Tx<'_>, section: Id<Section>) -> Result<Vec<Adoption>> {
    tx.all(
        sql!(Adoption: "select {*} from adoption where section_id = $1 order by from_m, from_date, id"),
        &[&section],
    )
}

/// The first day of the register; none while it is empty. Reads the rows there are, some thousands in a large city.
pub(crate) fn first_day(tx: &mut Tx<'_>) -> Result<Option<Date>> {
    tx.value(sql!((Option<Date>,): "select min(from_date) from adoption"), &[])
}

/// The whole register of a day.
pub(crate) fn holding_on(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Adoption>> {
    tx.all(
        sql!(Adoption: "select {*} from adoption where from_date <= $1 and (until_date is null or until_date >= $1)
             order by section_id, from_m, id"),
        &[&day],
    )
}

/// Open on this day or later, a page at a time: for what follows changes of sections and units.
pub(crate) fn open_after(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Adoption>> {
    tx.all(
        sql!(Adoption: "select {*} from adoption where until_date is null or until_date >= $1 order by section_id, id"),
        &[&day],
    )
}

/// Ending between the two days, both included, without anybody having been told.
pub(crate) fn ending(tx: &mut Tx<'_>, from: Date, until: Date) -> Result<Vec<Adoption>> {
    tx.all(
        sql!(Adoption: "select {*} from adoption where until_date >= $1 and until_date <= $2 and warned = 0 order by id"),
        &[&from, &until],
    )
}

/// Beginning on this day.
pub(crate) fn beginning(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Adoption>> {
    tx.all(
        sql!(Adoption: "select {*} from adoption where from_date = $1 and (until_date is null or until_date >= $1)
             order by id"),
        &[&day],
    )
}

/// Raises the register's version: first statement of every command that changes it, so that they wait for each other.
pub(crate) fn touch(tx: &mut Tx<'_>) -> Result<()> {
    tx.exec(sql!("update street_version set version = version + 1 where id = 1"), &[]).map(drop)
}

pub(crate) fn version(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value(sql!((i64,): "select version from street_version where id = 1"), &[])
}

pub(crate) fn standards(tx: &mut Tx<'_>) -> Result<Vec<Standard>> {
    tx.all(sql!(Standard: "select {*} from street_standard order by id"), &[])
}

pub(crate) fn standard(tx: &mut Tx<'_>, id: Id<Standard>) -> Result<Option<Standard>> {
    tx.one(sql!(Standard: "select {*} from street_standard where id = $1"), &[&id])
}

pub(crate) fn standard_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Standard>> {
    tx.one(sql!(Standard: "select {*} from street_standard where code = $1"), &[&code])
}

/// The newest patrols of a stretch.
pub(crate) fn patrols(tx: &mut Tx<'_>, adoption: Id<Adoption>, limit: i64) -> Result<Vec<Patrol>> {
    tx.all(
        sql!(Patrol: "select {*} from patrol where adoption_id = $1 order by day desc, id desc limit $2"),
        &[&adoption, &limit],
    )
}

pub(crate) fn patrol(
    tx: &mut Tx<'_>,
    adoption: Id<Adoption>,
    person: Id<Person>,
    day: Date,
) -> Result<Option<Patrol>> {
    tx.one(
        sql!(Patrol: "select {*} from patrol where adoption_id = $1 and person_id = $2 and day = $3"),
        &[&adoption, &person, &day],
    )
}

/// Whom to call about a stretch that somebody no longer answers for.
pub(crate) fn contacts_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = days(due);
    tx.value(
        sql!((i64,): "select count(*) from adoption
              where until_date >= $1 and until_date < $2 and (leader <> '' or phone <> '')"),
        &[&from, &until],
    )
}

pub(crate) fn forget_contacts(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = days(due);
    tx.erase(
        sql!(
            "update adoption set leader = '', phone = '', version = version + 1 where id in
              (select id from adoption where until_date >= $1 and until_date < $2 and (leader <> '' or phone <> '')
               order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

pub(crate) fn walkers_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = days(due);
    tx.value(
        sql!((i64,): "select count(*) from patrol where day >= $1 and day < $2 and (person <> '' or note <> '')"),
        &[&from, &until],
    )
}

pub(crate) fn forget_walkers(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = days(due);
    tx.erase(
        sql!(
            "update patrol set person = '', note = '', version = version + 1 where id in
              (select id from patrol where day >= $1 and day < $2 and (person <> '' or note <> '') order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

/// The days of a rule whose clock is started by a date.
fn days(due: &Due<'_>) -> (Date, Date) {
    (due.from().max(Instant::ZERO).date(), due.until.date())
}
