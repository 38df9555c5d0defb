//! Stories of text messages, each told on both engines.

#[cfg(test)]
mod stories {
    mod gateway;
    mod pages;
    mod sending;
    mod world;
}
