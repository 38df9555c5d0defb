use super::*;

fn choice(text: &str, counts: Option<i64>) -> Choice {
    Choice { text: text.into(), counts }
}

pub(crate) fn question(key: &str, kind: QuestionKind) -> Question {
    let options = match kind {
        QuestionKind::Number | QuestionKind::Text => vec![],
        _ => vec![choice("满意", Some(10_000)), choice("基本满意", Some(6_000)), choice("不满意", Some(0))],
    };
    let number = kind == QuestionKind::Number;
    Question {
        key: key.into(),
        kind,
        text: "您满意吗？".into(),
        options,
        least: number.then_some(0),
        most: number.then_some(120),
        standard: String::new(),
        when: None,
    }
}

fn asked(questions: &[Question], given: &[(&str, &str)]) -> Result<Settled> {
    settle(questions, |key| given.iter().filter(|(k, _)| *k == key).map(|(_, v)| (*v).to_owned()).collect())
}

#[test]
fn what_is_not_asked_is_set_aside_and_what_is_asked_is_wanted() {
    let first = question("q1", QuestionKind::Single);
    let mut second = question("q2", QuestionKind::Multiple);
    second.when = Some(When { question: "q1".into(), options: vec![2] });
    let questions = [first, second];
    check_all(&questions).unwrap();
    let settled = asked(&questions, &[("q1", "0"), ("q2", "1")]).unwrap();
    assert_eq!(settled.sheet.keys().collect::<Vec<_>>(), ["q1"]);
    let problem = asked(&questions, &[("q1", "2")]).unwrap_err();
    assert_eq!((&*problem.fields[0].field, problem.fields[0].code), ("q-q2", "survey-answer-missing"));
    let settled = asked(&questions, &[("q1", "2"), ("q2", "2"), ("q2", "0"), ("q2", "2")]).unwrap();
    assert_eq!(settled.sheet["q2"], Given::Options(vec![0, 2]));
    assert_eq!(questions[1].score(&settled.sheet["q2"]), Some(0.5));
    // who is not sure was not asked what follows
    let settled = asked(&questions, &[("q1", "unsure")]).unwrap();
    assert_eq!(settled.sheet["q1"], Given::Unsure);
    assert_eq!(questions[0].score(&Given::Unsure), None);
}

#[test]
fn answers_that_fit_nothing_are_refused() {
    let questions = [
        question("q1", QuestionKind::Single),
        question("q2", QuestionKind::Number),
        question("q3", QuestionKind::Text),
    ];
    let code = |given: &[(&str, &str)]| asked(&questions, given).unwrap_err().fields[0].code;
    assert_eq!(code(&[("q1", "3"), ("q2", "1")]), "not-a-choice");
    assert_eq!(code(&[("q1", "0"), ("q1", "1"), ("q2", "1")]), "not-a-choice");
    assert_eq!(code(&[("q1", "0"), ("q1", "unsure"), ("q2", "1")]), "survey-unsure-beside");
    assert_eq!(code(&[("q1", "0"), ("q2", "121")]), "not-within");
    assert_eq!(code(&[("q1", "0"), ("q2", "many")]), "not-a-number");
    let long = "字".repeat(WORDS + 1);
    assert_eq!(code(&[("q1", "0"), ("q2", "1"), ("q3", &long)]), "too-long");
    let settled = asked(&questions, &[("q1", "0"), ("q2", "0"), ("q3", " 路灯太暗 ")]).unwrap();
    assert_eq!(settled.words, [("q3".to_owned(), "路灯太暗".to_owned())]);
    assert!(!settled.sheet.contains_key("q3"), "words stay apart from the sheet");
}

#[test]
fn conditions_look_back() {
    let mut first = question("q1", QuestionKind::Single);
    first.when = Some(When { question: "q2".into(), options: vec![0] });
    let forward = [first, question("q2", QuestionKind::Single)];
    assert_eq!(check_all(&forward).unwrap_err().fields[0].code, "survey-condition");
    let twice = [question("q1", QuestionKind::Single), question("q1", QuestionKind::Single)];
    assert_eq!(check_all(&twice).unwrap_err().fields[0].code, "used-already");
    assert!(check_all(&[]).is_err());
    assert_eq!(next_key(&twice), "q2");
}

#[test]
fn what_is_typed_is_read_and_written_alike() {
    let options = read_options("满意 | 100\n基本满意｜62.5%\n\n说不上").unwrap();
    assert_eq!(
        options,
        [choice("满意", Some(10_000)), choice("基本满意", Some(6_250)), choice("说不上", None)]
    );
    assert_eq!(read_options(&write_options(&options)).unwrap(), options);
    assert!(read_options("满意 | 101").is_err() && read_options("满意 | viel").is_err());
    let questions = [question("q7", QuestionKind::Single), question("q2", QuestionKind::Text)];
    let when = read_when("1 = 1，3", &questions).unwrap();
    assert_eq!(when, Some(When { question: "q7".into(), options: vec![0, 2] }));
    assert_eq!(write_when(when.as_ref(), &questions), "1=1,3");
    assert_eq!(read_when(" ", &questions), Ok(None));
    for wrong in ["1", "3=1", "1=4", "1=0", "1=", "0=1", "2=1", "一=1"] {
        assert!(read_when(wrong, &questions).is_err(), "{wrong}");
    }
    assert_eq!(read_kind("量表"), Some(QuestionKind::Scale));
    assert_eq!(read_kind("multiple"), Some(QuestionKind::Multiple));
    assert_eq!(read_kind("图片"), None);
}

#[test]
fn answers_keep_their_form() {
    let sheet: Sheet = [
        ("q1".to_owned(), Given::Options(vec![0, 2])),
        ("q2".to_owned(), Given::Number(-3)),
        ("q3".to_owned(), Given::Unsure),
    ]
    .into();
    let text = serde_json::to_string(&sheet).unwrap();
    assert_eq!(text, r#"{"q1":[0,2],"q2":-3,"q3":null}"#);
    assert_eq!(serde_json::from_str::<Sheet>(&text).unwrap(), sheet);
}
