//! Rules about settings.
