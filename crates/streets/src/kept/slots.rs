use std::sync::{Arc, Mutex, PoisonError};

/// The few last things made, each under its key.
pub(super) struct Slots<T>(Mutex<Vec<(String, Arc<T>)>>);

/// Most of a kind kept: today and some days of the past that somebody looks at.
const MOST: usize = 4;

impl<T> Slots<T> {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    pub(super) fn get(&self, key: &str) -> Option<Arc<T>> {
        let slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.iter().find(|(k, _)| k == key).map(|(_, thing)| Arc::clone(thing))
    }

    pub(super) fn put(&self, key: String, thing: T) -> Arc<T> {
        let thing = Arc::new(thing);
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|(k, _)| *k != key);
        slots.truncate(MOST - 1);
        slots.insert(0, (key, Arc::clone(&thing)));
        thing
    }
}
