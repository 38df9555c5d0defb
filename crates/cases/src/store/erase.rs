//! What goes of closed cases when its time is over.

use crate::masked::Masked;
use crate::model::{Case, CaseDescription, Strikes};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use store::files::{self, File};
use store::keep::Due;
use store::words::index_tokens;
use store::{Query, Sealed, Tx, audit, record, sql};
use web::push::{self, Owner};

/// Which case starts the clock of a case: itself, or the one it was merged into.
#[derive(Clone, Copy)]
enum Ended {
    Itself,
    Merged,
}

const BOTH: [Ended; 2] = [Ended::Itself, Ended::Merged];

/// Rows of the query that are due by their case, `f` being the case.
fn due_cases<R: store::Record>(start: &str, due: &Due<'_>, ended: Ended) -> Query<R> {
    let mut query = Query::<R>::new(start);
    match ended {
        // one that was contested is open again, whenever it was closed before
        Ended::Itself => {
            due.by_clock(&mut query, "f.closed_at");
            query.filter("f.closed_at is not null and f.state in ('closed', 'refused', 'voided')", &[]);
        }
        Ended::Merged => {
            query.filter(
                "f.state = 'merged' and f.merged_into in
                   (select m.id from case_file m where m.closed_at >= ? and m.closed_at < ?)",
                &[&due.from(), &due.until],
            );
        }
    }
    due.but_held_cases(&mut query, "f");
    query
}

fn count(tx: &mut Tx<'_>, due: &Due<'_>, start: &str, narrow: impl Fn(&mut Query<(i64,)>)) -> Result<i64> {
    BOTH.into_iter().try_fold(0, |sum, ended| {
        let mut query = due_cases::<(i64,)>(start, due, ended);
        narrow(&mut query);
        Ok(sum + tx.query(&query)?.first().map_or(0, |(n,)| *n))
    })
}

fn some<R: store::Record>(
    tx: &mut Tx<'_>,
    due: &Due<'_>,
    start: &str,
    most: i64,
    narrow: impl Fn(&mut Query<R>),
) -> Result<Vec<R>> {
    let mut found = Vec::new();
    for ended in BOTH {
        let left = most - counted(&found);
        if left > 0 {
            let mut query = due_cases::<R>(start, due, ended);
            narrow(&mut query);
            query.tail("limit ?", &[&left]);
            found.extend(tx.query(&query)?);
        }
    }
    Ok(found)
}

fn counted<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

const KNOWN: &str = "from (select case_id from case_reporter union select case_id from case_follower
      union select case_id from case_extra where personal = 1) as who
    join case_file f on f.id = who.case_id";

/// Cases of which it is known who reported or follows them. Reads those that still have somebody.
pub(crate) fn reporters_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    count(tx, due, &format!("select count(*) {KNOWN}"), |_| {})
}

pub(crate) fn erase_reporters(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let cases: Vec<(Id<Case>,)> = some(tx, due, &format!("select f.id {KNOWN}"), most, |_| {})?;
    for (case,) in &cases {
        forget_reporter(tx, *case)?;
    }
    Ok(counted(&cases))
}

/// Who reported, what they answered of themselves, who follows, the marks they were found by, what browsers were known by, and
/// those that were told. The address by which the reporter followed the case is no longer good.
pub(crate) fn forget_reporter(tx: &mut Tx<'_>, case: Id<Case>) -> Result<()> {
    tx.erase(sql!("delete from case_reporter where case_id = $1"), &[&case])?;
    tx.erase(sql!("delete from case_follower where case_id = $1"), &[&case])?;
    tx.erase(sql!("delete from case_extra where case_id = $1 and personal = 1"), &[&case])?;
    tx.erase(
        sql!("update case_voice set voter = cast(id as text), device = '', origin = '' where case_id = $1"),
        &[&case],
    )?;
    // a voice tells who speaks
    super::forget_recordings(tx, case)?;
    push::forget(tx, Owner::Report(case.raw()))?;
    let now = tx.now();
    tx.exec(
        sql!("update case_file set reporter_erased_at = $1, version = version + 1 where id = $2"),
        &[&now, &case],
    )
    .map(drop)
}

/// When who reported was erased, if it was.
pub(crate) fn reporter_erased(tx: &mut Tx<'_>, case: Id<Case>) -> Result<bool> {
    let found = tx.one(
        sql!((i64,): "select id from case_file where id = $1 and reporter_erased_at is not null"),
        &[&case],
    )?;
    Ok(found.is_some())
}

/// Whether what was written was erased.
pub(crate) fn words_erased(tx: &mut Tx<'_>, case: Id<Case>) -> Result<bool> {
    let found = tx.one(
        sql!((i64,): "select id from case_file where id = $1 and words_erased_at is not null"),
        &[&case],
    )?;
    Ok(found.is_some())
}

pub(crate) fn words_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    count(tx, due, "select count(*) from case_file f", |query| {
        query.filter("f.words_erased_at is null", &[]);
    })
}

pub(crate) fn erase_words(ctx: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let cases: Vec<(Id<Case>,)> = some(tx, due, "select f.id from case_file f", most, |query| {
        query.filter("f.words_erased_at is null", &[]);
    })?;
    for (case,) in &cases {
        forget_words(ctx, tx, *case)?;
    }
    Ok(counted(&cases))
}

record! {
    struct Worded {
        id: Id<Case>,
        number: String,
        title: String,
        description: Sealed<CaseDescription>,
        address: String,
        strikes: Strikes,
        item: Option<String>,
    }
}

