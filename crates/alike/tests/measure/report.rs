//! The tables, as they stand in the document.

use std::fmt::Write;

/// The largest distance of prints that is looked at here.
pub(crate) const FARTHEST: u32 = 18;
const DISTANCES: [u32; 4] = [10, 12, 14, 16];
const AGREEING: [u32; 5] = [40, 50, 60, 70, 80];

/// One change, with what every picture of it gave.
pub(crate) struct Row {
    name: &'static str,
    given: Vec<(u32, u32)>,
}

impl Row {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, given: Vec::new() }
    }

    pub(crate) fn add(&mut self, given: (u32, u32)) {
        self.given.push(given);
    }

    fn share(&self, passes: impl Fn(&(u32, u32)) -> bool) -> String {
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
        let mut text = format!("\n### {}\n\n| percent of pairs | pairs |", self.name);
        for d in DISTANCES {
            let _ = write!(text, " prints ≤ {d} |");
        }
        for a in AGREEING {
            let _ = write!(text, " taken for the same, agreeing ≥ {a} % |");
        }
        text.push_str("\n| --- | --: |");
        text.push_str(&" --: |".repeat(DISTANCES.len() + AGREEING.len()));
        for row in &self.rows {
            let _ = write!(text, "\n| {} | {} |", row.name, row.given.len());
            for d in DISTANCES {
                let _ = write!(text, " {} |", row.share(|(distance, _)| *distance <= d));
            }
            for a in AGREEING {
                let same = |(distance, agreeing): &(u32, u32)| *distance <= rules.distance && *agreeing >= a;
                let _ = write!(text, " {} |", row.share(same));
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
