//! Stories of keeping and erasing, each told on both engines.

#[cfg(test)]
mod stories {
    mod days;
    mod holds;
    mod keys;
    mod provisions;
    mod requests;
    mod runs;
    mod world;
}
