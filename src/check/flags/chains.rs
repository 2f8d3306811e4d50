//! The changes of one flag in one scope, oldest first: each has to begin where the one before it ended.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::check::Context;
use crate::check::flags::{Group, records};
use crate::model::FlagEvent;
use crate::words::{fold, parse_date};

/// The changes of one flag in one scope.
pub struct Chain<'a> {
    /// The flag's key.
    pub flag: &'a str,
    /// Whether it is the chain of the default.
    pub everywhere: bool,
    /// The changes, oldest first.
    pub events: Vec<&'a FlagEvent>,
}

/// The day of a change, where its date can be read.
#[must_use]
pub fn day(event: &FlagEvent) -> Option<NaiveDate> {
    parse_date(event.date.as_ref()?.value.trim())
}

/// Whether a record has its newest change at the top.
#[must_use]
pub fn is_newest_first(record: &Group<'_, FlagEvent>) -> bool {
    let days: Vec<NaiveDate> = record.members.iter().filter_map(|event| day(event)).collect();
    let count = |is: fn(&NaiveDate, &NaiveDate) -> bool| days.windows(2).filter(|pair| is(&pair[0], &pair[1])).count();
    count(|a, b| a > b) > count(|a, b| a < b)
}

/// Every chain whose order can be told: all its changes have a date, or all stand in one record.
#[must_use]
pub fn chains<'a>(cx: &Context<'a>) -> Vec<Chain<'a>> {
    let mut links: BTreeMap<(&str, String), Vec<Link<'a>>> = BTreeMap::new();
    for (index, record) in records(cx).iter().enumerate() {
        let newest_first = is_newest_first(record);
        let length = record.members.len();
        for (at, &event) in record.members.iter().enumerate() {
            let place = if newest_first { length - at } else { at };
            let scope = event.scope.as_ref().filter(|_| !event.everywhere).map(|scope| fold(&scope.value));
            let key = (event.flag.value.as_str(), scope.unwrap_or_default());
            links.entry(key).or_default().push(Link { event, record: index, place });
        }
    }
    links.into_iter().filter_map(|((flag, _), links)| chain(flag, links)).collect()
}

/// A change and where it stands.
struct Link<'a> {
    event: &'a FlagEvent,
    record: usize,
    /// Its place in time within the record.
    place: usize,
}

fn chain<'a>(flag: &'a str, mut links: Vec<Link<'a>>) -> Option<Chain<'a>> {
    let all_dated = links.iter().all(|link| day(link.event).is_some());
    let one_record = links.iter().all(|link| link.record == links[0].record);
    if all_dated {
        // With a time behind the day, the text decides; else the place.
        let written = |link: &Link<'a>| link.event.date.as_ref().map(|date| date.value.trim());
        links.sort_by_key(|link| (day(link.event), written(link), link.record, link.place));
    } else if one_record {
        links.sort_by_key(|link| link.place);
    } else {
        return None;
    }
    let everywhere = links[0].event.everywhere;
    Some(Chain { flag, everywhere, events: links.into_iter().map(|link| link.event).collect() })
}

/// Whether two values are the same: on and off in any words, other values by their letters.
#[must_use]
pub fn same_value(a: (&str, Option<bool>), b: (&str, Option<bool>)) -> bool {
    match (a.1, b.1) {
        (Some(a), Some(b)) => a == b,
        _ => {
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            plain(a.0) == plain(b.0)
        }
    }
}
