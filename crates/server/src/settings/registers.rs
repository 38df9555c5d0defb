//! What reading and scoring registers can be told.

use super::words::{city_code, pair};
use super::{CityArgs, DataArgs};
use clap::Args;
use kernel::ctx::CityCode;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// What the file holds: divisions, sections, sites, grids …
    pub kind: String,
    pub file: PathBuf,
    #[arg(long, value_parser = city_code)]
    pub city: CityCode,
    #[command(flatten)]
    pub data: DataArgs,
    /// TOML that says which column is which field.
    #[arg(long)]
    pub mapping: Option<PathBuf>,
    /// Do everything, report, and leave nothing behind.
    #[arg(long)]
    pub dry_run: bool,
    /// Where the account of every row goes, as JSON.
    #[arg(long)]
    pub report: PathBuf,
    /// Folder with the tables that come beside a workbook of an assessment: indicators.csv, streets.csv, departments.csv.
    #[arg(long)]
    pub tables: Option<PathBuf>,
    /// What else the kind wants to know: --set crs=gcj02.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub options: Vec<(String, String)>,
}

#[derive(Debug, Args)]
pub struct ScoreArgs {
    #[command(flatten)]
    pub city: CityArgs,
    /// Number of the round, AR-000003; without it the latest.
    #[arg(long)]
    pub round: Option<String>,
    /// Everything, as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct RecomputeArgs {
    /// The file that was handed out.
    pub pack: PathBuf,
    /// Name of the key that it must be signed with, as the city tells it.
    #[arg(long)]
    pub kid: Option<String>,
    /// Everything, as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct KeepingArgs {
    #[command(flatten)]
    pub city: CityArgs,
    /// Only tell what would go today and within thirty days.
    #[arg(long)]
    pub dry_run: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}
