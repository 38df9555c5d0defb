//! What is wrong on a stretch, and what has just been put right there, as everybody may see it.

use crate::model::{Adoption, Section};
use ::store::Tx;
use cases::model::Case;
use cases::queries::Filter;
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::problem::Result;

/// Published cases of a stretch.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// The newest first.
    pub open: Vec<Case>,
    /// The latest closed first.
    pub solved: Vec<Case>,
}

/// Most shown of each.
const SHOWN: usize = 10;

/// The newest of a section are looked at; what is older than a page of them is in the list of all cases.
pub fn problems(ctx: &Ctx, tx: &mut Tx<'_>, section: &Section, adoption: &Adoption) -> Result<Problems> {
    // the program itself looks, and shows only what is published
    let eyes = Ctx::system(ctx.city.clone(), "streets", ctx.now);
    let mut of = |states: Vec<State>| -> Result<Vec<Case>> {
        let filter = Filter { section: Some(section.id), states, ..Filter::default() };
        let mut found = Vec::new();
        for line in cases::queries::list(&eyes, tx, &filter, None)?.rows {
            let case = cases::queries::public_case(tx, &line.number)?;
            found.extend(case.filter(|c| c.along_m.is_some_and(|m| adoption.covers(m))));
        }
        Ok(found)
    };
    let mut open = of(State::open())?;
    let mut solved = of(vec![State::Closed])?;
    solved.sort_by_key(|c| std::cmp::Reverse(c.closed_at));
    open.truncate(SHOWN);
    solved.truncate(SHOWN);
    Ok(Problems { open, solved })
}
