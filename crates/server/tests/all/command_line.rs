//! The commands of an operator, from founding to restoring, on both engines.

use clap::Parser;
use server::settings::Cli;
use std::path::Path;
use std::process::ExitCode;
use store::Location;

fn run(line: &[&str]) -> anyhow::Result<ExitCode> {
    server::run(Cli::try_parse_from(std::iter::once("chuangcheng").chain(line.iter().copied()))?)
}

fn ends_with(line: &[&str], code: u8) {
    let got = run(line).unwrap_or_else(|e| panic!("{line:?}: {e:#}"));
    assert_eq!(format!("{got:?}"), format!("{:?}", ExitCode::from(code)), "{line:?}");
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_city_is_founded_proved_carried_away_and_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (text(&folder.path().join("a")), text(&folder.path().join("b")));
    let file = text(&folder.path().join("city.backup"));
    ends_with(&["city", "create", "620200", "--name", "嘉峪关市", "--data", &first], 0);
    assert!(run(&["city", "create", "620200", "--name", "嘉峪关市", "--data", &first]).is_err(), "twice");
    assert!(
        run(&["city", "create", "6202", "--name", "x", "--data", &first]).is_err(),
        "a code has six digits"
    );
    let about = ["city", "describe", "620200", "--data", &first];
    assert!(run(&about).is_err(), "nothing to say");
    ends_with(&[&about[..], &["--name-en", "Jiayuguan", "--phone", "0937-0000000"]].concat(), 0);
    ends_with(&["verify", "--data", &first], 0);
    ends_with(&["backup", "--city", "620200", "--data", &first, "--out", &file], 0);
    // the backup has no keys of personal data; their copy is kept apart
    let refused = run(&["restore", &file, "--data", &second]).unwrap_err();
    assert!(refused.to_string().contains("data-keys.json"), "{refused}");
    let keys = format!("{first}/620200/data-keys.json");
    ends_with(&["restore", &file, "--data", &second, "--data-keys", &keys], 0);
    ends_with(&["keys", "rotate", "--city", "620200", "--data", &second, "--seal-with", "sm4-gcm"], 0);
    ends_with(&["keys", "list", "--city", "620200", "--data", &second], 0);
    ends_with(&["keeping", "--dry-run", "--city", "620200", "--data", &second], 0);
    ends_with(&["keeping", "--json", "--city", "620200", "--data", &second], 0);
    ends_with(&["audit-hash", "sm3", "--city", "620200", "--data", &second], 0);
    ends_with(&["verify", "--data", &second], 0);
    // the folder's own file is no part of the backup, yet the city keeps its name
    let restored = std::fs::read_to_string(folder.path().join("b/620200/city.toml")).unwrap();
    assert!(restored.contains("嘉峪关市"), "{restored}");
    ends_with(&["city", "describe", "620200", "--data", &second, "--phone", ""], 0);
    assert!(
        run(&["city", "describe", "620200", "--data", &second, "--phone", ""]).is_err(),
        "it is off already"
    );
    assert!(run(&["restore", &file, "--data", &second]).is_err(), "a city is not written over");

    let database = Location::Embedded { file: folder.path().join("b/620200/city.db") };
    store::db::tamper(&database, "update audit set actor_name = 'x' where seq = 1").unwrap();
    ends_with(&["verify", "--data", &second], 3);
}

#[test]
fn an_import_of_an_unknown_kind_names_the_known_ones() {
    let folder = tempfile::tempdir().unwrap();
    let data = text(folder.path());
    ends_with(&["city", "create", "620200", "--name", "嘉峪关市", "--data", &data], 0);
    let report = text(&folder.path().join("r.json"));
    let line = ["import", "wishes", "f.csv", "--city", "620200", "--data", &data, "--report", &report];
    assert!(run(&line).unwrap_err().to_string().contains("wishes"));
}
