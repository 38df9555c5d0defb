//! What an inspector of the demonstration sees at a point, as answers to the checklist that the point has.

use crate::dice::Dice;
use crate::pictures::Problem;
use ::fieldwork::setup;
use checklist::{Answers, Given, Place, samples};
use kernel::time::Date;

/// Two dice: the state of the point, which is the same for both of its visitors, and how one of them looks at it.
pub(super) struct Eyes<'a> {
    pub(super) point: Dice,
    pub(super) visit: &'a mut Dice,
}

impl Eyes<'_> {
    fn met(&mut self, share: f64) -> bool {
        let is = self.point.chance(share);
        if self.visit.chance(0.06) { !is } else { is }
    }

    fn said(&mut self, share: f64) -> Given {
        words(self.met(share))
    }

    fn count(&mut self, low: i64, high: i64) -> Given {
        Given::Whole(self.point.between(low, high))
    }
}

/// Answers, and the picture that belongs to them: the question, what it shows, and whether it must be there.
pub(super) struct Seen {
    pub(super) answers: Answers,
    pub(super) picture: Option<(&'static str, Problem, bool)>,
}

fn text(text: impl Into<String>) -> Given {
    Given::Text(text.into())
}

fn words(met: bool) -> Given {
    text(if met { "met" } else { "unmet" })
}

fn row<const N: usize>(given: [(&str, Given); N]) -> Answers {
    Answers { given: given.map(|(name, given)| (name.to_owned(), given)).into(), ..Answers::default() }
}

/// What is worst among three things that may be wrong.
fn worst(met: [bool; 3], shown: [Problem; 3]) -> Option<Problem> {
    met.into_iter().zip(shown).find(|(met, _)| !met).map(|(_, problem)| problem)
}

/// None for a checklist that the demonstration does not know.
pub(super) fn of(code: &str, mut eyes: Eyes<'_>, day: Date, (lng, lat): (f64, f64)) -> Option<Seen> {
    if code == setup::general().code {
        Some(general(&mut eyes))
    } else if code == samples::market().code {
        Some(market(&mut eyes, day, (lng, lat)))
    } else if code == samples::bus().code {
        Some(Seen { answers: bus(&mut eyes), picture: None })
    } else {
        None
    }
}

fn general(eyes: &mut Eyes<'_>) -> Seen {
    let met = [eyes.met(0.82), eyes.met(0.82), eyes.met(0.82)];
    let [clean, orderly, way] = met.map(words);
    let staff = eyes.said(0.82);
    let notices = eyes.count(0, 5);
    let given =
        [("clean", clean), ("orderly", orderly), ("way", way), ("staff", staff), ("notices", notices)];
    let worst = worst(met, [Problem::Rubbish, Problem::Bikes, Problem::Clutter]);
    Seen { answers: row(given), picture: worst.map(|shown| ("picture", shown, false)) }
}

fn market(eyes: &mut Eyes<'_>, day: Date, (lng, lat): (f64, f64)) -> Seen {
    let met = [eyes.met(0.75), eyes.met(0.7), eyes.met(0.9)];
    let [floor, stalls, fire_lane] = met.map(words);
    let toilet = ["A", "B", "B", "C", "D"][eyes.point.below(5)];
    let mut answers = row([
        ("visited_on", text(day.to_string())),
        ("light", text("day")),
        ("floor", floor),
        ("stalls", stalls),
        ("fire_lane", fire_lane),
        ("toilet", text(toilet)),
        ("scales", eyes.count(0, 2)),
    ]);
    // along the front, some twenty metres from one to the next
    let notices = (0..eyes.point.between(3, 6)).map(|n| {
        let lng = lng + 0.000_24 * f64::from(i32::try_from(n).unwrap_or_default());
        let place = Place { lat, lng, altitude: None, accuracy: Some(5.0) };
        row([("notice_at", Given::Place(place)), ("notice_whole", eyes.said(0.9))])
    });
    let notices: Vec<Answers> = notices.collect();
    let asked = (0..5).map(|_| row([("knows", eyes.said(0.7))])).collect();
    answers.rows = [("notices".to_owned(), notices), ("asked".to_owned(), asked)].into();
    // what is not met wants a picture there
    let worst = worst(met, [Problem::Puddle, Problem::Stall, Problem::Clutter]);
    Seen { answers, picture: worst.map(|shown| ("order_photo", shown, true)) }
}

fn bus(eyes: &mut Eyes<'_>) -> Answers {
    let first = eyes.point.between(1, 12);
    let lines = (0..3).map(|n| {
        let number = first + 6 * n;
        let stops = (1..=5).map(|stop| {
            row([
                ("stop", text(format!("{number}路第{stop}站"))),
                ("clean", eyes.said(0.85)),
                ("map_right", eyes.said(0.9)),
                // two of them would want a picture of each stop
                ("ads", eyes.count(0, 1)),
            ])
        });
        let stops: Vec<Answers> = stops.collect();
        let driver = ["A", "A", "B", "B", "C"][eyes.point.below(5)];
        let mut line = row([("line", text(format!("{number}路"))), ("driver", text(driver))]);
        line.rows = [("stops".to_owned(), stops)].into();
        line
    });
    let lines: Vec<Answers> = lines.collect();
    let mut answers = row([("lines_wanted", Given::Whole(3)), ("ads_why", text("站台只有一块广告位"))]);
    answers.rows = [("lines".to_owned(), lines)].into();
    answers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_seen_can_be_handed_in() {
        let day = kernel::time::parse_date("2026-11-30").unwrap();
        for list in [setup::general(), samples::market(), samples::bus()] {
            let mut pictures = 0;
            for seed in 0..40 {
                let mut visit = Dice::of(seed, "visit");
                let eyes = Eyes { point: Dice::of(seed, "point"), visit: &mut visit };
                let mut seen = of(&list.code, eyes, day, (98.28, 39.77)).unwrap();
                if let Some((question, _, true)) = seen.picture {
                    seen.answers.given.insert(question.to_owned(), Given::List(vec!["a.jpg".to_owned()]));
                    pictures += 1;
                }
                let settled = list.settle(&seen.answers, day);
                assert!(settled.faults.is_empty(), "{} {seed}: {:?}", list.code, settled.faults);
                assert!(settled.aside.given.is_empty(), "{} {seed}: {:?}", list.code, settled.aside);
                assert!(!list.observe(&settled.answers, day).is_empty());
            }
            assert_eq!(pictures > 0, list.code == "market");
        }
        assert!(
            of("moon", Eyes { point: Dice::new(1), visit: &mut Dice::new(2) }, day, (0.0, 0.0)).is_none()
        );
    }
}
