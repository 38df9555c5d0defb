//! What the program consists of.

use crate::settings::{MailArgs, ServeArgs, WorkArgs};
use anyhow::{Context, anyhow};
use std::sync::Arc;
use web::app::Settings;
use web::mail::{Mailer, Transport};
use web::outgoing::{Outgoing, PartnerNetworks};
use web::{App, Feature};

/// Every feature, in the order in which their tables are made.
pub fn all() -> Vec<Feature> {
    vec![
        people::feature(),
        places::feature(),
        sms::feature(),
        ladder::feature(),
        cases::feature(),
        paper::feature(),
        honesty::feature(),
        streets::feature(),
        routing::feature(),
        suggest::feature(),
        portal::feature(),
        search::feature(),
        hooks::feature(),
        signon::feature(),
        exchange::feature(),
        open311::feature(),
        opendata::feature(),
        assessment::feature(),
        evidence::feature(),
        backups::feature(),
        keeping::feature(),
        screen::feature(),
        inspections::feature(),
        fieldwork::feature(),
        surveys::feature(),
        shadow::feature(),
    ]
}

/// The program with these settings, without cities yet.
pub fn app(settings: Settings) -> anyhow::Result<App> {
    let app = App::new(all(), Box::new(people::Recogniser::default()), settings);
    app.map_err(|faults| anyhow!("texts are broken:\n{}", faults.join("\n")))
}

pub fn work_settings(args: &WorkArgs) -> anyhow::Result<Settings> {
    let base_url = args.base_url.trim_end_matches('/').to_owned();
    let authorities = authorities(args)?;
    Ok(Settings {
        secure_cookies: base_url.starts_with("https://"),
        base_url,
        outgoing: Outgoing { networks: args.webhook_allow.clone(), authorities: authorities.clone() },
        partners: PartnerNetworks(Outgoing { networks: args.partner_allow.clone(), authorities }),
        ..Settings::default()
    })
}

fn authorities(args: &WorkArgs) -> anyhow::Result<Arc<[Vec<u8>]>> {
    let Some(path) = &args.outgoing_ca else { return Ok(Arc::default()) };
    let pem = std::fs::read(path).with_context(|| format!("--outgoing-ca {}", path.display()))?;
    web::outgoing::client::authorities(&pem)
        .map_err(|what| anyhow!("--outgoing-ca {} {what}", path.display()))
}

pub fn serve_settings(args: &ServeArgs) -> anyhow::Result<Settings> {
    Ok(Settings {
        tianditu_key: args.tianditu_key.clone().filter(|k| !k.is_empty()),
        requests_per_minute: args.rate,
        behind_proxy: args.behind_proxy,
        metrics_token: args.metrics_token.clone(),
        ..work_settings(&args.work)?
    })
}

/// How text messages leave; `None` where nothing was said of it.
pub fn sms_gateway(args: &WorkArgs) -> anyhow::Result<Option<sms::gateway::Gateway>> {
    use sms::gateway::{Description, Gateway};
    match (&args.sms.sms_gateway, &args.sms.sms_folder) {
        (Some(path), _) => {
            let name = || format!("--sms-gateway {}", path.display());
            let text = std::fs::read_to_string(path).with_context(name)?;
            let description = Description::parse(&text).map_err(|what| anyhow!("{}: {what}", name()))?;
            Ok(Some(Gateway::http(description, authorities(args)?)))
        }
        (None, Some(folder)) => Ok(Some(Gateway::folder(folder))),
        (None, None) => Ok(None),
    }
}

pub fn mailer(app: &App, args: &MailArgs) -> anyhow::Result<Mailer> {
    let transport = match (&args.smtp_url, &args.mail_folder) {
        (Some(url), _) => Transport::smtp(url).context("--smtp-url")?,
        (None, Some(folder)) => Transport::Folder(folder.clone()),
        (None, None) => Transport::Nowhere,
    };
    Ok(Mailer::new(app.clone(), &args.mail_from, transport))
}
