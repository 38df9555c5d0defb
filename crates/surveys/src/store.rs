//! Rows of surveys, segments, visits, answers, words and passes.

use crate::model::{AnswerId, AnswerSheet, Outcome, PassHash, PassKind, Segment, Survey, Visit, Words};
use ::store::{KeyedHash, Query, Tx, record, sql};
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;

pub(crate) fn survey(tx: &mut Tx<'_>, id: Id<Survey>) -> Result<Option<Survey>> {
    tx.one(sql!(Survey: "select {*} from survey where id = $1"), &[&id])
}

pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Survey>> {
    tx.one(sql!(Survey: "select {*} from survey where number = $1"), &[&number])
}

/// All surveys, the newest first: a city makes a few a year.
pub(crate) fn surveys(tx: &mut Tx<'_>) -> Result<Vec<Survey>> {
    tx.all(sql!(Survey: "select {*} from survey order by id desc"), &[])
}

/// Some hundred at most, in order.
pub(crate) fn segments(tx: &mut Tx<'_>, survey: Id<Survey>) -> Result<Vec<Segment>> {
    tx.all(sql!(Segment: "select {*} from survey_segment where survey_id = $1 order by place"), &[&survey])
}

pub(crate) fn segment_at(tx: &mut Tx<'_>, survey: Id<Survey>, place: i64) -> Result<Option<Segment>> {
    tx.one(
        sql!(Segment: "select {*} from survey_segment where survey_id = $1 and place = $2"),
        &[&survey, &place],
    )
}

pub(crate) fn segment_of_token(tx: &mut Tx<'_>, token: &str) -> Result<Option<Segment>> {
    tx.one(sql!(Segment: "select {*} from survey_segment where token = $1"), &[&token])
}

