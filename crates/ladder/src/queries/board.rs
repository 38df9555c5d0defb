//! The office's page, the dry run, and what a unit owes.

use super::list::{Filter, LetterLine, Show, count};
use crate::climb::{self, Ready};
use crate::policy::{Act, POLICY};
use crate::rules::{Doing, LADDER};
use crate::sources::Desk;
use crate::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;
use kernel::workflow::Named;
use store::{Query, Tx, record};

record! {
    /// A promise of a talk that has not been kept yet.
    #[derive(Clone, Debug)]
    pub struct Promise {
        pub code: String,
        pub number: Option<String>,
        pub text: String,
        pub due: Date,
    }
}

/// What waits where.
#[derive(Clone, Debug)]
pub struct Board {
    /// One count for each kind of list, in the order of [`Show`].
    pub counts: Vec<(Show, i64)>,
    /// Undertakings that are open, what is due next first.
    pub promises: Vec<Promise>,
}

/// Counts only what has not ended: the register's size does not matter.
pub fn board(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Board> {
    let mut counts = Vec::new();
    for show in Show::ALL.iter().filter(|s| !matches!(s, Show::Ended | Show::Open)) {
        counts.push((*show, count(ctx, tx, &Filter { show: Some(*show), ..Filter::default() })?));
    }
    let mut q = Query::<Promise>::new(
        "select code, number, u.text, due from ladder_undertaking u join ladder_letter l on l.id = u.letter_id",
    );
    q.filter("u.done_at is null and l.state = ?", &[&State::Held]);
    super::list::visible(ctx, &mut q);
    q.tail("order by due, u.id limit 30", &[]);
    Ok(Board { counts, promises: tx.query(&q)? })
}

/// Subjects looked at for a dry run. A city with more deadlines running at a time sees that it is not all.
const LOOKED_AT: i64 = 20_000;

/// What would be issued or proposed now of what this person may see, also while the ladder is off, and whether everything
/// was looked at.
pub fn dry_run(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk) -> Result<(Vec<Ready>, bool)> {
    let ladder = LADDER.get(tx)?;
    let (mut all, mut whole) = (Vec::new(), true);
    for source in desk.sources.all() {
        let (ready, next) = climb::look(tx, desk, &ladder, source.as_ref(), 0, LOOKED_AT)?;
        all.extend(ready.into_iter().filter(|r| r.doing == Doing::Issue));
        whole &= next.is_none();
    }
    all.retain(|r| POLICY.may(ctx, Act::View, &r.subject.standing()));
    Ok((all, whole))
}

/// What a unit owes, most urgent first.
#[derive(Clone, Debug, Default)]
pub struct UnitLetters {
    pub lines: Vec<LetterLine>,
}

/// Letters to these units that nobody has read or that want an answer.
pub fn unit_letters(ctx: &Ctx, tx: &mut Tx<'_>, units: &[Id<Unit>]) -> Result<UnitLetters> {
    let mut q = Query::<LetterLine>::new("select {*} from ladder_letter");
    q.one_of("unit_id", units)
        .one_of("state", &[State::Issued, State::Acknowledged])
        .filter("state = ? or answer_by is not null", &[&State::Issued]);
    super::list::visible(ctx, &mut q);
    q.tail("order by (case when answer_by is null then 1 else 0 end), answer_by, id limit 50", &[]);
    Ok(UnitLetters { lines: tx.query(&q)? })
}
