//! Stories of surveys, each told on both engines.

#[cfg(test)]
mod stories {
    mod answering;
    mod api;
    mod doors;
    mod drafting;
    mod results;
    mod sending;
    mod walking;
    mod world;
}
