//! A folder that both sides reach (SFTP, a shared drive): they put files of changes into `in`, we put results into `out`.
//!
//! The folder lies beside the city's data, so that nobody can name another one: `exchange/XP-0001/{in,out,done}`. An operator
//! mounts or links it to wherever the partner delivers.

use super::{Adapter, Batch, Fault, Letter, Receipt, Sent, table};
use serde_json::Value;
use sheets::{Cell, Column, FileKind, Kind};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Columns of a file of results: field of the message, heading.
const COLUMNS: &[(&str, &str)] = &[
    ("id", "消息编号"),
    ("order", "工单号"),
    ("sequence", "序号"),
    ("kind", "动作"),
    ("case", "案卷编号"),
    ("stage", "阶段"),
    ("state", "状态"),
    ("unit_name", "承办单位"),
    ("deadline", "处置时限"),
    ("at", "时间"),
    ("words", "说明"),
    ("on_time", "是否按时"),
    ("photos", "照片"),
];

/// The folders of a partner: in, out, done.
pub fn folders(city: &Path, number: &str) -> [PathBuf; 3] {
    let root = city.join("exchange").join(number);
    ["in", "out", "done"].map(|name| root.join(name))
}

#[derive(Debug)]
pub struct Folder {
    inbox: PathBuf,
    outbox: PathBuf,
    done: PathBuf,
}

fn fault(e: std::io::Error) -> Fault {
    Fault::new("folder", e)
}

/// Writes a file so that a reader sees it whole or not at all; the same file twice is one.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let (path, fresh) = (folder.join(name), folder.join(format!(".{name}.part")));
    let mut file = fs::File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(fresh, path)
}

impl Folder {
    pub fn new(city: &Path, number: &str) -> Self {
        let [inbox, outbox, done] = folders(city, number);
        Self { inbox, outbox, done }
    }

    /// The next file by name. Names that begin with a dot or end in `.part` or `.tmp` are still being written.
    fn next(&self) -> Result<(Option<String>, bool), Fault> {
        fs::create_dir_all(&self.inbox).map_err(fault)?;
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.inbox).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = Path::new(&name).extension().unwrap_or_default();
            let wanted = kind.eq_ignore_ascii_case("csv") || kind.eq_ignore_ascii_case("xlsx");
            if wanted && !name.starts_with('.') && entry.file_type().map_err(fault)?.is_file() {
                names.push(name);
            }
        }
        names.sort();
        let more = names.len() > 1;
        Ok((names.into_iter().next(), more))
    }

    fn report(&self, name: &str, receipts: &[Receipt]) -> Result<(), Fault> {
        let columns = ["行", "变更编号", "结果", "原因"].map(|title| Column::new(title, Kind::Text));
        let rows = receipts.iter().enumerate().map(|(n, r)| -> Vec<Cell<'_>> {
            vec![(n + 2).to_string().into(), r.change.as_str().into(), r.result.into(), r.why.as_str().into()]
        });
        let mut bytes = Vec::new();
        sheets::write(FileKind::Csv, &mut bytes, "report", &columns, rows)
            .map_err(|e| Fault::new("folder", e))?;
        put(&self.done, &format!("{name}.report.csv"), &bytes).map_err(fault)
    }
}

impl Adapter for Folder {
    /// The next file, whole. Where it begins is not asked: a file that was read is no longer there.
    fn changes(&self, _after: &str) -> Result<Batch, Fault> {
        let (Some(name), more) = self.next()? else { return Ok(Batch::default()) };
        let path = self.inbox.join(&name);
        let size = fs::metadata(&path).map_err(fault)?.len();
        let read = if size > LARGEST {
            Err(format!("larger than {LARGEST} bytes"))
        } else {
            table::changes(fs::read(&path).map_err(fault)?)
        };
        let (items, refused) = match read {
            Ok(items) => (items, None),
            Err(why) => (Vec::new(), Some(why)),
        };
        Ok(Batch { items, next: name.clone(), more, file: Some(name), refused })
    }

    fn stored(&self, batch: &Batch, receipts: &[Receipt]) -> Result<(), Fault> {
        let Some(name) = &batch.file else { return Ok(()) };
        self.report(name, receipts)?;
        let aside = if batch.refused.is_some() { format!("{name}.refused") } else { name.clone() };
        match fs::rename(self.inbox.join(name), self.done.join(aside)) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(fault(e)),
            _ => Ok(()),
        }
    }

    fn orders(&self, _after: &str) -> Result<Batch, Fault> {
        Err(Fault::new("cannot-compare", ""))
    }

    fn order(&self, _number: &str) -> Result<Option<Value>, Fault> {
        Err(Fault::new("cannot-compare", ""))
    }

    fn send(&self, letter: &Letter<'_>) -> Sent {
        let names: Vec<String> =
            (1..=letter.pictures.len()).map(|n| format!("{}-{n}.jpg", letter.id)).collect();
        let text = |field: &str| match letter.body.get(field) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None if field == "photos" => names.join(" "),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let columns: Vec<Column> = COLUMNS.iter().map(|(_, title)| Column::new(*title, Kind::Text)).collect();
        let values: Vec<String> = COLUMNS.iter().map(|(field, _)| text(field)).collect();
        let row: Vec<Cell<'_>> = values.iter().map(|v| v.as_str().into()).collect();
        let mut bytes = Vec::new();
        let written = sheets::write(FileKind::Csv, &mut bytes, "results", &columns, [row])
            .map_err(|e| e.to_string())
            .and_then(|_| {
                // pictures first: whoever reads the row finds them there
                for (name, picture) in names.iter().zip(letter.pictures) {
                    put(&self.outbox, name, &picture.bytes).map_err(|e| e.to_string())?;
                }
                put(&self.outbox, &format!("{}.csv", letter.id), &bytes).map_err(|e| e.to_string())
            });
        match written {
            Ok(()) => Sent::default(),
            Err(text) => Sent { error: Some("folder"), text, ..Sent::default() },
        }
    }

    fn can_compare(&self) -> bool {
        false
    }
}
