//! Stories of evidence, each told on both engines.

#[cfg(test)]
mod stories {
    mod api;
    mod asking;
    mod doors;
    mod ledger;
    mod review;
    mod volume;
    mod world;
}
