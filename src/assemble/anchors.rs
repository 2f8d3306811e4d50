//! Every place of a page that a link can lead to.

use rayon::prelude::*;

use crate::model::Document;

/// The sorted anchors of each document.
pub fn anchors(documents: &[Document]) -> Vec<Vec<String>> {
    documents.par_iter().map(Document::anchors).collect()
}
