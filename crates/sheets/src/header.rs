//! The names of a table's columns, and where in the first rows they stand.

use std::collections::HashMap;

/// Column names: unique, never blank, found whatever their case and inner spacing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
    index: HashMap<String, usize>,
}

/// What had to be put right to have a usable header. Worth showing to the person who sent the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderFault {
    /// The column (counted from 1) had no name and was called `column_<n>`.
    Blank { column: usize, renamed: String },
    /// The name stood already further left.
    Duplicate { column: usize, name: String, renamed: String },
    /// A title above the header was passed over.
    Title { row: u64, text: String },
    /// The header takes two rows, groups above names; they were joined as `group/name`.
    TwoRows { row: u64 },
}

/// The header with the last row it takes up.
pub(crate) struct Found {
    pub(crate) header: Header,
    pub(crate) faults: Vec<HeaderFault>,
    pub(crate) last_row: u64,
}

impl Header {
    /// Makes names unique and gives blank ones a name. Blank names at the end are dropped.
    pub fn new<S: AsRef<str>>(raw: &[S]) -> (Self, Vec<HeaderFault>) {
        let mut header = Self::default();
        let (mut faults, mut taken) = (Vec::new(), HashMap::new());
        let width = raw.iter().rposition(|name| !tidy(name.as_ref()).is_empty()).map_or(0, |last| last + 1);
        for (column, name) in raw[..width].iter().enumerate() {
            let name = tidy(name.as_ref());
            let unique = if name.is_empty() {
                let renamed = header.free(&format!("column_{}", column + 1), &mut taken);
                faults.push(HeaderFault::Blank { column: column + 1, renamed: renamed.clone() });
                renamed
            } else if header.index.contains_key(&key(&name)) {
                let renamed = header.free(&name, &mut taken);
                faults.push(HeaderFault::Duplicate { column: column + 1, name, renamed: renamed.clone() });
                renamed
            } else {
                name
            };
            header.index.insert(key(&unique), column);
            header.names.push(unique);
        }
        (header, faults)
    }

    /// The names in the file's order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The column of a name, counted from 0.
    pub fn position(&self, name: &str) -> Option<usize> {
        // most callers ask for the name as it is; only others pay for folding it
        self.index.get(name).or_else(|| self.index.get(&key(name))).copied()
    }

    /// `wanted`, or `wanted (2)` and so on when it is taken. `taken`: up to which number each name has been given, without
    /// which a row that says the same a thousand times would be looked through a thousand times.
    fn free(&self, wanted: &str, taken: &mut HashMap<String, u32>) -> String {
        let last = taken.entry(key(wanted)).or_insert(1);
        let mut name = wanted.to_owned();
        while self.index.contains_key(&key(&name)) {
            *last += 1;
            name = format!("{wanted} ({last})");
        }
        name
    }

    /// A header for a file without one, as wide as its first rows.
    pub(crate) fn absent(rows: &[(u64, Vec<String>)]) -> Option<Found> {
        let width = rows.iter().map(|(_, cells)| cells.len()).max()?;
        let names: Vec<String> = (1..=width).map(|column| format!("column_{column}")).collect();
        Some(Found { header: Self::new(&names).0, faults: Vec::new(), last_row: 0 })
    }

    /// Finds the header in the first rows that are not blank.
    pub(crate) fn find(rows: &[(u64, Vec<String>)]) -> Option<Found> {
        let titles = titles_above(rows);
        let mut faults: Vec<_> = rows[..titles]
            .iter()
            .map(|(row, cells)| HeaderFault::Title { row: *row, text: tidy(&cells.concat()) })
            .collect();
        let (first_row, upper) = rows.get(titles)?;
        let mut last_row = *first_row;
        let mut names = upper.clone();
        if let Some((row, lower)) = rows.get(titles + 1)
            && *row == first_row + 1
            && let Some(joined) = join_groups(upper, lower)
        {
            faults.push(HeaderFault::TwoRows { row: *row });
            names = joined;
            last_row = *row;
        }
        let (header, more) = Self::new(&names);
        faults.extend(more);
        Some(Found { header, faults, last_row })
    }
}

/// A title is a row with a single cell, above a row with several. Taken for one only if the table goes on with several
/// cells: a file with one column must not lose its first rows.
fn titles_above(rows: &[(u64, Vec<String>)]) -> usize {
    let filled =
        |at: usize| rows.get(at).map(|(_, cells)| cells.iter().filter(|c| !tidy(c).is_empty()).count());
    let titles = (0..rows.len().min(3)).take_while(|at| filled(*at) == Some(1)).count();
    let goes_on = |at: usize| filled(at).is_none_or(|n| n >= 2);
    if filled(titles).is_some_and(|n| n >= 2) && goes_on(titles + 1) { titles } else { 0 }
}

/// Two header rows as merged cells leave them: the upper has a group's name and blanks to its right, the lower names the
/// columns of groups only, and is blank under columns that stand alone. A row of data never looks like this.
fn join_groups(upper: &[String], lower: &[String]) -> Option<Vec<String>> {
    let width = upper.len().max(lower.len());
    let cell = |row: &[String], column: usize| row.get(column).map(|c| tidy(c)).unwrap_or_default();
    let mut joined = Vec::with_capacity(width);
    let (mut grouped, mut alone) = (false, false);
    let mut group = String::new();
    for column in 0..width {
        let (above, below) = (cell(upper, column), cell(lower, column));
        if !above.is_empty() {
            group.clone_from(&above);
        }
        let starts_group = column + 1 < width && cell(upper, column + 1).is_empty() && !above.is_empty();
        let in_group = above.is_empty() || starts_group;
        if in_group == below.is_empty() || below.parse::<f64>().is_ok() || group.is_empty() {
            return None;
        }
        grouped |= in_group;
        alone |= !in_group;
        joined.push(if in_group { format!("{group}/{below}") } else { above });
    }
    (grouped && alone).then_some(joined)
}

/// Without byte order marks, line breaks and doubled or full-width spaces.
fn tidy(name: &str) -> String {
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut tidied = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    tidied
}

fn key(name: &str) -> String {
    tidy(name).to_lowercase()
}
