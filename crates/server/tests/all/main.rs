//! The program as a whole. One binary, so that there is one link.

#[cfg(test)]
mod access;
#[cfg(test)]
mod at_rest;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod erased;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod sealed_upgrade;
#[cfg(test)]
mod text_columns;

use testkit::{Engine, TestApp};
use web::app::Settings;

/// The program itself, with all features, on a fresh city.
fn program(engine: Engine) -> TestApp {
    program_with(engine, Settings { base_url: "http://wm.example.cn".to_owned(), ..Settings::default() })
}

fn program_with(engine: Engine, settings: Settings) -> TestApp {
    let app =
        TestApp::with(engine, server::features::all(), Box::new(people::Recogniser::default()), settings);
    server::wiring::open(&app.city);
    app
}
