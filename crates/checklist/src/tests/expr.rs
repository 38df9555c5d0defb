use super::*;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Answers of a form without repeats: `a` is 3, `b` is empty, `t` a text, `m` two choices, `d` a day, `r` has three rows.
struct Around;

impl Surroundings for Around {
    fn answers(&self, name: &str) -> Value {
        Value::One(match name {
            "a" => Scalar::Number(3.0),
            "t" => Scalar::Text("路灯 12".to_owned()),
            "m" => Scalar::Text("cable drain".to_owned()),
            "d" => Scalar::Date(days_of(date(2026, 11, 28))),
            "r" => return Value::Nodes(vec![Scalar::Number(1.0), Scalar::Number(5.0), Scalar::Number(2.5)]),
            "none" => return Value::Nodes(Vec::new()),
            _ => Scalar::nothing(),
        })
    }

    fn this(&self) -> Scalar {
        Scalar::Number(7.0)
    }

    fn position(&self, steps: usize) -> usize {
        steps + 1
    }

    fn today(&self) -> Date {
        date(2026, 11, 30)
    }
}

fn worked(text: &str) -> String {
    work_out(Expr::read(text).unwrap().tree(), &Around).one().text()
}

#[test]
fn values_are_those_of_xpath() {
    for (text, result) in [
        ("1 + 2 * 3 - 4 div 8", "6.5"),
        ("(1 + 2) * 3", "9"),
        ("7 mod 3", "1"),
        ("-7 mod 3", "-1"),
        ("5 - 3 - 1", "1"),
        ("--2", "2"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", "NaN"),
        ("-0", "0"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("${b} + 1", "NaN"),
        ("${b} = ''", "true"),
        ("${b} = 0", "false"),
        ("${b} > 0", "false"),
        ("${b} <= 0", "false"),
        ("${a} = 3 and ${a} = '3'", "true"),
        ("${a} != 3 or not(${a} = 3)", "false"),
        ("1 < 2 = true()", "true"),
        ("'b' = \"b\"", "true"),
        ("number('  12.50 ')", "12.5"),
        ("number('1e3')", "NaN"),
        ("number('+1')", "NaN"),
        ("number('')", "NaN"),
        ("number(true()) + number(false())", "1"),
        ("string(100000000000000)", "100000000000000"),
        ("int(2.9) + int(-2.9)", "0"),
        ("int('')", "NaN"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(2.345, 2)", "2.35"),
        ("round(-2.345, 2)", "-2.34"),
        ("round(1 div 0) + round(1 div 3, 30)", "Infinity"),
        ("round(1250, -2)", "1300"),
        ("if(${a} > 2, 'yes', 'no')", "yes"),
        ("if('', 1, 2)", "2"),
        ("if('false', 1, 2)", "1"),
        ("coalesce(${b}, ${a})", "3"),
        ("coalesce('x', ${a})", "x"),
        ("string-length('路灯')", "2"),
        ("concat('a', ${a}, true())", "a3true"),
        ("contains(${t}, '灯') and starts-with(${t}, '路')", "true"),
        ("contains(${t}, '')", "true"),
        ("selected(${m}, 'drain')", "true"),
        ("selected(${m}, 'dra')", "false"),
        ("selected('', '')", "true"),
        ("selected(${m}, '')", "false"),
        ("count-selected(${m})", "2"),
        ("count-selected('')", "0"),
        ("selected-at(${m}, 1)", "drain"),
        ("selected-at(${m}, 2)", ""),
        ("selected-at(${m}, -1)", ""),
        ("regex('12路', '[0-9]+路')", "true"),
        ("regex('x12路', '[0-9]+路')", "false"),
        ("regex('12', 'a|12')", "true"),
        ("sum(${r})", "8.5"),
        ("count(${r})", "3"),
        ("min(${r}) + max(${r})", "6"),
        ("max(1, ${a}, 2)", "3"),
        ("max(1, ${b})", "1"),
        ("min(${b}, '')", "NaN"),
        ("sum(${none}) + count(${none})", "0"),
        ("max(${none})", "NaN"),
        (". * 2", "14"),
        ("once('x')", "7"),
        ("position(..)", "2"),
        ("position(../..)", "3"),
        ("today() = ${d}", "false"),
        ("today() - ${d}", "2"),
        ("today() > date('2026-11-29')", "true"),
        ("date('2026-02-30')", ""),
        ("date(today() - 30)", "2026-10-31"),
        ("string(${d})", "2026-11-28"),
        ("${d} = '2026-11-28'", "true"),
        ("true() and (false() or 1)", "true"),
        ("（１＋２）＊３", "9"),
    ] {
        assert_eq!(worked(text), result, "{text}");
    }
}

#[test]
fn faults_are_told_with_their_place() {
    use FaultCode as F;
    for (text, code, at) in [
        ("", F::Empty, 0),
        ("  ", F::Empty, 0),
        ("1 +", F::EndsEarly, 3),
        ("(1", F::EndsEarly, 2),
        ("1 2", F::Unexpected, 2),
        ("1 # 2", F::UnknownSign, 2),
        ("路灯 = 1", F::Unexpected, 0),
        ("a = 1", F::Unexpected, 0),
        ("'abc", F::OpenText, 0),
        ("1.2.3", F::Number, 0),
        ("1234567890123456", F::Number, 0),
        ("${1a}", F::BadName, 0),
        ("1 + ${", F::BadName, 4),
        ("1 + ${路灯}", F::BadName, 4),
        ("1 + sqrt(2)", F::UnknownFunction, 4),
        ("pulldata('a', 'b')", F::UnknownFunction, 0),
        ("not()", F::Arguments, 0),
        ("1 + if(1, 2)", F::Arguments, 4),
        ("sum(1 + 2)", F::WantsReference, 0),
        ("count(.)", F::WantsReference, 0),
        ("regex(., '(')", F::BadPattern, 0),
        ("regex(., '(?=a)')", F::BadPattern, 0),
        ("position()", F::Unexpected, 9),
        ("..", F::Unexpected, 0),
        ("/data/a = 1", F::Unexpected, 0),
        ("${a}[1]", F::UnknownSign, 4),
        ("1 and", F::EndsEarly, 5),
    ] {
        let fault = Expr::read(text).unwrap_err();
        assert_eq!((fault.code, fault.at), (code, at), "{text}");
    }
    for (text, code) in [
        ("(".repeat(100_000), F::TooLong),
        (format!("{}1{}", "(".repeat(200), ")".repeat(200)), F::TooDeep),
        ("-".repeat(300) + "1", F::TooDeep),
        ("1+".repeat(700) + "1", F::TooLong),
        ("not(".repeat(100), F::TooDeep),
    ] {
        assert_eq!(Expr::read(&text).unwrap_err().code, code, "{}", text.len());
    }
    assert!(Expr::read(&("${abcdef} = 'x' or ".repeat(90) + "1")).is_ok());
}

#[test]
fn brackets_are_written_where_they_are_needed_and_nowhere_else() {
    for (text, printed) in [
        ("((1+2))*3", "(1 + 2) * 3"),
        ("1+(2*3)", "1 + 2 * 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("(1-2)-3", "1 - 2 - 3"),
        ("-(1+2)", "-(1 + 2)"),
        ("(-1)+2", "-1 + 2"),
        ("(1=2)=3", "1 = 2 = 3"),
        ("1=(2=3)", "1 = (2 = 3)"),
        ("${a}and(${b}or 1)", "${a} and (${b} or 1)"),
        ("not( selected( ${m} , \"it's\" ) )", "not(selected(${m}, \"it's\"))"),
        ("if(1,2,3)", "if(1, 2, 3)"),
        ("position( .. / .. )", "position(../..)"),
        (".5", "0.5"),
    ] {
        assert_eq!(Expr::read(text).unwrap().to_string(), printed, "{text}");
    }
}

#[test]
fn every_function_says_its_name_and_is_found_by_it() {
    for function in Function::ALL {
        assert_eq!(Function::called(function.name()), Some(*function));
    }
    assert_eq!(Function::called("position"), None, "position is read by itself");
}

#[test]
fn json_is_the_text() {
    let expr = Expr::read("${a}+1").unwrap();
    assert_eq!(serde_json::to_string(&expr).unwrap(), "\"${a} + 1\"");
    assert_eq!(serde_json::from_str::<Expr>("\"${a} + 1\"").unwrap(), expr);
    assert!(
        serde_json::from_str::<Expr>("\"${a} +\"").unwrap_err().to_string().contains("expression-ends-early")
    );
}

fn leaf() -> impl Strategy<Value = Tree> {
    prop_oneof![
        (0_u32..100_000).prop_map(|n| Tree::Number(f64::from(n) / 100.0)),
        "[a-z 路灯\"<&]{0,6}".prop_map(Tree::Text),
        "[a-z ']{0,6}".prop_map(Tree::Text),
        "[a-z_][a-z0-9_.-]{0,6}".prop_map(Tree::Name),
        Just(Tree::This),
        (1_usize..4).prop_map(Tree::Position),
    ]
}

pub(crate) fn trees() -> impl Strategy<Value = Tree> {
    let pairs: Vec<Op> = read::LEVELS.iter().flat_map(|level| level.iter().map(|(op, _)| *op)).collect();
    leaf().prop_recursive(5, 40, 4, move |inner| {
        let given = prop::collection::vec(inner.clone(), 3);
        prop_oneof![
            inner.clone().prop_map(|of| Tree::Negative(Box::new(of))),
            (prop::sample::select(pairs.clone()), inner.clone(), inner.clone())
                .prop_map(|(op, one, other)| Tree::Pair(op, Box::new(one), Box::new(other))),
            (prop::sample::select(Function::ALL), given, "[a-z]{1,5}").prop_map(|(function, given, name)| {
                let given = match (function, function.wants()) {
                    (Function::Regex, _) => vec![given[0].clone(), Tree::Text("[a-z]+".to_owned())],
                    (_, Wants::All) => vec![Tree::Name(name)],
                    _ => given.into_iter().cycle().take(function.arguments().0).collect(),
                };
                Tree::Call(function, given)
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(tree in trees()) {
        let printed = print::print(&tree);
        let read = Expr::read(&printed);
        // deep ones are refused, and nothing else is
        match read {
            Ok(read) => prop_assert_eq!(read.tree(), &tree, "{}", printed),
            Err(fault) => prop_assert!(matches!(fault.code, FaultCode::TooDeep | FaultCode::TooLong), "{} {}", fault, printed),
        }
    }

    #[test]
    fn everything_comes_to_something(tree in trees()) {
        let _ = work_out(&tree, &Around).one().text();
    }

    #[test]
    fn whatever_is_typed_is_answered(text in "[a-z0-9.%+*/()<>=!,$ {}'\"路（），-]{0,160}") {
        if let Ok(expr) = Expr::read(&text) {
            let again = Expr::read(&expr.to_string()).unwrap();
            prop_assert_eq!(&again, &expr);
            let _ = work_out(expr.tree(), &Around).one().text();
        }
    }
}
