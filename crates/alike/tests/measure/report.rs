//! The tables, as they stand in the document.

use std::fmt::Write;

/// The largest distance of prints that is looked at here.
pub(crate) const FARTHEST: u32 = 18;
const DISTANCES: [u32; 4] = [10, 12, 14, 16];
const LIKENESS: [f32; 2] = [0.7, 0.8];
/// Correlations from which a place agrees: beside what the program takes, another to see what it would do.
pub(crate) const AGREES: [f32; 2] = [0.9, 0.8];
const AGREEING: [u32; 6] = [50, 60, 70, 80, 85, 90];

/// What comparing two pictures gave.
#[derive(Clone, Copy)]
pub(crate) struct Given {
    /// Of the prints; 64 where it was beyond the largest looked at.
    pub distance: u32,
    /// Of the small pictures kept with them.
    pub likeness: f32,
    /// Places that agree, in hundredths, for each of [`AGREES`].
    pub agreeing: [u32; 2],
}

/// One change, with what every picture of it gave.
pub(crate) struct Row {
    name: &'static str,
    given: Vec<Given>,
}

impl Row {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, given: Vec::new() }
    }

    pub(crate) fn add(&mut self, given: Given) {
        self.given.push(given);
    }

    fn share(&self, passes: impl Fn(&Given) -> bool) -> String {
        let (hits, of) = (self.given.iter().filter(|g| passes(g)).count(), self.given.len());
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let percent = hits as f64 * 100.0 / of.max(1) as f64;
        if of > 100 && hits > 0 && percent < 10.0 { format!("{percent:.2}") } else { format!("{percent:.0}") }
    }
}

pub(crate) struct Table {
    pub name: &'static str,
    pub rows: Vec<Row>,
}

impl Table {
    fn text(&self) -> String {
        let rules = honesty::settings::Rules::default();
        let mut text = format!("\n### {}: what may be the same\n\n| percent of pairs | pairs |", self.name);
        for d in DISTANCES {
            let _ = write!(text, " prints ≤ {d} |");
        }
        for l in LIKENESS {
            let _ = write!(text, " small pictures ≥ {l} |");
        }
        text.push_str("\n| --- | --: |");
        text.push_str(&" --: |".repeat(DISTANCES.len() + LIKENESS.len()));
        for row in &self.rows {
            let _ = write!(text, "\n| {} | {} |", row.name, row.given.len());
            for d in DISTANCES {
                let _ = write!(text, " {} |", row.share(|g| g.distance <= d));
            }
            for l in LIKENESS {
                let _ = write!(text, " {} |", row.share(|g| g.distance <= rules.distance && g.likeness >= l));
            }
        }
        for (n, agrees) in AGREES.iter().enumerate() {
            let _ = write!(
                text,
                "\n\n### {}: what is taken for the same, places agreeing from a correlation of {agrees}\n\n| percent of pairs |",
                self.name
            );
            for a in AGREEING {
                let _ = write!(text, " ≥ {a} % agree |");
            }
            text.push_str("\n| --- |");
            text.push_str(&" --: |".repeat(AGREEING.len()));
            for row in &self.rows {
                let _ = write!(text, "\n| {} |", row.name);
                for a in AGREEING {
                    let same = |g: &Given| {
                        g.distance <= rules.distance
                            && g.agreeing.get(n).is_some_and(|agreeing| *agreeing >= a)
                    };
                    let _ = write!(text, " {} |", row.share(same));
                }
            }
        }
        text.push('\n');
        text
    }
}

const START: &str = "<!-- measured: written by the command above -->\n";
const END: &str = "<!-- end of measured -->\n";

#[expect(clippy::disallowed_methods, reason = "a measurement has no settings file")]
pub(crate) fn write(tables: &[Table]) {
    let text: String = tables.iter().map(Table::text).collect();
    println!("{text}");
    if std::env::var("CHUANGCHENG_WRITE_DOCS").is_err() {
        return;
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/photo-honesty.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (before, rest) = document.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    std::fs::write(path, format!("{before}{START}{text}\n{END}{after}")).unwrap();
}
