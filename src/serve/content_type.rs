//! The media type of an output file, by the ending of its name.

/// Media types by file ending, sorted. The names are those of the IANA registry
/// (<https://www.iana.org/assignments/media-types>); text says its encoding, since output is always UTF-8.
const TYPES: &[(&str, &str)] = &[
    ("atom", "application/atom+xml; charset=utf-8"),
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/vnd.microsoft.icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("ogg", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml; charset=utf-8"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
    ("zip", "application/zip"),
];

/// What a page is.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// What a short answer without a page is.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// The media type of the file at `path`; bytes without a name get the type that no browser runs or shows.
pub(super) fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match TYPES.binary_search_by_key(&ending.as_str(), |(known, _)| known) {
        Ok(index) => TYPES[index].1,
        Err(_) => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{TYPES, content_type};

    #[test]
    fn the_table_is_sorted_and_unique() {
        assert!(TYPES.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn the_last_ending_decides() {
        assert_eq!(content_type("a.b/page.HTML"), "text/html; charset=utf-8");
        assert_eq!(content_type("search.min.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("v1.2/LICENSE"), "application/octet-stream");
        assert_eq!(content_type("data.unknown"), "application/octet-stream");
    }
}
