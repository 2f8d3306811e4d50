//! What can be said of words alone: folding for comparison, GitHub's slugs, the nearest known word.

mod fold;
mod nearest;
mod slug;

pub use fold::fold;
pub use nearest::nearest;
pub use slug::{Slugger, slug};