pub(crate) fn segments_of(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Segment>> {
    tx.all(
        sql!(Segment: "select {*} from survey_segment where interviewer_id = $1 order by survey_id desc, place"),
        &[&person],
    )
}

pub(crate) fn forget_segments(tx: &mut Tx<'_>, survey: Id<Survey>) -> Result<()> {
    tx.exec(sql!("delete from survey_segment where survey_id = $1"), &[&survey]).map(drop)
}

pub(crate) fn visits(tx: &mut Tx<'_>, segment: Id<Segment>) -> Result<Vec<Visit>> {
    tx.all(sql!(Visit: "select {*} from survey_visit where segment_id = $1 order by household"), &[&segment])
}

record! {
    /// Visits with one outcome by segment and interviewer. Those at which nobody was met are told apart by whether the household was
    /// left for good.
    #[derive(Clone, Debug)]
    pub struct VisitCount {
        pub segment_id: Id<Segment>,
        pub person: String,
        pub outcome: Outcome,
        pub tries: i64,
        pub count: i64,
    }
}

pub(crate) fn visit_counts(tx: &mut Tx<'_>, survey: Id<Survey>) -> Result<Vec<VisitCount>> {
    tx.all(
        sql!(VisitCount: "select segment_id, person, outcome, tries, count(*) as count from survey_visit
              where survey_id = $1 group by segment_id, person, outcome, tries order by segment_id, person, outcome, tries"),
        &[&survey],
    )
}

/// All answers: results count every one of them. A city's survey has some thousands.
pub(crate) fn answers(tx: &mut Tx<'_>, survey: Id<Survey>) -> Result<Vec<AnswerSheet>> {
    tx.all(sql!(AnswerSheet: "select {*} from survey_answer where survey_id = $1 order by id"), &[&survey])
}

/// Answers of each segment.
pub(crate) fn answer_counts(tx: &mut Tx<'_>, survey: Id<Survey>) -> Result<Vec<(i64, i64)>> {
    tx.all(
        sql!((i64, i64): "select segment_id, count(*) from survey_answer where survey_id = $1 group by segment_id"),
        &[&survey],
    )
}

/// Answers of each combination of categories.
pub(crate) fn quota_counts(tx: &mut Tx<'_>, survey: Id<Survey>) -> Result<Vec<(String, i64)>> {
    tx.all(
        sql!((String, i64): "select traits, count(*) from survey_answer where survey_id = $1 group by traits"),
        &[&survey],
    )
}

pub(crate) fn answered_like(tx: &mut Tx<'_>, survey: Id<Survey>, traits: &str) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from survey_answer where survey_id = $1 and traits = $2"),
        &[&survey, &traits],
    )
}

/// What was written, by question and in the order of chance.
pub(crate) fn words(tx: &mut Tx<'_>, survey: Id<Survey>, question: &str, most: i64) -> Result<Vec<Words>> {
    tx.all(
        sql!(Words: "select {*} from survey_words where survey_id = $1 and question = $2 order by id limit $3"),
        &[&survey, &question, &most],
    )
}

/// Words of surveys that were closed before this moment.
pub(crate) fn words_due(tx: &mut Tx<'_>, (from, until): (Instant, Instant), most: i64) -> Result<Vec<i64>> {
    let all: Vec<(i64,)> = tx.all(
        sql!((i64,): "select w.id from survey_words w join survey s on s.id = w.survey_id
              where s.closed_at >= $1 and s.closed_at < $2 order by w.id limit $3"),
        &[&from, &until, &most],
    )?;
    Ok(all.into_iter().map(|(id,)| id).collect())
}

pub(crate) fn erase_words(tx: &mut Tx<'_>, id: i64) -> Result<i64> {
    tx.erase(sql!("delete from survey_words where id = $1"), &[&id])
}

/// Whether there is such a pass.
pub(crate) fn has_pass(
    tx: &mut Tx<'_>,
    survey: Id<Survey>,
    kind: PassKind,
    hash: &KeyedHash<PassHash>,
) -> Result<bool> {
    let found: i64 = tx.value(
        sql!((i64,): "select count(*) from survey_pass where survey_id = $1 and kind = $2 and hash = $3"),
        &[&survey, &kind, hash],
    )?;
    Ok(found > 0)
}

/// Uses a code up; false where there is none.
pub(crate) fn spend(tx: &mut Tx<'_>, survey: Id<Survey>, hash: &KeyedHash<PassHash>) -> Result<bool> {
    let gone = tx.erase(
        sql!("delete from survey_pass where survey_id = $1 and kind = 'code' and hash = $2"),
        &[&survey, hash],
    )?;
    Ok(gone > 0)
}

pub(crate) fn codes_left(tx: &mut Tx<'_>, survey: Id<Survey>) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from survey_pass where survey_id = $1 and kind = 'code'"),
        &[&survey],
    )
}

/// Counts one more.
pub(crate) fn tally(tx: &mut Tx<'_>, segment: Id<Segment>, what: &str) -> Result<()> {
    tx.exec(
        sql!(
            "insert into survey_tally (segment_id, what, count) values ($1, $2, 1)
              on conflict (segment_id, what) do update set count = survey_tally.count + 1"
        ),
        &[&segment, &what],
    )
    .map(drop)
}

pub(crate) fn tallied(tx: &mut Tx<'_>, survey: Id<Survey>, what: &str) -> Result<i64> {
    tx.value(
        sql!((i64,): "select cast(coalesce(sum(count), 0) as bigint) from survey_tally
              where what = $2 and segment_id in (select id from survey_segment where survey_id = $1)"),
        &[&survey, &what],
    )
}

record! {
    struct NumberRow {
        id: i64,
        number: String,
    }
}

/// Of these ids, the numbers of those that are surveys'.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut all = Vec::new();
    for some in ids.chunks(500) {
        let mut q = Query::<NumberRow>::new("select id, number from survey");
        q.one_of("id", some);
        all.extend(tx.query(&q)?.into_iter().map(|row| (row.id, row.number)));
    }
    Ok(all)
}

/// An id of chance: it tells neither when nor in what order its row was written.
pub(crate) fn chance() -> Id<AnswerId> {
    Id::new(i64::from_be_bytes(::store::secrets::random_bytes::<8>()) & i64::MAX)
}
