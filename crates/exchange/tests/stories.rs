//! Stories of the exchange with partner systems, each told on both engines.

#[cfg(test)]
mod stories {
    mod apart;
    mod doors;
    mod files;
    mod hotline;
    mod orders;
    mod pages;
    mod results;
    mod together;
    mod world;
}
