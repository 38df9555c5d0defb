//! Log and measures.

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;
use web::app::Metrics;

/// Logs to standard error; what, follows `RUST_LOG`.
pub fn start_log(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // below that, the HTTP client tells every address, and those of a bucket are signed
    let filter = match "ureq=warn".parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // a second start, in tests, changes nothing
    let _ = if json {
        log.json().flatten_event(true).try_init()
    } else {
        log.with_ansi(std::io::stderr().is_terminal()).try_init()
    };
}

/// Starts measuring; what was measured is written out by [`Metrics`].
pub fn start_metrics() -> anyhow::Result<Metrics> {
    const SECONDS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .install_recorder()?;
    Ok(Metrics::new(move || {
        handle.run_upkeep();
        handle.render()
    }))
}
