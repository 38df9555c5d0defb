//! `chuangcheng work`: background work without pages, and what `serve` uses of it.

use crate::settings::WorkArgs;
use crate::{cities, features};
use std::process::ExitCode;
use store::jobs::{Jobs, Toolbox, Worker};
use web::App;

/// Starts the threads of every city. Dropping them lets what runs come to its end.
pub(crate) fn start(app: &App, args: &WorkArgs) -> anyhow::Result<Vec<Worker>> {
    // the first to ask decides where fonts are looked for
    papers::Fonts::shared(&args.fonts);
    let setup = backups::Setup { folder: args.backup_folder.clone(), migrations: app.migrations() };
    app.cities().iter().for_each(|city| backups::bring(city, setup.clone()));
    let scanner = paper::Setup { folder: args.paper_folder.clone() };
    app.cities().iter().for_each(|city| paper::bring(city, scanner.clone()));
    if let Some(gateway) = features::sms_gateway(args)? {
        app.cities().iter().for_each(|city| sms::bring(city, gateway.clone()));
    }
    if args.workers == 0 {
        return Ok(Vec::new());
    }
    let (handlers, periodic) = app.jobs();
    let mut workers = Vec::new();
    for city in app.cities() {
        let tools = Toolbox::default().with(features::mailer(app, &args.mail)?).with(city.clone());
        let jobs = Jobs::new(city.db().clone(), city.code().clone(), &handlers, &periodic, tools)?;
        workers.push(Worker::start(jobs, args.workers)?);
    }
    Ok(workers)
}

/// Resolves when the program is told to stop: SIGTERM or Ctrl-C.
pub(crate) async fn stopped() {
    let mut term = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(term) => term,
        Err(error) => {
            tracing::error!(%error, "SIGTERM cannot be heard; stop with Ctrl-C");
            let _ = tokio::signal::ctrl_c().await;
            return;
        }
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

pub(crate) fn run(args: &WorkArgs) -> anyhow::Result<ExitCode> {
    let app = features::app(features::work_settings(args)?)?;
    cities::open_all(&args.data, &app)?;
    let workers = start(&app, args)?;
    tracing::info!(cities = app.cities().len(), "working");
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(stopped());
    drop(workers);
    Ok(ExitCode::SUCCESS)
}