/// What people wrote: the description and a title that was made from it, the number of a house, answers to all questions, what
/// neighbours said, whom else was asked and what they said, notes, and the words in the log, whose chain keeps their hashes. The search index is made anew from what is
/// left.
pub(crate) fn forget_words(ctx: &Ctx, tx: &mut Tx<'_>, case: Id<Case>) -> Result<()> {
    let found = tx.one(
        sql!(Worded: "select f.id, f.number, f.title, f.description, f.address, f.strikes, i.name as item
              from case_file f left join catalogue_item i on i.id = f.item_id where f.id = $1"),
        &[&case],
    )?;
    let Some(was) = found else { return Ok(()) };
    let left = left_of(&was);
    let (now, empty) = (tx.now(), String::new());
    tx.erase(
        sql!("update case_file set description = $1, title = $2, address = $3, strikes = $1, words_erased_at = $4, version = version + 1
              where id = $5"),
        &[&empty, &left.title, &left.address, &now, &case],
    )?;
    tx.erase(sql!("update case_voice set words = '' where case_id = $1 and words <> ''"), &[&case])?;
    tx.erase(sql!("update case_question set wish = '', body = '', reply = '' where case_id = $1"), &[&case])?;
    tx.erase(
        sql!("update case_forward set party = '', mail = '', phone = '', ask = '', reply = '' where case_id = $1"),
        &[&case],
    )?;
    tx.erase(sql!("delete from case_extra where case_id = $1"), &[&case])?;
    super::forget_recordings(tx, case)?;
    tx.erase(sql!("update case_recording set words = '' where case_id = $1 and words <> ''"), &[&case])?;
    tx.erase(sql!("update case_look set note = '' where case_id = $1 and note <> ''"), &[&case])?;
    audit::erase_texts(tx, ctx, case)?;
    let item = was.item.unwrap_or_default();
    let words = index_tokens(&format!("{} {} {} {item}", was.number, left.title, left.address));
    tx.thoroughly(|tx| tx.index_words(case, &words))
}

/// What a case is called when its words are gone: a title that repeats what was said is made anew from the kind.
fn left_of(was: &Worded) -> Masked {
    let said = was.description.as_str();
    // a title is masked, and may be cut in the middle of a number
    let masked = Masked::of(&Strikes::default(), "", said, "").description;
    let title = was.title.trim_end_matches('…');
    let start: String = title.chars().take(SAME_START).collect();
    let repeats = !title.is_empty()
        && (said.starts_with(&start)
            || masked.starts_with(&start)
            || said.contains(title)
            || masked.contains(title));
    let fresh = || was.item.clone().filter(|item| !item.is_empty()).unwrap_or_else(|| was.number.clone());
    // what was struck out for the public goes for all: places in words that are gone say nothing
    let (strikes, title) =
        if repeats { (Strikes::default(), fresh()) } else { (was.strikes.clone(), was.title.clone()) };
    Masked::of(&strikes, &title, "", &was.address)
}

/// Letters at which a title and a description that begin alike are taken for the same words.
const SAME_START: usize = 4;

/// Leaves pictures of which less was erased, and whose file no case shows that is not due.
fn pictures<R>(query: &mut Query<R>, due: &Due<'_>, below: i64) {
    query.filter("p.erased < ?", &[&below]);
    query.filter(
        "not exists (select 1 from case_photo o join case_file g on g.id = o.case_id
           where o.file_id = p.file_id and o.case_id <> p.case_id and (g.closed_at is null or g.closed_at >= ?))",
        &[&due.until],
    );
}

const PICTURES: &str = "from case_photo p join case_file f on f.id = p.case_id";

fn photos_due(tx: &mut Tx<'_>, due: &Due<'_>, below: i64) -> Result<i64> {
    count(tx, due, &format!("select count(*) {PICTURES}"), |query| pictures(query, due, below))
}

fn photos_at(tx: &mut Tx<'_>, due: &Due<'_>, below: i64, most: i64) -> Result<Vec<(i64, Id<File>)>> {
    some(tx, due, &format!("select p.id, p.file_id {PICTURES}"), most, |query| pictures(query, due, below))
}

pub(crate) fn originals_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    photos_due(tx, due, 1)
}

pub(crate) fn erase_originals(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let photos = photos_at(tx, due, 1, most)?;
    for (photo, file) in &photos {
        files::erase::erase_original(tx, *file)?;
        tx.exec(sql!("update case_photo set erased = 1 where id = $1"), &[photo])?;
    }
    Ok(counted(&photos))
}

pub(crate) fn pictures_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    photos_due(tx, due, 2)
}

pub(crate) fn erase_pictures(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let photos = photos_at(tx, due, 2, most)?;
    for (photo, file) in &photos {
        files::erase::erase_all(tx, *file)?;
        if let Some(cover) = super::cover_of(tx, *file)? {
            if let Some(covered) = cover.covered_id {
                files::erase::erase_all(tx, covered)?;
            }
            super::remove_cover(tx, cover.id)?;
        }
        tx.exec(sql!("update case_photo set erased = 2 where id = $1"), &[photo])?;
    }
    Ok(counted(&photos))
}

const RECORDINGS: &str = "from case_recording r join case_file f on f.id = r.case_id";

pub(crate) fn recordings_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    count(tx, due, &format!("select count(*) {RECORDINGS}"), |query| {
        query.filter("r.erased = 0", &[]);
    })
}

pub(crate) fn erase_recordings(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let found: Vec<(i64, Id<File>)> =
        some(tx, due, &format!("select r.id, r.file_id {RECORDINGS}"), most, |query| {
            query.filter("r.erased = 0", &[]);
        })?;
    for (recording, file) in &found {
        super::forget_sound(tx, *recording, *file)?;
    }
    Ok(counted(&found))
}
