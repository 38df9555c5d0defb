//! The office's page, the dry run, and what a unit owes.

use super::list::{Filter, LetterLine, Show, count};
use crate::climb::{self, Ready};
use crate::model::{Undertaking, UndertakingText};
use crate::policy::{Act, POLICY};
use crate::rules::{Doing, LADDER};
use crate::sources::Desk;
use crate::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use store::{Query, Sealed, Tx, record};
use web::list::Cursor;

record! {
    /// A promise of a talk that has not been kept yet.
    #[derive(Clone, Debug)]
    pub struct Promise {
        pub id: Id<Undertaking>,
        pub code: String,
        pub number: Option<String>,
        pub text: Sealed<UndertakingText>,
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
        "select u.id, code, number, u.text, due from ladder_undertaking u join ladder_letter l on l.id = u.letter_id",
    );
    q.filter("u.done_at is null and l.state = ?", &[&State::Held]);
    super::list::visible(ctx, &mut q);
    q.tail("order by due, u.id limit 30", &[]);
    Ok(Board { counts, promises: tx.query(&q)? })
}

/// Subjects looked at in one question, and at a time.
const LOOKED_AT: usize = 2000;
const PAGE: i64 = 250;

/// Where a list of what is due goes on: a source's code and a place among what runs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuePlace {
    pub kind: String,
    pub at: Cursor,
}

impl DuePlace {
    /// What [`Display`](std::fmt::Display) has written.
    pub fn parse(text: &str) -> Result<Option<Self>> {
        let Some((kind, at)) = text.split_once('.') else {
            return if text.is_empty() { Ok(None) } else { Err(Problem::field("after", "not-a-cursor")) };
        };
        let at = Cursor::parse(at)?.ok_or_else(|| Problem::field("after", "not-a-cursor"))?;
        Ok(Some(Self { kind: kind.to_owned(), at }))
    }
}

impl std::fmt::Display for DuePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.kind, self.at)
    }
}

/// What would be issued or proposed now.
#[derive(Clone, Debug, Default)]
pub struct Due {
    pub ready: Vec<Ready>,
    /// Where to look further: there may be more, also where nothing was found.
    pub next: Option<DuePlace>,
}

/// What would be issued or proposed now of what this person may see, also while the ladder is off: what is due first before
/// others, some `size` of it. Costs what is asked for: however much runs, no more than [`LOOKED_AT`] are looked at.
pub fn dry_run(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    after: Option<&DuePlace>,
    size: usize,
) -> Result<Due> {
    let ladder = LADDER.get(tx)?;
    let (mut due, mut looked) = (Due::default(), 0);
    if let Some(place) = after {
        desk.sources.of(&place.kind).map_err(|_| Problem::field("after", "not-a-cursor"))?;
    }
    let mut sources = desk.sources.all().skip_while(|s| after.is_some_and(|a| a.kind != s.kind()));
    let mut start = after.map(|a| a.at);
    for source in sources.by_ref() {
        let mut at = start.take();
        loop {
            let (ready, next) = climb::look(tx, desk, &ladder, source.as_ref(), at, PAGE)?;
            for one in ready.into_iter().filter(|r| r.doing == Doing::Issue) {
                if !POLICY.may(ctx, Act::View, &one.subject.standing()) {
                    continue;
                }
                // the steps of one subject stay together
                if due.ready.len() >= size && due.ready.last().is_some_and(|l| l.subject.id != one.subject.id)
                {
                    let last = due.ready.last().and_then(|last| climb::place(&last.subject));
                    due.next = last.map(|at| DuePlace { kind: source.kind().to_owned(), at });
                    return Ok(due);
                }
                due.ready.push(one);
            }
            let Some(next) = next else { break };
            looked += usize::try_from(PAGE).unwrap_or(0);
            if looked >= LOOKED_AT {
                due.next = Some(DuePlace { kind: source.kind().to_owned(), at: next });
                return Ok(due);
            }
            at = Some(next);
        }
    }
    Ok(due)
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
