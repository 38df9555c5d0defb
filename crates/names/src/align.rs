//! Laying one text beside another, character by character, at the least cost.

use crate::sound::{blurred, readings};

/// A character with its sounds.
#[derive(Clone, Debug)]
pub(crate) struct Sign {
    pub(crate) c: char,
    pub(crate) sounds: Vec<String>,
    blurred: Vec<String>,
}

pub(crate) fn signs(text: &str) -> Vec<Sign> {
    let sign = |c: char| {
        let sounds = readings(c);
        Sign { c, blurred: sounds.iter().map(|s| blurred(s)).collect(), sounds }
    };
    text.chars().map(sign).collect()
}

/// What happened to a character, with its price in hundredths of a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    Same,
    Sound,
    Confusable,
    Wrong,
    Missing,
    Extra,
    Swapped,
    /// Beyond either end, where that costs nothing.
    Outside,
}

impl Slip {
    fn price(self) -> u32 {
        match self {
            Slip::Same | Slip::Outside => 0,
            Slip::Sound => 20,
            Slip::Confusable => 35,
            Slip::Swapped => 60,
            Slip::Missing | Slip::Extra => 80,
            Slip::Wrong => 100,
        }
    }

    fn between(a: &Sign, b: &Sign) -> Self {
        let share = |x: &[String], y: &[String]| x.iter().any(|s| y.contains(s));
        if a.c == b.c {
            Slip::Same
        } else if share(&a.sounds, &b.sounds) {
            Slip::Sound
        } else if share(&a.blurred, &b.blurred) {
            Slip::Confusable
        } else {
            Slip::Wrong
        }
    }
}

/// What may stand before and behind without cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loose {
    /// Both whole.
    Neither,
    /// What is asked for is a part of the name.
    Name,
    /// The name is a part of what is asked for.
    Asked,
}

/// How two texts lie beside each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Laid {
    /// In hundredths of a wrong character.
    pub(crate) cost: u32,
    pub(crate) same: usize,
    pub(crate) sound: usize,
    pub(crate) confusable: usize,
    pub(crate) wrong: usize,
    pub(crate) missing: usize,
    pub(crate) extra: usize,
    pub(crate) swapped: usize,
    /// Where the first and the last character that match stand in what is asked for.
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl Laid {
    /// Slips that the ear does not explain.
    pub(crate) fn hard(&self) -> usize {
        self.wrong + self.missing + self.extra + self.swapped
    }
}

/// Lays `asked` beside `name`.
pub(crate) fn lay(asked: &[Sign], name: &[Sign], loose: Loose) -> Laid {
    let (rows, columns) = (asked.len() + 1, name.len() + 1);
    let mut best: Vec<(u32, Slip)> = vec![(0, Slip::Same); rows * columns];
    let at = |row: usize, column: usize| row * columns + column;
    for row in 0..rows {
        for column in 0..columns {
            let mut cell = if row == 0 && column == 0 { (0, Slip::Same) } else { (u32::MAX, Slip::Same) };
            let mut offer = |before: u32, slip: Slip| {
                let cost = before.saturating_add(slip.price());
                if cost < cell.0 {
                    cell = (cost, slip);
                }
            };
            if row > 0 && column > 0 {
                offer(best[at(row - 1, column - 1)].0, Slip::between(&asked[row - 1], &name[column - 1]));
            }
            if row > 1
                && column > 1
                && asked[row - 1].c == name[column - 2].c
                && asked[row - 2].c == name[column - 1].c
                && asked[row - 1].c != asked[row - 2].c
            {
                offer(best[at(row - 2, column - 2)].0, Slip::Swapped);
            }
            if column > 0 {
                let free = loose == Loose::Name && (row == 0 || row == rows - 1);
                let slip = if free { Slip::Outside } else { Slip::Missing };
                offer(best[at(row, column - 1)].0, slip);
            }
            if row > 0 {
                let free = loose == Loose::Asked && (column == 0 || column == columns - 1);
                let slip = if free { Slip::Outside } else { Slip::Extra };
                offer(best[at(row - 1, column)].0, slip);
            }
            best[at(row, column)] = cell;
        }
    }
    back(&best, rows, columns, loose)
}

/// Counts what happened on the cheapest way, from its end.
fn back(best: &[(u32, Slip)], rows: usize, columns: usize, loose: Loose) -> Laid {
    let (mut row, mut column) = (rows - 1, columns - 1);
    let mut laid = Laid { cost: best[best.len() - 1].0, from: rows - 1, ..Laid::default() };
    while row > 0 || column > 0 {
        let slip = best[row * columns + column].1;
        match slip {
            Slip::Same => laid.same += 1,
            Slip::Sound => laid.sound += 1,
            Slip::Confusable => laid.confusable += 1,
            Slip::Wrong => laid.wrong += 1,
            Slip::Missing => laid.missing += 1,
            Slip::Extra => laid.extra += 1,
            Slip::Swapped => laid.swapped += 1,
            Slip::Outside => {}
        }
        let (up, left) = match slip {
            Slip::Same | Slip::Sound | Slip::Confusable | Slip::Wrong => (1, 1),
            Slip::Swapped => (2, 2),
            Slip::Missing => (0, 1),
            Slip::Outside if loose == Loose::Name => (0, 1),
            Slip::Extra | Slip::Outside => (1, 0),
        };
        if up > 0 && slip != Slip::Outside {
            laid.to = laid.to.max(row);
            laid.from = row - up;
        }
        row -= up;
        column -= left;
    }
    laid
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn laid(asked: &str, name: &str, loose: Loose) -> Laid {
        lay(&signs(asked), &signs(name), loose)
    }

    #[test]
    fn slips_are_told_apart() {
        let whole = |a, b| laid(a, b, Loose::Neither);
        assert_eq!(whole("新花北路", "新华北路").sound, 1);
        assert_eq!(whole("嘉域关", "嘉峪关").sound, 1);
        assert_eq!(whole("紫山路", "止山路").confusable, 1);
        assert_eq!(whole("新大北路", "新华北路").wrong, 1);
        assert_eq!(whole("新北路", "新华北路").missing, 1);
        assert_eq!(whole("新华华北路", "新华北路").extra, 1);
        assert_eq!(whole("华新北路", "新华北路").swapped, 1);
        assert_eq!(whole("", "路").missing, 1);
        assert_eq!(whole("", ""), Laid::default());
    }

    #[test]
    fn a_part_costs_nothing_beyond_its_ends() {
        assert_eq!(laid("人民医院", "市第一人民医院", Loose::Name).cost, 0);
        let found = laid("在新花北路口", "新华北路", Loose::Asked);
        assert_eq!((found.cost, found.from, found.to), (20, 1, 5));
    }

    proptest! {
        #[test]
        fn a_text_lies_on_itself_and_both_ways_cost_the_same(a in "[一-十新华北路]{0,8}", b in "[一-十新华北路]{0,8}") {
            prop_assert_eq!(laid(&a, &a, Loose::Neither).cost, 0);
            let (there, back) = (laid(&a, &b, Loose::Neither), laid(&b, &a, Loose::Neither));
            prop_assert_eq!(there.cost, back.cost);
            prop_assert!(laid(&a, &b, Loose::Name).cost <= there.cost);
            let counted = there.same + there.sound + there.confusable + there.wrong + there.extra + 2 * there.swapped;
            prop_assert_eq!(counted, a.chars().count());
        }
    }
}
