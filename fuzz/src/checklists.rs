//! Checklists from workbooks, their expressions, and what comes back from other people's programs.

use crate::direct::inside;
use crate::targets::{Target, Told};
use checklist::{Checklist, Expr, samples, submission, xform, xlsform};
use jiff::civil::date;

const EXPRESSIONS: &[&str] = &[
    "${lit} div ${lamps} < 0.95 and not(selected(${faults}, 'cable'))",
    "if(regex(., '[0-9A-Z]{1,5}路?'), round(sum(${ads}) * 100, 1), coalesce(${a}, \"b\"))",
    "position(../..) = 1 or -(today() - date('2026-11-30')) mod 7 >= count(${stops})",
];

fn expressions() -> Target<'static> {
    let seeds = EXPRESSIONS.iter().map(|text| text.as_bytes().to_vec()).collect();
    let words: &[&str] =
        &["(", ")", "${", "}", "'", "\"", " and ", " div ", "not(", "..", "regex(", ",", "[", "{9999}", "-"];
    Target::new("expression", seeds, words, |bytes| {
        let Ok(expr) = Expr::read(&String::from_utf8_lossy(bytes)) else { return Told::Refused };
        match Expr::read(&expr.to_string()) {
            Ok(again) if again == expr => Told::Taken,
            // what was just within the bounds may be longer with its blanks
            Err(fault) if matches!(fault.code, checklist::FaultCode::TooLong) => Told::Taken,
            other => Told::Wrong(format!("{expr} was read as {other:?}")),
        }
    })
}

/// What is taken must be whole: it goes out and comes in the same, makes a form, and is counted.
fn whole(list: &Checklist) -> Told {
    let Ok(bytes) = xlsform::write(list) else { return Told::Wrong("cannot be written".to_owned()) };
    let again = xlsform::read(&bytes);
    if again.checklist.as_ref() != Some(list) {
        return Told::Wrong(format!("came back as {:?}", again.faults));
    }
    if let Err(problems) = xform::write(list) {
        return Told::Wrong(format!("{problems:?}"));
    }
    let nothing = checklist::Answers::default();
    let _ = (list.settle(&nothing, date(2026, 11, 30)), list.observe(&nothing, date(2026, 11, 30)));
    Told::Taken
}

fn workbooks() -> Target<'static> {
    let seeds = samples::all().iter().filter_map(|sample| xlsform::write(sample).ok()).collect();
    let mut target = Target::new("xlsform", seeds, &["survey", "begin repeat", "${", "cc_rule"], |bytes| {
        match xlsform::read(bytes).checklist {
            Some(list) => whole(&list),
            None => Told::Refused,
        }
    });
    target.make = Some(inside);
    target
}

const SUBMISSION: &str = "<data id=\"bus\" version=\"2026-1\" xmlns:orx=\"http://openrosa.org/xforms\"><intro/>\
    <lines_wanted>1</lines_wanted><lines><line>12路</line><driver>A</driver><stops_count>5</stops_count>\
    <stops><stop>新华路</stop><clean>met</clean><map_right>na</map_right><notices><ads>2</ads>\
    <ads_photo>a.jpg</ads_photo></notices></stops><stops/></lines><ads_in_all>2</ads_in_all>\
    <orx:meta><orx:instanceID>uuid:4f6a</orx:instanceID></orx:meta></data>";

fn submissions() -> Target<'static> {
    let words: &[&str] = &[
        "<stops>",
        "</stops>",
        "<lines/>",
        "<!DOCTYPE data [<!ENTITY a \"b\">]>",
        "&a;",
        "&#0;",
        "&#x10ffff;",
        "<![CDATA[",
        "]]>",
        "xmlns=\"",
        "<?xml version=\"1.1\"?>",
        "<!--",
    ];
    let bus = samples::bus();
    Target::new("submission", vec![SUBMISSION.as_bytes().to_vec()], words, move |bytes| {
        let Ok(sent) = submission::read(&bus, bytes) else { return Told::Refused };
        let _ = bus.settle(&sent.answers, date(2026, 11, 30));
        for seen in bus.observe(&sent.answers, date(2026, 11, 30)) {
            if seen.good > seen.of {
                return Told::Wrong(format!("{seen:?}"));
            }
        }
        Told::Taken
    })
}

pub fn targets() -> Vec<Target<'static>> {
    vec![expressions(), workbooks(), submissions()]
}
