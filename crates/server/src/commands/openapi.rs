//! `chuangcheng openapi`

use super::say;
use crate::features;
use std::process::ExitCode;
use web::app::Settings;

/// The description is the program's own: no city is needed.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let app = features::app(Settings::default())?;
    say(serde_json::to_string_pretty(&web::api::document(&app).0)?)?;
    Ok(ExitCode::SUCCESS)
}
