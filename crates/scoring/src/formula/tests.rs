use super::*;
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn worked(text: &str, figures: &[(&str, &str)]) -> Result<String, Fault> {
    let names: Vec<&str> = figures.iter().map(|(name, _)| *name).collect();
    let values: Vec<Exact> = figures.iter().map(|(_, value)| exact(value)).collect();
    Formula::read(text, &names)?.work_out(&values).map(|found| found.to_string())
}

fn fault(text: &str) -> (FaultCode, usize) {
    let fault = worked(text, &[("rate", "0.5"), ("数量", "3")]).unwrap_err();
    (fault.code, fault.at)
}

#[test]
fn arithmetic_is_that_of_school() {
    for (text, result) in [
        ("1 + 2 * 3 - 4 / 8", "6.5"),
        ("(1+2)*3", "9"),
        ("2 - 3 - 4", "-5"),
        ("-2 * -(3 - 5)", "-4"),
        ("70% + 0.05", "0.75"),
        ("1/3 + 1/3 + 1/3", "1"),
        ("if(1 < 2 and not 3 = 4, 5, 6)", "5"),
        ("round(2.675, 2)", "2.68"),
        ("round(2.5) + floor(2.9) + ceil(2.1) + abs(-1)", "9"),
        ("clamp(120, 0, 100)", "100"),
        ("mean(1, 2, 6) + median(1, 9, 2) + sum(1,2) + min(4,3) + max(4,3)", "15"),
        ("（1＋2）×3÷2", "4.5"),
        ("如果（3 ≥ 3，1，0）", "1"),
    ] {
        assert_eq!(worked(text, &[]).unwrap(), result, "{text}");
    }
}

/// What one city publishes: 按期结案率 of 70 % and more gives 50 points, each point below takes one away; the closing rate
/// from 90 % on gives 20; rework costs 0.2, the third time 0.5; what the media exposed counts twice.
#[test]
fn the_rule_of_one_city_can_be_written_down() {
    let text = "if(按期结案 / (应结案 - 缓办) >= 70%, 50, max(0, 50 - (70% - 按期结案 / (应结案 - 缓办)) * 100)) \
         + if(结案率 >= 90%, 20, 0) - 返工 * 0.2 - 三次返工 * 0.5 - (作假 + 推诿) * if(媒体曝光 > 0, 2, 1)";
    let of = |in_time: &str, exposed: &str| {
        worked(
            text,
            &[
                ("按期结案", in_time),
                ("应结案", "110"),
                ("缓办", "10"),
                ("结案率", "0.93"),
                ("返工", "2"),
                ("三次返工", "1"),
                ("作假", "1"),
                ("推诿", "0"),
                ("媒体曝光", exposed),
            ],
        )
        .unwrap()
    };
    assert_eq!(of("80", "0"), "68.1");
    assert_eq!(of("64", "0"), "62.1");
    assert_eq!(of("64", "1"), "61.1");
}

#[test]
fn faults_are_told_with_their_place() {
    use FaultCode as F;
    for (text, expected) in [
        ("", (F::Empty, 0)),
        ("   ", (F::Empty, 0)),
        ("1 +", (F::EndsEarly, 3)),
        ("(1", (F::EndsEarly, 2)),
        ("1 2", (F::Unexpected, 2)),
        ("1 # 2", (F::UnknownSign, 2)),
        ("1.2.3", (F::UnknownSign, 0)),
        ("比率 * 2", (F::UnknownName, 0)),
        ("数量 + sqrt(2)", (F::UnknownFunction, 5)),
        ("if(rate, 1, 2)", (F::WrongKind, 3)),
        ("rate > 0.5", (F::WrongKind, 5)),
        ("1 + (rate > 0.5)", (F::WrongKind, 10)),
        ("not 3", (F::WrongKind, 4)),
        ("clamp(1, 2)", (F::Arguments, 0)),
        ("round(1, 数量)", (F::Places, 0)),
        ("1 / (数量 - 3)", (F::DividedByZero, 2)),
        ("1 < 2 < 3", (F::Unexpected, 6)),
        ("min()", (F::Arguments, 0)),
    ] {
        assert_eq!(fault(text), expected, "{text}");
    }
    assert_eq!(fault(&"(".repeat(100_000)).0, F::TooLong);
    assert_eq!(fault(&"(".repeat(1000)).0, F::TooDeep);
    assert_eq!(fault(&format!("{}1", "-".repeat(1000))).0, F::TooDeep);
    let grows = "rate * ".repeat(280) + "rate";
    assert!(
        worked(&grows, &[("rate", "0.123456789123456789123456789123456789")])
            .is_err_and(|f| f.code == F::TooBig)
    );
}

#[test]
fn a_branch_that_does_not_hold_is_not_worked_out() {
    let text = "if(due > 0 and done / due > 0.5, done / due, 0)";
    assert_eq!(worked(text, &[("due", "0"), ("done", "0")]).unwrap(), "0");
    assert_eq!(worked(text, &[("due", "4"), ("done", "3")]).unwrap(), "0.75");
}

#[test]
fn a_formula_is_kept_as_its_text() {
    let formula = Formula::read("rate * 2", &["rate", "other"]).unwrap();
    assert!(formula.asks_for("rate") && !formula.asks_for("other") && !formula.asks_for("nobody"));
    let text = serde_json::to_string(&formula).unwrap();
    assert_eq!(serde_json::from_str::<Formula>(&text).unwrap(), formula);
    assert!(serde_json::from_str::<Formula>(&text.replace("* 2", "* ")).is_err());
}

proptest! {
    #[test]
    fn whatever_is_typed_is_answered(text in "[a-z0-9.%+*/()<>=!, 数量或且非（），×-]{0,120}") {
        if let Ok(formula) = Formula::read(&text, &["数量", "a"]) {
            let _ = formula.work_out(&[exact("3"), exact("0")]);
        }
    }

    #[test]
    fn sums_and_products_are_those_of_fractions(a in -500_i64..500, b in -500_i64..500, c in 1_i64..500) {
        let figures = [("a", a.to_string()), ("b", b.to_string()), ("c", c.to_string())];
        let figures: Vec<(&str, &str)> = figures.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let expected = Exact::ratio(a * c + b, c).unwrap() * Exact::from(2);
        prop_assert_eq!(worked("2 * (a + b / c)", &figures).unwrap(), expected.to_string());
    }
}
