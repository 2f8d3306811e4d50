//! Rules about anchors.
