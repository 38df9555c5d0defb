//! Which backups stay. Pure arithmetic over days.

use kernel::time::Date;

/// Of backups made on these days, oldest first, which are to be removed today: those older than `days`, except the newest of each
/// of the last `months` months. The newest of all always stays.
pub fn to_remove(made: &[Date], today: Date, days: i64, months: i64) -> Vec<usize> {
    let month = |d: Date| i64::from(d.year()) * 12 + i64::from(d.month());
    let age = |d: Date| (today - d).get_days();
    (0..made.len())
        .filter(|&n| {
            let day = made[n];
            let newest_of_month = made.get(n + 1).is_none_or(|next| month(*next) != month(day));
            let kept_month = newest_of_month && month(today) - month(day) < months;
            n + 1 < made.len() && i64::from(age(day)) >= days && !kept_month
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: i64) -> Date {
        let start: Date = "2025-01-01".parse().unwrap();
        (0..n).fold(start, |d, _| d.tomorrow().unwrap())
    }

    #[test]
    fn a_year_of_nights_leaves_two_weeks_and_a_year_of_months() {
        let made: Vec<Date> = (0..400).map(day).collect();
        let today = *made.last().unwrap();
        let gone = to_remove(&made, today, 14, 12);
        let left: Vec<String> =
            (0..made.len()).filter(|n| !gone.contains(n)).map(|n| made[n].to_string()).collect();
        let months = [
            "2025-03-31",
            "2025-04-30",
            "2025-05-31",
            "2025-06-30",
            "2025-07-31",
            "2025-08-31",
            "2025-09-30",
            "2025-10-31",
            "2025-11-30",
            "2025-12-31",
        ];
        assert_eq!(&left[..10], months);
        // January's newest is among the fourteen days before the fourth of February
        assert_eq!((left.len(), left[10].as_str(), left[23].as_str()), (24, "2026-01-22", "2026-02-04"));
    }

    proptest! {
        #[test]
        fn the_newest_and_the_last_days_always_stay(
            mut nights in proptest::collection::vec(0i64..900, 0..60), days in 2i64..40, months in 0i64..24, later in 0i64..50,
        ) {
            nights.sort_unstable();
            let made: Vec<Date> = nights.iter().map(|n| day(*n)).collect();
            let today = day(nights.last().copied().unwrap_or(0) + later);
            let gone = to_remove(&made, today, days, months);
            for n in &gone {
                prop_assert!(n + 1 < made.len());
                prop_assert!(i64::from((today - made[*n]).get_days()) >= days);
            }
            // once more removes nothing more
            let left: Vec<Date> = (0..made.len()).filter(|n| !gone.contains(n)).map(|n| made[n]).collect();
            prop_assert!(to_remove(&left, today, days, months).is_empty());
        }
    }
}
