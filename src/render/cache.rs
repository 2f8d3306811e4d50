//! What many pages have in common: made when the first of them asks for it, and kept.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// Values by key. Two threads that ask for the same new value at once both make it; it is the same value, and nobody waits.
#[derive(Debug)]
pub struct Cache<K, V>(RwLock<BTreeMap<K, V>>);

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Ord, V: Clone> Cache<K, V> {
    /// The value of `key`; `make` is asked the first time. Clones should be cheap.
    pub fn get<E>(&self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        // A poisoned lock only means that another thread panicked; the map is whole at all times.
        let found = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(found) = found {
            return Ok(found);
        }
        let made = make()?;
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
        Ok(made)
    }
}
