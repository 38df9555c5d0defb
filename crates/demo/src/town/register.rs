//! The adoption register: who answers for which stretch, with a few faults for the check to find.

use super::names;
use super::types::{Adoption, Division, Fault, RoadClass, Section, Unit, UnitKind};
use crate::arith;
use crate::dice::Dice;
use crate::when::Day;

const GAPS: usize = 3;
const OVERLAPS: usize = 2;
const REPLACED: usize = 22;

/// The register of a seed as it stands on `today`, with the faults in force on that day.
pub(super) fn build(
    seed: u64,
    today: Day,
    sections: &[Section],
    divisions: &[Division],
    units: &[Unit],
) -> (Vec<Adoption>, Vec<Fault>) {
    let mut clerk = Clerk { dice: Dice::of(seed, "register"), today, units, rows: Vec::new() };
    let mut order: Vec<usize> =
        (0..sections.len()).filter(|i| (300.0..1_500.0).contains(&sections[*i].length_m)).collect();
    clerk.dice.shuffle(&mut order);
    let faulty = &order[..GAPS + OVERLAPS];
    let mut faults = Vec::new();
    for (i, section) in sections.iter().enumerate() {
        let office = divisions.iter().find(|d| d.code.len() == 9 && section.division.starts_with(&d.code));
        let office = office.and_then(|d| units.iter().position(|u| u.division.as_ref() == Some(&d.code)));
        match faulty.iter().position(|f| *f == i) {
            Some(k) => faults.push(clerk.faulty(i, section, k)),
            None => clerk.sound(i, section, office),
        }
    }
    let settled: Vec<usize> =
        (0..clerk.rows.len()).filter(|r| !faulty.contains(&clerk.rows[*r].section)).collect();
    clerk.replace(settled);
    (clerk.rows, faults)
}

struct Clerk<'a> {
    dice: Dice,
    today: Day,
    units: &'a [Unit],
    rows: Vec<Adoption>,
}

impl Clerk<'_> {
    /// A first of January, March or July, 20 to 44 months back.
    fn start(&mut self) -> Day {
        let (year, _, _) = self.today.plus(-self.dice.between(620, 1_340)).date();
        Day::of(year, *self.dice.pick(&[1, 3, 7]), 1)
    }

    /// A unit that may adopt a street, other than `but`.
    fn adopter(&mut self, but: Option<usize>) -> usize {
        loop {
            let u = self.dice.below(self.units.len());
            if self.units[u].kind != UnitKind::City && Some(u) != but {
                return u;
            }
        }
    }

    fn row(&mut self, section: usize, from_m: f64, to_m: f64, unit: usize) -> usize {
        let from = self.start();
        let leader = names::person(&mut self.dice);
        let phone = names::phone(2_000 + self.rows.len());
        self.rows.push(Adoption {
            section,
            from_m,
            to_m,
            unit,
            leader,
            phone,
            from,
            until: None,
            replaced_by: None,
        });
        self.rows.len() - 1
    }

    /// A place to cut, near the middle, to ten metres.
    fn cut(&mut self, length: f64) -> f64 {
        (length * self.dice.real(0.38, 0.62) / 10.0).round() * 10.0
    }

    fn sound(&mut self, i: usize, section: &Section, office: Option<usize>) {
        let length = section.length_m;
        let one = match office {
            Some(o) if section.class == RoadClass::Lane && self.dice.chance(0.6) => o,
            _ => self.adopter(None),
        };
        let parts = if length > 450.0 && self.dice.chance(0.38) { 2 } else { 1 };
        if parts == 1 {
            self.row(i, 0.0, length, one);
        } else {
            let cut = self.cut(length);
            let other = self.adopter(Some(one));
            self.row(i, 0.0, cut, one);
            self.row(i, cut, length, other);
        }
    }

    /// The `k`-th fault: a hole in the middle, a bare tail, an adoption that ended unreplaced, or two that overlap.
    fn faulty(&mut self, section: usize, s: &Section, k: usize) -> Fault {
        let length = s.length_m;
        let cut = self.cut(length);
        let width = 10.0 * arith::real_of(self.dice.between(6, 11));
        let one = self.adopter(None);
        let other = self.adopter(Some(one));
        match k {
            0 => {
                self.row(section, 0.0, cut, one);
                self.row(section, cut + width, length, other);
                Fault::Gap { section, from_m: cut, to_m: cut + width }
            }
            1 => {
                self.row(section, 0.0, cut + width, one);
                Fault::Gap { section, from_m: cut + width, to_m: length }
            }
            2 => {
                let ended = self.row(section, 0.0, cut, one);
                let until = self.today.plus(-self.dice.between(25, 60));
                self.rows[ended].until = Some(until);
                self.row(section, cut, length, other);
                Fault::Gap { section, from_m: 0.0, to_m: cut }
            }
            _ => {
                self.row(section, 0.0, cut + width, one);
                self.row(section, cut, length, other);
                Fault::Overlap { section, from_m: cut, to_m: cut + width }
            }
        }
    }

    /// Ends some adoptions within the last 18 months and starts another unit on the same day.
    fn replace(&mut self, mut settled: Vec<usize>) {
        self.dice.shuffle(&mut settled);
        for old in settled.into_iter().take(REPLACED) {
            let Adoption { section, from_m, to_m, unit, .. } = self.rows[old];
            let changed = self.today.plus(-self.dice.between(12, 540));
            let next = self.adopter(Some(unit));
            let new = self.row(section, from_m, to_m, next);
            self.rows[new].from = changed;
            self.rows[old].until = Some(changed);
            self.rows[old].replaced_by = Some(new);
        }
    }
}
