//! Rows of answers to further questions.

use crate::catalogue::extras::{ExtraId, NewAnswer, NewExtra};
use crate::catalogue::store as catalogue;
use crate::model::Case;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::HashMap;
use store::{Query, Sealed, Tx, record, sealed_columns, sql};

sealed_columns! {
    pub ExtraValue = "case_extra"."value" of "id";
}

record! {
    #[derive(Clone, Debug)]
    struct AnswerRow in "case_extra" {
        id: Id<AnswerRow>,
        case_id: Id<Case>,
        extra_id: Id<ExtraId>,
        personal: bool,
        value: Sealed<ExtraValue>,
    }
}

/// A question with what was answered, in the words of its day.
#[derive(Clone, Debug)]
pub struct Answered {
    pub case: Id<Case>,
    pub asked: NewExtra,
    pub value: String,
}

pub fn keep_answers(tx: &mut Tx<'_>, case: Id<Case>, answers: &[NewAnswer]) -> Result<()> {
    for answer in answers {
        let row = AnswerRow {
            id: tx.new_id(),
            case_id: case,
            extra_id: answer.extra,
            personal: answer.personal,
            value: answer.value.as_str().into(),
        };
        tx.insert(&row)?;
    }
    Ok(())
}

/// Gives a part what its parent's reporter answered, but for what says who they are.
pub fn copy_answers(tx: &mut Tx<'_>, from: Id<Case>, to: Id<Case>) -> Result<()> {
    let rows = tx.all(
        sql!(AnswerRow: "select {*} from case_extra where case_id = $1 and personal = 0 order by id"),
        &[&from],
    )?;
    rows.into_iter().try_for_each(|row| {
        let id = tx.new_id();
        tx.insert(&AnswerRow { id, case_id: to, ..row })
    })
}

/// What was answered to these cases, by case and in the order of the questions.
pub fn answers(tx: &mut Tx<'_>, cases: &[Id<Case>]) -> Result<Vec<Answered>> {
    let mut rows: Vec<AnswerRow> = Vec::new();
    for some in cases.chunks(500) {
        let mut q = Query::<AnswerRow>::new("select {*} from case_extra");
        q.one_of("case_id", some).tail("order by case_id, id", &[]);
        rows.extend(tx.query(&q)?);
    }
    let mut wanted: Vec<Id<ExtraId>> = rows.iter().map(|r| r.extra_id).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let known: HashMap<Id<ExtraId>, NewExtra> = catalogue::extras(tx, &wanted)?.into_iter().collect();
    let whole = |row: AnswerRow| {
        let asked = known.get(&row.extra_id)?.clone();
        Some(Answered { case: row.case_id, asked, value: row.value.into_string() })
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}
