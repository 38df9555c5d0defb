//! `chuangcheng serve`

use super::{say, work};
use crate::settings::ServeArgs;
use crate::{cities, features, observe};
use anyhow::Context;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long requests that are being answered may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(25);

pub(crate) fn run(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let mut settings = features::serve_settings(args)?;
    settings.metrics = Some(observe::start_metrics()?);
    let app = features::app(settings)?;
    cities::open_all(&args.work.data, &app)?;
    let workers = work::start(&app, &args.work)?;
    let served = app.cities().len();
    let service = web::router(&app).into_make_service_with_connect_info::<SocketAddr>();

    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen)
            .await
            .with_context(|| format!("cannot listen on {}", args.listen))?;
        let (told, telling) = tokio::sync::oneshot::channel();
        let until = async move {
            work::stopped().await;
            let _ = told.send(());
        };
        let at = listener.local_addr()?;
        tracing::info!(%at, cities = served, ms = began.elapsed().as_millis(), "serving");
        say(format_args!("http://{at}"))?;
        let server = axum::serve(listener, service).with_graceful_shutdown(until);
        tokio::select! {
            ended = server => ended.context("serving"),
            // a connection that is never closed must not hold up the end for ever
            () = async { let _ = telling.await; tokio::time::sleep(GRACE).await } => Ok(()),
        }
    })?;
    runtime.shutdown_timeout(Duration::from_secs(2));
    tracing::info!("stopping background work");
    drop(workers);
    Ok(ExitCode::SUCCESS)
}
