//! Stories of routing rules, each told on both engines.

#[cfg(test)]
mod stories {
    mod dry_run;
    mod pages;
    mod rules;
    mod world;
}
