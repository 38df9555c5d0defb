//! The point of sealing: whatever people leave here, what lies on the disk does not show their telephone numbers, identity
//! numbers and addresses of mail. A city is used through its doors, then everything it keeps is looked through.

use kernel::policy::Role;
use store::Location;
use testkit::{TestApp, engines, whole_city};

/// Every number and address that the story leaves somewhere.
const LEFT: &[&str] = &[
    "13893712345",
    "13993754321",
    "0937-6226688",
    "15009370001",
    "li.reporter@example.cn",
    "follower@example.cn",
    "staff.member@example.cn",
    "110105194912310026",
];

/// What the city keeps, as one text: on SQLite the files as they are, on PostgreSQL every column of every table.
fn kept(app: &TestApp) -> Vec<u8> {
    match &app.test.location {
        Location::Embedded { file } => ["", "-wal"]
            .iter()
            .flat_map(|end| std::fs::read(format!("{}{end}", file.display())).unwrap_or_default())
            .collect(),
        Location::Server { .. } => {
            let (columns, _) = app.test.db.shape().unwrap();
            let mut all = Vec::new();
            for c in columns.iter().filter(|c| c.kind == "TEXT") {
                let text = format!("select coalesce({}, '') from {}", c.column, c.table);
                let rows = app.test.db.read_now(move |tx| tx.query(&store::Query::<(String,)>::new(&text)));
                for (text,) in rows.unwrap() {
                    all.extend_from_slice(text.as_bytes());
                    all.push(b'\n');
                }
            }
            let words = "select cast(words as text) from word_index";
            let rows =
                app.test.db.read_now(move |tx| tx.query(&store::Query::<(String,)>::new(words))).unwrap();
            all.extend(rows.into_iter().flat_map(|(text,)| text.into_bytes()));
            all
        }
    }
}

fn found(kept: &[u8]) -> Vec<&'static str> {
    LEFT.iter().copied().filter(|text| kept.windows(text.len()).any(|w| w == text.as_bytes())).collect()
}

/// Numbers of mobile telephones: eleven digits that stand alone.
fn mobiles(kept: &[u8]) -> Vec<String> {
    let mut numbers = Vec::new();
    for run in kept.split(|b| !b.is_ascii_digit()).filter(|run| run.len() == 11) {
        if run[0] == b'1' && (b'3'..=b'9').contains(&run[1]) {
            numbers.push(String::from_utf8_lossy(run).into_owned());
        }
    }
    numbers
}

#[test]
fn nothing_on_the_disk_shows_who_reported() {
    for engine in engines() {
        let app = crate::program(engine);
        app.test.leave_jobs();
        use_it(&app);
        let all = kept(&app);
        assert!(all.len() > 10_000, "there is something to look through");
        assert_eq!(found(&all), Vec::<&str>::new());
        assert_eq!(mobiles(&all), Vec::<String>::new());

        // the same search finds what lies there plain
        let planted = "update unit set name = '请电 13893712345 或 110105194912310026'";
        store::db::tamper(&app.test.location, planted).unwrap();
        let all = kept(&app);
        assert_eq!(found(&all), ["13893712345", "110105194912310026"]);
        assert_eq!(mobiles(&all), ["13893712345"]);
    }
}

/// What people leave in a day.
fn use_it(app: &TestApp) {
    let office = app.member("文明办", vec![whole_city(Role::Office), whole_city(Role::SystemAdmin)]);
    // by the public form, with a telephone and mail
    let said = [
        ("description", "路灯不亮，晚上看不见，我的电话 13993754321，身份证 110105194912310026"),
        ("address", "新华南路 12 号门前"),
        ("reporter", "李报事"),
        ("phone", "138 9371 2345"),
        ("mail", "li.reporter@example.cn"),
    ];
    app.public().submit("/report", "/report", &said).expect(303);
    // by a program
    let api = serde_json::json!({
        "description": "井盖破损", "address": "新华北路 3 号", "reporter": "李报事", "phone": "13993754321",
        "mail": "li.reporter@example.cn"
    });
    let sent = app.public().post_json("/api/v1/cases", &api);
    assert!(
        sent.status == 201 || sent.status == 422 || sent.status == 403,
        "{} {}",
        sent.status,
        sent.text()
    );
    // to the office
    let words =
        [("kind", "complaint"), ("body", "窗口态度不好，请回电 15009370001"), ("contact", "15009370001")];
    app.public().submit("/suggestions", "/suggestions", &words).expect(303);
    let _ = office;
}
