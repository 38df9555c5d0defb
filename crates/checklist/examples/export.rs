//! Writes the samples into a folder, each as workbook, XForm and JSON: `cargo run -p checklist --example export DIR`.
//! With a workbook behind it, reads that instead and writes what it says: for tests with other programs.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("usage: export DIR [WORKBOOK]")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let all = match args.next() {
        None => checklist::samples::all(),
        Some(workbook) => {
            let import = checklist::xlsform::read(&fs::read(workbook)?);
            let faults = serde_json::to_string_pretty(&import.faults)?;
            vec![import.checklist.ok_or(faults)?]
        }
    };
    for checklist in all {
        let to = |ending: &str| folder.join(format!("{}.{ending}", checklist.code));
        fs::write(to("xlsx"), checklist::xlsform::write(&checklist)?)?;
        let form = checklist::xform::write(&checklist).map_err(|problems| format!("{problems:?}"))?;
        fs::write(to("xml"), form)?;
        fs::write(to("json"), serde_json::to_string_pretty(&checklist)?)?;
    }
    Ok(())
}
