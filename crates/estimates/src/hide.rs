//! Tables in which no small number of people can be read, nor worked out from the rest.
//!
//! A cell with fewer than so many people is hidden. Alone that helps little: with its row's total and its neighbours it is a
//! subtraction. So others are hidden with it, until everything that is shown leaves each small cell a wide range of values
//! (complementary suppression; Willenborg and de Waal, *Elements of Statistical Disclosure Control*, 2001, ch. 4). How wide is
//! worked out exactly, by the most that can be moved to and from a cell through other hidden ones.
//!
//! Not guarded against: what somebody knows from elsewhere (of which the table's own respondents know something: themselves).

use crate::flow::Network;
use std::collections::BTreeSet;

/// Row and column. The last row and the last column are the totals.
pub type Cell = (usize, usize);

/// What may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Counts with their totals, row by row; the last of each row and the last row are totals. None: hidden.
    pub cells: Vec<Vec<Option<u64>>>,
    /// Hidden though large, to guard others.
    pub guards: BTreeSet<Cell>,
}

struct Table {
    /// With totals.
    cells: Vec<Vec<u64>>,
    hidden: BTreeSet<Cell>,
}

/// As good as without end: more people than there are.
const ENDLESS: u64 = 1 << 40;

impl Table {
    fn new(counts: &[Vec<u64>]) -> Self {
        let columns = counts.iter().map(Vec::len).max().unwrap_or(0);
        let mut cells: Vec<Vec<u64>> = Vec::with_capacity(counts.len() + 1);
        for row in counts {
            let mut row = row.clone();
            row.resize(columns, 0);
            row.push(row.iter().sum());
            cells.push(row);
        }
        let totals = (0..=columns).map(|c| cells.iter().map(|row| row[c]).sum()).collect();
        cells.push(totals);
        Self { cells, hidden: BTreeSet::new() }
    }

    fn last(&self) -> Cell {
        (self.cells.len() - 1, self.cells[0].len() - 1)
    }

    fn all(&self) -> impl Iterator<Item = Cell> + use<> {
        let (rows, columns) = self.last();
        (0..=rows).flat_map(move |r| (0..=columns).map(move |c| (r, c)))
    }

    fn count(&self, (row, column): Cell) -> u64 {
        self.cells[row][column]
    }

    /// A total counts against what it sums up: when it grows, its part of the sum shrinks. With that, every row and every
    /// column of the whole table adds up to nothing.
    fn against(&self, (row, column): Cell) -> bool {
        let last = self.last();
        (row == last.0) != (column == last.1)
    }

    /// By how much the cell's part of its sums can grow and shrink.
    fn room(&self, cell: Cell) -> (u64, u64) {
        if self.against(cell) { (self.count(cell), ENDLESS) } else { (ENDLESS, self.count(cell)) }
    }

    /// How far the values reach that a hidden cell may have by all that is shown, counted no further than `enough`.
    fn width(&self, cell: Cell, enough: u64) -> u64 {
        let (rows, columns) = self.last();
        let column = |c: usize| rows + 1 + c;
        let (grows, shrinks) = self.room(cell);
        let mut width = 0;
        for (up, own) in [(true, grows), (false, shrinks)] {
            let mut network = Network::new(rows + columns + 2);
            for other in self.hidden.iter().filter(|o| **o != cell) {
                let (more, less) = self.room(*other);
                // what this cell gains its neighbours lose, and theirs gain again
                let (along, back) = if up { (less, more) } else { (more, less) };
                network.join(other.0, column(other.1), along);
                network.join(column(other.1), other.0, back);
            }
            width += network.most(cell.0, column(cell.1), own.min(enough));
        }
        width.min(enough)
    }

    /// What guards a cell best at the least cost: three others that make a rectangle with it.
    fn guard(&self, cell: Cell, least: u64, known: bool) -> Option<Vec<Cell>> {
        let last = self.last();
        let mut found: Vec<(u64, Vec<Cell>)> = Vec::new();
        for (row, column) in self.all() {
            if row == cell.0 || column == cell.1 {
                continue;
            }
            let corners = [(cell.0, column), (row, cell.1), (row, column)];
            let new: Vec<Cell> = corners.into_iter().filter(|c| !self.hidden.contains(c)).collect();
            let total = |c: &Cell| c.0 == last.0 || c.1 == last.1;
            if new.is_empty() || new.contains(&last) || (known && new.iter().any(total)) {
                continue;
            }
            // cells before totals: they say less
            let cost = new.iter().map(|c| self.count(*c) + if total(c) { ENDLESS / 64 } else { 1 }).sum();
            found.push((cost, new));
        }
        found.sort();
        let mut best: Option<(u64, Vec<Cell>)> = None;
        let now = self.width(cell, least);
        for (_, new) in found {
            let trial =
                Self { cells: self.cells.clone(), hidden: self.hidden.iter().chain(&new).copied().collect() };
            let width = trial.width(cell, least);
            if width >= least {
                return Some(new);
            }
            if width > now && best.as_ref().is_none_or(|(w, _)| width > *w) {
                best = Some((width, new));
            }
        }
        best.map(|(_, new)| new)
    }
}

/// Hides every cell with fewer than `least` people, and as few others as it finds that leave each of them at least `least`
/// values to choose from. `elsewhere` are cells that another table with the same totals hides.
///
/// Where nothing else helps only the number of all is left; with fewer than `least` people in all nothing is.
pub fn hide(counts: &[Vec<u64>], least: u64, elsewhere: &BTreeSet<Cell>) -> Shown {
    let mut table = Table::new(counts);
    let last = table.last();
    let all: Vec<Cell> = table.all().collect();
    let small: BTreeSet<Cell> = all.iter().copied().filter(|c| table.count(*c) < least).collect();
    table.hidden = small.iter().chain(elsewhere.iter().filter(|c| all.contains(c))).copied().collect();
    if table.count(last) < least {
        table.hidden = all.iter().copied().collect();
    } else {
        table.hidden.remove(&last);
        while let Some(open) = small.iter().find(|c| table.width(**c, least) < least) {
            match table.guard(*open, least, true).or_else(|| table.guard(*open, least, false)) {
                Some(new) => table.hidden.extend(new),
                None => {
                    table.hidden = all.iter().copied().filter(|c| *c != last).collect();
                    break;
                }
            }
        }
    }
    let cells = table.cells.iter().enumerate().map(|(r, row)| {
        let shown = |(c, count): (usize, &u64)| (!table.hidden.contains(&(r, c))).then_some(*count);
        row.iter().enumerate().map(shown).collect()
    });
    Shown { cells: cells.collect(), guards: table.hidden.difference(&small).copied().collect() }
}

#[cfg(test)]
#[path = "hide_tests.rs"]
mod tests;
