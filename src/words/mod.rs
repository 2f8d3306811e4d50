//! What can be said of words alone: folding for comparison, GitHub's slugs, the nearest known word, words that only
//! keep a place, the language of a text.

mod fold;
mod language;
mod nearest;
mod placeholder;
mod slug;

pub use fold::fold;
pub use language::guess_language;
pub use nearest::nearest;
pub use placeholder::{Mark, is_placeholder, marks};
pub use slug::{Slugger, slug};
