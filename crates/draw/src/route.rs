//! In which order points are visited: nearest neighbour, then 2-opt, by straight metres. The way begins where it ends cheapest.

/// Metres east and north of some place.
pub type Spot = (f64, f64);

fn metres(a: Spot, b: Spot) -> f64 {
    ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt()
}

/// Length of the way in this order, in metres.
pub fn length(spots: &[Spot], order: &[usize]) -> f64 {
    order.windows(2).map(|pair| metres(spots[pair[0]], spots[pair[1]])).sum()
}

/// From this one on, always to the nearest that is left; of equals the earlier.
fn nearest(spots: &[Spot], start: usize) -> Vec<usize> {
    let mut left: Vec<usize> = (0..spots.len()).filter(|n| *n != start).collect();
    let mut order = vec![start];
    let mut here = start;
    while !left.is_empty() {
        let away = |n: usize| metres(spots[here], spots[n]);
        let at = (0..left.len()).min_by(|a, b| away(left[*a]).total_cmp(&away(left[*b]))).unwrap_or(0);
        here = left.remove(at);
        order.push(here);
    }
    order
}

/// Most starting points that are tried.
const STARTS: usize = 24;

/// An open way through all spots; their places in the list, in order.
pub fn tour(spots: &[Spot]) -> Vec<usize> {
    let mut best: Vec<usize> = (0..spots.len()).collect();
    if spots.len() < 3 {
        return best;
    }
    let step = spots.len().div_ceil(STARTS);
    for start in (0..spots.len()).step_by(step) {
        let mut order = nearest(spots, start);
        two_opt(spots, &mut order);
        if length(spots, &order) + 0.01 < length(spots, &best) {
            best = order;
        }
    }
    best
}

/// Turns parts of the way round while that makes it shorter by a centimetre.
fn two_opt(spots: &[Spot], order: &mut [usize]) {
    let n = order.len();
    let at = |order: &[usize], n: usize| spots[order[n]];
    let mut better = true;
    while better {
        better = false;
        for from in 0..n - 1 {
            for to in from + 1..n {
                // the way is open: a part at an end has one edge only
                let mut change = 0.0;
                if from > 0 {
                    change += metres(at(order, from - 1), at(order, to))
                        - metres(at(order, from - 1), at(order, from));
                }
                if to + 1 < n {
                    change +=
                        metres(at(order, from), at(order, to + 1)) - metres(at(order, to), at(order, to + 1));
                }
                if change < -0.01 {
                    order[from..=to].reverse();
                    better = true;
                }
            }
        }
    }
}

/// The way cut into so many days of about the same number of points, each put into its own best order.
pub fn days(spots: &[Spot], days: usize) -> Vec<Vec<usize>> {
    let whole = tour(spots);
    let days = days.max(1);
    let mut parts = Vec::with_capacity(days);
    let (mut from, mut left) = (0, whole.len());
    for day in 0..days {
        let take = left.div_ceil(days - day);
        let part = &whole[from..from + take];
        let own: Vec<Spot> = part.iter().map(|n| spots[*n]).collect();
        parts.push(tour(&own).into_iter().map(|n| part[n]).collect());
        from += take;
        left -= take;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn points_in_a_row_are_visited_in_a_row() {
        let spots: Vec<Spot> = [3.0, 0.0, 4.0, 1.0, 2.0].into_iter().map(|x| (x * 100.0, 0.0)).collect();
        let order = tour(&spots);
        assert!((length(&spots, &order) - 400.0).abs() < 1e-6, "{order:?}");
        assert_eq!(tour(&[]), Vec::<usize>::new());
        assert_eq!(tour(&[(1.0, 1.0)]), [0]);
    }

    #[test]
    fn days_are_even() {
        let spots: Vec<Spot> = (0..7).map(|n| (f64::from(n) * 10.0, 0.0)).collect();
        let parts = days(&spots, 3);
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2, 2]);
        assert_eq!(days(&spots, 0).len(), 1);
        assert_eq!(days(&spots[..1], 3).iter().map(Vec::len).sum::<usize>(), 1);
    }

    proptest! {
        #[test]
        fn every_point_once_and_no_longer_than_the_nearest_neighbour(
            spots in prop::collection::vec((-5000.0..5000.0f64, -5000.0..5000.0f64), 1..40), count in 1usize..5,
        ) {
            let order = tour(&spots);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..spots.len()).collect::<Vec<_>>());
            prop_assert!(length(&spots, &order) <= length(&spots, &nearest(&spots, 0)) + 0.1);
            prop_assert_eq!(&tour(&spots), &order);
            let mut all: Vec<usize> = days(&spots, count).into_iter().flatten().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..spots.len()).collect::<Vec<_>>());
        }
    }
}
