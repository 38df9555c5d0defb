//! What somebody answers, held against what is asked.

use super::{BETWEEN, Extra, ExtraId, ExtraKind, NewExtra};
use kernel::id::Id;
use kernel::problem::FieldError;

/// Longest answer in words, in characters.
pub const ANSWER: usize = 500;
/// Numbers must lie below this, on either side of nought.
const LARGEST: f64 = 1e12;

/// Whether what must be answered has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Yes.
    All,
    /// No: whoever sent it was not asked, because there was no signal. What is answered must fit all the same.
    Given,
}

/// An answer that fits its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnswer {
    pub extra: Id<ExtraId>,
    pub personal: bool,
    pub value: String,
}

impl NewExtra {
    /// The answer as it is kept; none for a blank one.
    fn read(&self, given: &[String]) -> Result<Option<String>, &'static str> {
        let given: Vec<&str> = given.iter().map(|g| g.trim()).filter(|g| !g.is_empty()).collect();
        let Some(first) = given.first() else { return Ok(None) };
        let one_of = |text: &str| self.options().contains(&text);
        match self.kind {
            ExtraKind::Text if first.chars().count() > ANSWER => Err("too-long"),
            ExtraKind::Text => Ok(Some((*first).to_owned())),
            ExtraKind::Number => match first.replace(',', ".").parse::<f64>() {
                // nought is never written with a sign
                Ok(number) if number.abs() < LARGEST => Ok(Some((number + 0.0).to_string())),
                _ => Err("not-a-number"),
            },
            ExtraKind::One | ExtraKind::YesNo if one_of(first) => Ok(Some((*first).to_owned())),
            ExtraKind::One | ExtraKind::YesNo => Err("not-a-choice"),
            // a form sends each by itself, a file all in one
            ExtraKind::Several => {
                let all: Vec<&str> = given.iter().flat_map(|g| g.split(BETWEEN)).map(str::trim).collect();
                if !all.iter().all(|text| one_of(text)) {
                    return Err("not-a-choice");
                }
                let chosen = self.options().into_iter().filter(|option| all.contains(option));
                Ok(Some(chosen.collect::<Vec<_>>().join(&BETWEEN.to_string())))
            }
        }
    }

    /// Whether it is asked after these answers, by code.
    fn is_asked(&self, answers: &[(&str, String)]) -> bool {
        let Some((code, wanted)) = &self.after else { return true };
        answers.iter().any(|(of, value)| of == code && value.split(BETWEEN).any(|v| v == wanted))
    }
}

/// Which of the questions are asked after what was given so far; each with what was given.
pub fn asked<'e>(extras: &'e [Extra], given: &dyn Fn(&str) -> Vec<String>) -> Vec<(&'e Extra, Vec<String>)> {
    let mut known: Vec<(&str, String)> = Vec::new();
    let mut out = Vec::new();
    for extra in extras {
        if !extra.asked.is_asked(&known) {
            continue;
        }
        let values = given(&extra.asked.code);
        if let Ok(Some(value)) = extra.asked.read(&values) {
            known.push((&extra.asked.code, value));
        }
        out.push((extra, values));
    }
    out
}

