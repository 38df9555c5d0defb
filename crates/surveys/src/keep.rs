//! How long surveys are kept. Questionnaires, samples and answers stay: answers tell of nobody, and later rounds are compared with them.
//! What people wrote in their own words goes half a year after the survey has ended.

use crate::store as rows;
use ::store::Tx;
use ::store::keep::{Days, Due, Goes, Keep, Stays, Way, stays};
use kernel::ctx::Ctx;
use kernel::problem::Result;

const WORDS: Keep = Keep {
    key: "survey-words",
    tables: &["survey_words"],
    days: Days::new(184, 30, 1825),
    goes: Goes::Row,
    laws: &["pipl-19", "pipl-47"],
    way: Way::Daily { count: due_count, erase },
};

pub(crate) const KEEPS: &[&Keep] = &[&WORDS];

pub(crate) const STAYS: &[Stays] = &[
    stays("survey", "surveys"),
    stays("survey_segment", "surveys"),
    stays("survey_visit", "surveys"),
    stays("survey_answer", "survey-answers"),
    stays("survey_pass", "survey-passes"),
    stays("survey_tally", "surveys"),
];

fn due_count(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let all = rows::words_due(tx, (due.from(), due.until), i64::MAX)?;
    Ok(i64::try_from(all.len()).unwrap_or(i64::MAX))
}

fn erase(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let mut erased = 0;
    for id in rows::words_due(tx, (due.from(), due.until), most)? {
        erased += rows::erase_words(tx, id)?;
    }
    Ok(erased)
}
