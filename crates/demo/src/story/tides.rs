//! When reports come in and by which way: more on working days, in summer and after each inspection campaign.

use super::plot::DAYS;
use super::types::Source;
use crate::arith;
use crate::dice::Dice;
use crate::when::{Day, Moment};
use crate::worktime::WorkTime;

/// First day, in days before now, and length of the inspection campaigns.
const CAMPAIGNS: [(i64, i64); 5] = [(520, 14), (402, 12), (270, 16), (131, 12), (11, 12)];

/// Is an inspection campaign on, so many days before now?
fn campaign(ago: i64) -> bool {
    CAMPAIGNS.iter().any(|(first, length)| ago <= *first && ago > first - length)
}

/// So many moments of report in order, each with its source.
pub(super) fn times(dice: &mut Dice, work: &WorkTime, now: Moment, n: usize) -> Vec<(Moment, Source)> {
    let shares: Vec<f64> = (0..DAYS)
        .map(|k| {
            let ago = DAYS - 1 - k;
            let day = now.day().plus(-ago);
            let grows = 0.75 + 0.5 * arith::real_of(k) / arith::real_of(DAYS);
            let rests = if work.works(day) { 1.0 } else { 0.55 };
            let month = [0.8, 0.7, 1.0, 1.1, 1.15, 1.2, 1.15, 1.1, 1.05, 1.0, 0.95, 0.9];
            let season = month[usize::try_from(day.date().1 - 1).unwrap_or(0)];
            let stir = match ago {
                ..=4 => 7.0,
                5..=11 => 3.2,
                _ if campaign(ago) => 2.1,
                _ => 1.0,
            };
            // what a campaign stirs up goes on for a while
            let echo = if campaign(ago + 12) { 1.25 } else { 1.0 };
            grows * rests * season * stir * echo
        })
        .collect();
    let mut out = Vec::with_capacity(n);
    while out.len() < n {
        let ago = DAYS - 1 - i64::try_from(dice.weighted(&shares)).unwrap_or(0);
        let day = now.day().plus(-ago);
        let way = source(dice, work.works(day), campaign(ago));
        let at = moment(dice, day, way);
        if at < now {
            out.push((at, way));
        }
    }
    out.sort();
    out
}

fn source(dice: &mut Dice, works: bool, campaign: bool) -> Source {
    let office = if works { 1.0 } else { 0.35 };
    let inspectors = if campaign { 0.75 } else { 0.27 };
    let all = [Source::Snapshot, Source::Inspector, Source::Patrol, Source::Hotline, Source::Staff];
    all[dice.weighted(&[0.4, inspectors * office, 0.16 * office, 0.13, 0.06 * office])]
}

fn moment(dice: &mut Dice, day: Day, source: Source) -> Moment {
    // shares of the hours from 6 to 23
    let hours: [f64; 18] = match source {
        Source::Snapshot => [1., 4., 7., 5., 5., 4., 5., 3., 3., 4., 5., 6., 8., 8., 7., 5., 3., 1.],
        Source::Hotline => [0.3, 1., 5., 8., 8., 6., 3., 3., 6., 7., 7., 5., 4., 4., 3., 2., 1., 0.5],
        Source::Inspector => [0., 0., 3., 9., 10., 7., 0.5, 0.5, 5., 9., 9., 5., 1., 0.5, 0.5, 0., 0., 0.],
        Source::Patrol | Source::Staff => {
            [0., 0., 3., 9., 8., 4., 0.2, 0.3, 4., 8., 7., 3., 0.5, 0., 0., 0., 0., 0.]
        }
    };
    let hour = 6 + i64::try_from(dice.weighted(&hours)).unwrap_or(0);
    day.at(hour, dice.between(0, 59)).plus_seconds(dice.between(0, 59))
}