/// The answers, or every fault at once. Answers to questions that are not asked are left out. `name` says what the fields are
/// called by whoever sent them.
///
/// # Errors
/// `required`, `too-long` (characters), `not-a-number`, `not-a-choice`, each at its field.
pub fn check(
    extras: &[Extra],
    demand: Demand,
    given: &dyn Fn(&str) -> Vec<String>,
    name: &dyn Fn(&str) -> String,
) -> Result<Vec<NewAnswer>, Vec<FieldError>> {
    let (mut answers, mut faults) = (Vec::new(), Vec::new());
    for (extra, values) in asked(extras, given) {
        let asked = &extra.asked;
        match asked.read(&values) {
            Ok(Some(value)) => {
                answers.push(NewAnswer { extra: extra.id, personal: asked.personal, value });
            }
            Ok(None) if asked.required && demand == Demand::All => {
                faults.push(FieldError::new(name(&asked.code), "required"));
            }
            Ok(None) => {}
            Err(code) => {
                let fault = FieldError::new(name(&asked.code), code);
                faults.push(if code == "too-long" { fault.arg("max", ANSWER) } else { fault });
            }
        }
    }
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::extras::cell;
    use proptest::prelude::*;

    const CELL: &str = "flooded|yes-no|required|open|路面有积水吗||\n\
                        depth|number|required|open|积水有多深|厘米=cm|flooded=yes\n\
                        what|several|optional|open|哪些受影响|行人/车辆=cars/商铺|\n\
                        who|text|optional|personal|怎么称呼您||";

    fn set() -> Vec<Extra> {
        let of = |(id, asked): (i64, NewExtra)| Extra { id: Id::new(id), item: Id::new(1), asked };
        (1..).zip(cell::read(CELL).unwrap()).map(of).collect()
    }

    fn given_by<'g>(given: &'g [(&str, &str)]) -> impl Fn(&str) -> Vec<String> + 'g {
        |code: &str| given.iter().filter(|(of, _)| *of == code).map(|(_, v)| (*v).to_owned()).collect()
    }

    fn answered(demand: Demand, given: &[(&str, &str)]) -> Result<Vec<String>, Vec<(String, &'static str)>> {
        check(&set(), demand, &given_by(given), &|code| format!("q_{code}"))
            .map(|answers| answers.into_iter().map(|a| a.value).collect())
            .map_err(|faults| faults.into_iter().map(|f| (f.field.into_owned(), f.code)).collect())
    }

    #[test]
    fn what_is_not_asked_is_not_missing() {
        let all = |given: &[(&str, &str)]| answered(Demand::All, given);
        assert_eq!(all(&[("flooded", "no")]), Ok(vec!["no".to_owned()]));
        // an answer to what was not asked is left out
        assert_eq!(all(&[("flooded", "no"), ("depth", "30")]), Ok(vec!["no".to_owned()]));
        assert_eq!(all(&[("flooded", "yes")]), Err(vec![("q_depth".to_owned(), "required")]));
        assert_eq!(all(&[]), Err(vec![("q_flooded".to_owned(), "required")]));
        // whoever had no signal was asked nothing; what they wrote must fit all the same
        assert_eq!(answered(Demand::Given, &[]), Ok(Vec::new()));
        let wrong = answered(Demand::Given, &[("flooded", "perhaps")]);
        assert_eq!(wrong, Err(vec![("q_flooded".to_owned(), "not-a-choice")]));
    }

    #[test]
    fn answers_fit_their_kind() {
        let yes = |more: &[(&'static str, &'static str)]| {
            answered(Demand::All, &[&[("flooded", "yes"), ("depth", "30,5")][..], more].concat())
        };
        let answers = yes(&[("what", "商铺"), ("what", "行人"), ("who", "王")]).unwrap();
        assert_eq!(answers, ["yes", "30.5", "行人、商铺", "王"]);
        assert_eq!(yes(&[("what", "行人、商铺")]).unwrap()[2], "行人、商铺");
        assert_eq!(yes(&[("what", "飞机")]), Err(vec![("q_what".to_owned(), "not-a-choice")]));
        for number in ["很深", "inf", "NaN", "1e13", "1 000"] {
            assert_eq!(
                answered(Demand::All, &[("flooded", "yes"), ("depth", number)]),
                Err(vec![("q_depth".to_owned(), "not-a-number")]),
                "{number}"
            );
        }
        let nought = answered(Demand::All, &[("flooded", "yes"), ("depth", "-0")]);
        assert_eq!(nought.unwrap()[1], "0");
        let long = "长".repeat(501);
        assert_eq!(
            answered(Demand::All, &[("flooded", "no"), ("who", &long)]),
            Err(vec![("q_who".to_owned(), "too-long")])
        );
    }

    proptest! {
        /// Whatever is sent: no panic, and only answers to what was asked are kept, each one that its question takes.
        #[test]
        fn answers_to_what_was_not_asked_are_never_kept(
            given in proptest::collection::vec(
                (
                    prop_oneof![Just("flooded"), Just("depth"), Just("what"), Just("who"), Just("else")],
                    prop_oneof![Just("yes".to_owned()), Just("no".to_owned()), Just("行人、车辆".to_owned()), "-?[0-9]{0,14}[.,]?[0-9]{0,3}", "\\PC{0,12}"],
                ),
                0..8,
            ),
            lenient: bool,
        ) {
            let set = set();
            let of = |code: &str| -> Vec<String> {
                given.iter().filter(|(c, _)| *c == code).map(|(_, v)| v.clone()).collect()
            };
            let demand = if lenient { Demand::Given } else { Demand::All };
            let open: Vec<Id<ExtraId>> = asked(&set, &of).iter().map(|(e, _)| e.id).collect();
            match check(&set, demand, &of, &str::to_owned) {
                Ok(answers) => {
                    for answer in &answers {
                        prop_assert!(open.contains(&answer.extra));
                        let extra = set.iter().find(|e| e.id == answer.extra).unwrap();
                        // what is kept is read again as itself
                        prop_assert_eq!(extra.asked.read(std::slice::from_ref(&answer.value)), Ok(Some(answer.value.clone())));
                        prop_assert_eq!(answer.personal, extra.asked.personal);
                    }
                    let flooded = answers.iter().any(|a| a.extra == set[0].id && a.value == "yes");
                    prop_assert!(flooded || answers.iter().all(|a| a.extra != set[1].id));
                    prop_assert!(lenient || answers.iter().any(|a| a.extra == set[0].id));
                }
                Err(faults) => {
                    prop_assert!(!faults.is_empty());
                    prop_assert!(faults.iter().all(|f| set.iter().any(|e| e.asked.code == f.field)));
                }
            }
        }
    }
}
