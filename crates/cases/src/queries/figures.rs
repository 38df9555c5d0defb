//! Numbers for the public home page and for the chart of the office's page.

use super::filter::{end_of, visible};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{DAY, HOUR, Instant};
use store::{Query, Tx, sql};

/// How the city did this month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub reported: i64,
    pub solved: i64,
    pub due: i64,
    pub on_time: i64,
}

/// Reads the month's entries of three indexes: some ten thousand of a city with a million cases, hence kept for a
/// minute by whoever shows them to everybody.
pub fn figures(tx: &mut Tx<'_>) -> Result<Figures> {
    let today = tx.now().date();
    let (month, tonight) = (Instant::start_of(today.first_of_month()), end_of(today));
    Ok(Figures {
        reported: tx
            .value(sql!((i64,): "select count(*) from case_file where reported_at >= $1"), &[&month])?,
        solved: tx.value(
            sql!((i64,): "select count(*) from case_file where closed_at >= $1 and state = 'closed'"),
            &[&month],
        )?,
        due: tx.value(
            sql!((i64,): "select count(*) from case_file where due_at >= $1 and due_at < $2 and state not in
                 ('voided', 'merged', 'refused', 'parked', 'unclear', 'inquired', 'disputed', 'split')"),
            &[&month, &tonight],
        )?,
        on_time: tx.value(
            sql!((i64,): "select count(*) from case_file where due_at >= $1 and due_at < $2 and on_time = 1
                 and state = 'closed'"),
            &[&month, &tonight],
        )?,
    })
}

/// Days since 1970 in China, and how many cases came in or were closed on each.
pub type Days = Vec<(i64, i64)>;

/// Reported and closed by day, from `from` on. Reads that time's cases: they are what the chart counts.
pub fn by_day(ctx: &Ctx, tx: &mut Tx<'_>, from: Instant) -> Result<(Days, Days)> {
    let mut count = |column: &str| {
        // whole numbers divide without a rest on both engines
        let day = format!("({column} + {}) / {DAY}", 8 * HOUR);
        let mut q = Query::<(i64, i64)>::new(&format!("select {day}, count(*) from case_file"));
        q.filter(&format!("{column} >= ?"), &[&from]);
        visible(ctx, &mut q);
        q.tail(&format!("group by {day} order by 1"), &[]);
        tx.query(&q)
    };
    Ok((count("reported_at")?, count("closed_at")?))
}
