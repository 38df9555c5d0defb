//! Rows of a file of changes, by the headings of `docs/exchange.md`, as the JSON of the protocol.

use crate::change::hash;
use serde_json::{Map, Value, json};
use sheets::{Options, Row, Source};

/// Heading and field; what stands before a dot is inside the snapshot or the reporter.
const HEADINGS: &[(&[&str], &str)] = &[
    (&["变更编号", "id"], "id"),
    (&["工单号", "order"], "order"),
    (&["版本", "revision"], "revision"),
    (&["动作", "kind"], "kind"),
    (&["时间", "at"], "at"),
    (&["说明", "words"], "words"),
    (&["状态", "state"], "snapshot.state"),
    (&["类别", "category"], "snapshot.category"),
    (&["承办单位", "unit"], "snapshot.unit"),
    (&["办理时限", "deadline"], "snapshot.deadline"),
    (&["标题", "title"], "snapshot.title"),
    (&["内容", "text"], "snapshot.text"),
    (&["地址", "address"], "snapshot.address"),
    (&["经度", "lng"], "snapshot.lng"),
    (&["纬度", "lat"], "snapshot.lat"),
    (&["坐标系", "crs"], "snapshot.crs"),
    (&["紧急", "urgent"], "snapshot.urgent"),
    (&["来电时间", "reported_at"], "snapshot.reported_at"),
    (&["来电人", "reporter"], "reporter.name"),
    (&["电话", "phone"], "reporter.phone"),
];

/// Chinese words for the kinds of changes.
const KINDS: &[(&str, &str)] = &[
    ("新增", "created"),
    ("变更", "changed"),
    ("催办", "urged"),
    ("补充", "supplemented"),
    ("撤单", "withdrawn"),
    ("结案", "closed"),
    ("回访不满意", "contested"),
];

/// Reads a whole file. What is wrong with the file as a whole is said in words.
pub(super) fn changes(bytes: Vec<u8>) -> Result<Vec<Value>, String> {
    let mark = hash(&String::from_utf8_lossy(&bytes));
    let mut source = Source::from_bytes(bytes, &Options::default()).map_err(|e| e.to_string())?;
    let header = source.header();
    let column =
        |names: &'static [&'static str]| names.iter().find(|n| header.position(n).is_some()).copied();
    let columns: Vec<(&str, &str)> =
        HEADINGS.iter().filter_map(|(names, field)| Some((column(names)?, *field))).collect();
    for needed in ["order", "revision", "kind"] {
        if !columns.iter().any(|(_, field)| *field == needed) {
            let heading =
                HEADINGS.iter().find(|(_, field)| *field == needed).map_or("", |(names, _)| names[0]);
            return Err(format!("no column {heading}"));
        }
    }
    let mut found = Vec::new();
    for row in source.rows().map_err(|e| e.to_string())? {
        // a file that breaks off is refused whole: it comes again when it is complete
        let row = row.map_err(|e| e.to_string())?;
        found.push(change(&row, &columns, &mark));
        if found.len() > 50_000 {
            return Err("more than 50,000 rows".to_owned());
        }
    }
    Ok(found)
}

fn change(row: &Row, columns: &[(&str, &str)], mark: &str) -> Value {
    let (mut top, mut snapshot, mut reporter) = (Map::new(), Map::new(), Map::new());
    for (heading, field) in columns {
        let text = row.get(heading).unwrap_or_default().trim();
        if text.is_empty() {
            continue;
        }
        let (into, name) = match field.split_once('.') {
            Some(("snapshot", name)) => (&mut snapshot, name),
            Some((_, name)) => (&mut reporter, name),
            None => (&mut top, *field),
        };
        let value = match name {
            // what is no number stays text, and the reader says so
            "revision" => text.parse::<i64>().map_or_else(|_| json!(text), |n| json!(n)),
            "lng" | "lat" => text.parse::<f64>().map_or_else(|_| json!(text), |n| json!(n)),
            "urgent" => json!(matches!(text, "是" | "1" | "true" | "yes")),
            "kind" => json!(KINDS.iter().find(|(word, _)| *word == text).map_or(text, |(_, code)| code)),
            _ => json!(text),
        };
        into.insert(name.to_owned(), value);
    }
    if !reporter.is_empty() {
        snapshot.insert("reporter".to_owned(), Value::Object(reporter));
    }
    if !snapshot.is_empty() {
        top.insert("snapshot".to_owned(), Value::Object(snapshot));
    }
    if !top.contains_key("id") {
        // the same file read again gives the same names
        top.insert("id".to_owned(), json!(format!("{mark}:{}", row.number())));
    }
    Value::Object(top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_hotline_becomes_changes() {
        let text = "工单号,版本,动作,时间,内容,地址,经度,纬度,来电人,电话,紧急\n\
                    G1,1,新增,2026-03-05 09:00,路灯不亮,新华路3号,98.27,39.77,欧阳明月,13893712345,是\n\
                    G1,2,催办,2026-03-05 10:00,,,,,,,\nG2,x,吃,,,,,,,,\n";
        let found = changes(text.as_bytes().to_vec()).unwrap();
        assert_eq!(found.len(), 3);
        let first = crate::change::read(&found[0]).unwrap();
        let snapshot = first.change.snapshot.unwrap();
        assert_eq!((first.kind, snapshot.lng), (crate::model::Kind::Created, Some(98.27)));
        assert!(snapshot.urgent && snapshot.reporter.unwrap().phone == "13893712345");
        assert!(crate::change::read(&found[1]).is_ok());
        assert!(crate::change::read(&found[2]).is_err());
        // the same bytes give the same names, so that a file that is read twice is carried out once
        assert_eq!(found, changes(text.as_bytes().to_vec()).unwrap());
        assert_eq!(changes("甲,乙\n1,2\n".into()).unwrap_err(), "no column 工单号");
    }
}
