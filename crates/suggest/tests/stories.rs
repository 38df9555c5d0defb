//! Stories of dispatch advice, each told on both engines.

#[cfg(test)]
mod stories {
    mod advice;
    mod world;
}
