//! Stories of open data, each told on both engines.

#[cfg(test)]
mod stories {
    mod feeds;
    mod maps;
    mod pages;
    mod world;
}
