//! The clock, which comes in from outside: every other part of Rollbook is told what day it is.

use anyhow::Context as _;
use chrono::{DateTime, FixedOffset, Local, NaiveDate};

/// `SOURCE_DATE_EPOCH` (<https://reproducible-builds.org/specs/source-date-epoch/>) in UTC, else now, in local time.
///
/// # Errors
/// When the variable holds no count of seconds.
pub fn now() -> anyhow::Result<DateTime<FixedOffset>> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let date = seconds.trim().parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            let date =
                date.with_context(|| format!("`SOURCE_DATE_EPOCH={seconds}` is no count of seconds since 1970"))?;
            Ok(date.fixed_offset())
        }
        Err(_) => Ok(Local::now().fixed_offset()),
    }
}

/// The day that counts as today: as given, else that of [`now`].
///
/// # Errors
/// As [`now`].
pub fn today(given: Option<NaiveDate>) -> anyhow::Result<NaiveDate> {
    given.map_or_else(|| Ok(now()?.date_naive()), Ok)
}
