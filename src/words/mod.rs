//! What can be said of words alone: folding for comparison, GitHub's slugs, the nearest known word, words that only keep a place,
//! the language of a text, dates, and broken encodings.

mod date;
mod fold;
mod language;
mod mojibake;
mod nearest;
mod one_line;
mod similarity;
mod placeholder;
mod slug;

pub use date::{DateReading, is_month, parse_date, read_date};
pub use fold::fold;
pub use language::guess_language;
pub use mojibake::{Extent, Mojibake, mojibake};
pub use nearest::nearest;
pub use one_line::one_line;
pub use placeholder::{Mark, is_placeholder, marks};
pub use similarity::Trigrams;
pub use slug::{Slugger, slug};
