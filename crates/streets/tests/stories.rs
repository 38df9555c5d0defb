//! Stories of adopted streets, each told on both engines.

#[cfg(test)]
mod stories {
    mod coverage;
    mod handover;
    mod import;
    mod moves;
    mod pages;
    mod past;
    mod policy;
    mod register;
    mod signs;
    mod speed;
    mod texts;
    mod world;
}
