//! For tests with other programs: `judge form CHECKLIST.json` writes the XForm of a checklist to standard output,
//! `judge submission CHECKLIST.json SUBMISSION.xml DATE` what a submission says, as JSON.

use checklist::{Checklist, submission, xform};
use std::error::Error;
use std::fs;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let list =
        |path: &str| -> Result<Checklist, Box<dyn Error>> { Ok(serde_json::from_slice(&fs::read(path)?)?) };
    let said = match args.as_slice() {
        ["form", path] => xform::write(&list(path)?).map_err(|problems| format!("{problems:#?}"))?,
        ["submission", path, sent, date] => {
            let list = list(path)?;
            let sent = submission::read(&list, &fs::read(sent)?).map_err(|faults| format!("{faults:#?}"))?;
            let settled = list.settle(&sent.answers, date.parse()?);
            serde_json::json!({
                "instance_id": sent.instance_id,
                "attachments": sent.attachments,
                "answers": settled.answers,
                "aside": settled.aside,
                "faults": settled.faults,
                "observations": list.observe(&sent.answers, date.parse()?),
            })
            .to_string()
        }
        _ => return Err("usage: judge form CHECKLIST | submission CHECKLIST SUBMISSION DATE".into()),
    };
    std::io::stdout().write_all(said.as_bytes())?;
    Ok(())
}
