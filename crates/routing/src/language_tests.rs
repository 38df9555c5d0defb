use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn facts() -> Facts {
    Facts {
        kind: "event-01002".into(),
        text: "新华路有垃圾\"成堆\"".into(),
        divisions: vec!["620200".into(), "620200001".into()],
        hour: 23,
        weekday: 6,
        ..Facts::default()
    }
}

fn ask(source: &str) -> Result<bool, Fault> {
    read(source)?.holds(&facts())
}

#[test]
fn what_the_page_promises_works() {
    for (source, wanted) in [
        ("true", true),
        (r#"kind == "event-01002""#, true),
        (r#"kind in ["event-01001", "event-01002"]"#, true),
        (r#"!(kind in ["event-01001"])"#, true),
        (r#""垃圾" in text"#, true),
        (r#"says(text, ["路灯", "垃圾"])"#, true),
        (r#"says(text, [""])"#, false),
        (r#"meets(divisions, ["620200001"])"#, true),
        (r"meets(divisions, [])", false),
        (r#"starts_with(kind, "event-01")"#, true),
        ("hour >= 22 || hour < 6", true),
        ("weekday in [6, 7] && !workday", true),
        (r#"contains(text, "\"成堆\"")"#, true),
        ("urgent", false),
    ] {
        assert_eq!(ask(source), Ok(wanted), "{source}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let fault = |source: &str| {
        let fault = read(source).map(drop).unwrap_err();
        (fault.code, fault.line, fault.column)
    };
    assert_eq!(fault("kindd == \"x\""), ("unknown-name", 1, 1));
    assert_eq!(fault("urgent &&\n  hours > 3"), ("unknown-name", 2, 3));
    assert_eq!(fault("false && launch(text)"), ("unknown-function", 1, 10));
    assert_eq!(fault("(urgent || workday").0, "missing");
    assert_eq!(fault("hour + 1").0, "not-yes-or-no");
    assert_eq!(fault(&"x".repeat(LONGEST + 1)).0, "too-long");
    for source in
        ["", "hour >", "kind = \"x\"", "let x = 1; true", "loop { }", "while true { }", "if urgent { true }"]
    {
        assert!(read(source).is_err(), "{source}");
    }
    for source in
        ["eval(\"true\")", "text.len() > 1", "|x| x", "fn a() { a() } a()", "hour == \"x\" + 1 && nobody"]
    {
        assert!(read(source).is_err(), "{source}");
    }
}

#[test]
fn nothing_holds_the_server_up() {
    let begun = Instant::now();
    let deep = format!("{}true{}", "(".repeat(1500), ")".repeat(1500));
    let nots = format!("{}true", "!".repeat(3000));
    let lists = "[".repeat(1500);
    let braces = "{[(".repeat(600);
    let members = format!("kind in [{}]", vec!["\"x\""; 900].join(", "));
    for source in [&deep, &nots, &lists, &braces, &members] {
        assert!(read(source).is_err(), "{}", &source[..20]);
    }
    // as long as it may be, and it still answers
    let long = vec!["urgent"; LONGEST / 10].join(" || ");
    if let Ok(condition) = read(&long) {
        condition.holds(&facts()).unwrap();
    }
    let grown = vec!["text"; 200].join(" + ");
    if let Ok(condition) = read(&format!("{grown} == \"\"")) {
        let of = Facts { text: "长".repeat(4000), ..facts() };
        assert_eq!(condition.holds(&of).unwrap_err().code, "too-much");
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

proptest! {
    /// Whatever somebody types is answered or refused, soon, and never ends the program.
    #[test]
    fn anything_typed_is_answered_or_refused(source in "[a-z0-9 ()\\[\\]{}!&|=<>+.,;:\"'`$#\\\\\n-]{0,200}") {
        if let Ok(condition) = read(&source) {
            let _ = condition.holds(&facts());
        }
    }

    #[test]
    fn a_quoted_text_is_read_as_it_was(text in "\\PC{0,40}|[\"\\\\\n\t\r]{0,6}") {
        let of = Facts { title: text.clone(), ..Facts::default() };
        let condition = read(&format!("title == {}", quoted(&text))).unwrap();
        prop_assert_eq!(condition.holds(&of), Ok(true));
    }
}
