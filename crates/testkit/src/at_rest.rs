//! What lies on the disk after a story, to be looked through for what should not be readable there.

use crate::db::TestDb;
use store::{Location, Query};

impl TestDb {
    /// Everything the database keeps, as bytes: on SQLite the file and its log as they are, free pages included; on PostgreSQL
    /// every text of every table, and the search index.
    pub fn kept(&self) -> Vec<u8> {
        match &self.location {
            Location::Embedded { file } => ["", "-wal"]
                .iter()
                .flat_map(|end| std::fs::read(format!("{}{end}", file.display())).unwrap_or_default())
                .collect(),
            Location::Server { .. } => {
                let (columns, _) = self.db.shape().unwrap_or_else(|problem| panic!("{problem}"));
                let texts = columns.iter().filter(|c| c.kind == "TEXT");
                let mut all: Vec<u8> = texts
                    .flat_map(|c| self.texts(&format!("coalesce({}, '')", c.column), &c.table))
                    .collect();
                all.extend(self.texts("cast(words as text)", "word_index"));
                all
            }
        }
    }

    fn texts(&self, what: &str, table: &str) -> Vec<u8> {
        let query = Query::<(String,)>::new(&format!("select {what} from {table}"));
        let rows = self.db.read_now(move |tx| tx.query(&query)).unwrap_or_else(|problem| panic!("{problem}"));
        rows.into_iter().flat_map(|(text,)| [text.into_bytes(), vec![b'\n']].concat()).collect()
    }

    /// Which of these texts can be read on the disk.
    pub fn plain_on_disk<'a>(&self, texts: &[&'a str]) -> Vec<&'a str> {
        let kept = self.kept();
        texts.iter().copied().filter(|text| kept.windows(text.len()).any(|w| w == text.as_bytes())).collect()
    }

    /// Every mobile telephone number that can be read on the disk: eleven digits that stand alone.
    pub fn mobiles_on_disk(&self) -> Vec<String> {
        let kept = self.kept();
        let runs = kept.split(|b| !b.is_ascii_digit()).filter(|run| run.len() == 11);
        let mobile = runs.filter(|run| run[0] == b'1' && (b'3'..=b'9').contains(&run[1]));
        mobile.map(|run| String::from_utf8_lossy(run).into_owned()).collect()
    }
}
