//! `chuangcheng openapi`

use super::say;
use crate::features;
use std::process::ExitCode;
use web::app::Settings;

/// The description is the program's own: no city is needed.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    say(web::api::whole(&app).to_pretty_json()?)?;
    Ok(ExitCode::SUCCESS)
}
