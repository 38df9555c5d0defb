//! Rows of questions to reporters.

use crate::model::{Case, Question, QuestionState};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Tx, sql};

/// All of a case, oldest first.
pub fn questions(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Question>> {
    tx.all(sql!(Question: "select {*} from case_question where case_id = $1 order by id"), &[&id])
}

/// The one that somebody still has to do something about.
pub fn open_question(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Option<Question>> {
    tx.one(
        sql!(Question: "select {*} from case_question where case_id = $1 and state in ('wished', 'asked')
             order by id desc limit 1"),
        &[&id],
    )
}

/// The case has moved on: what was open is not any more.
pub fn withdraw_questions(tx: &mut Tx<'_>, id: Id<Case>, at: Instant) -> Result<()> {
    tx.exec(
        sql!(
            "update case_question set state = $2, ended_at = $3, version = version + 1
              where case_id = $1 and state in ('wished', 'asked')"
        ),
        &[&id, &QuestionState::Withdrawn, &at],
    )
    .map(drop)
}

/// Questions that wait for reporters, a page at a time, after the one with this id.
pub fn asked_questions(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Question>> {
    tx.all(
        sql!(Question: "select {*} from case_question where state = 'asked' and id > $1 order by id limit $2"),
        &[&after, &limit],
    )
}
