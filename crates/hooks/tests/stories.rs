//! Stories of webhooks, each told on both engines.

#[cfg(test)]
mod stories {
    mod authority;
    mod cases;
    mod failing;
    mod keeping;
    mod order;
    mod pages;
    mod sending;
    mod streets;
    mod together;
    mod world;
}
