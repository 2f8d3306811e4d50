//! SHA-256 as the history writes it: 64 lower-case hex digits.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

/// The SHA-256 of `bytes`, in lower-case hex.
#[must_use]
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(64);
    for byte in digest {
        hex.push(HEX[usize::from(byte >> 4)] as char);
        hex.push(HEX[usize::from(byte & 15)] as char);
    }
    hex
}

/// Whether `text` looks like what [`sha256`] gives.
#[must_use]
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Hashes a file as it flows by: as it is, and as it would be with `\n` for every `\r\n`.
#[derive(Default)]
pub(super) struct Hasher {
    exact: Sha256,
    /// From the first `\r\n` on; before, both are one.
    unix: Option<Sha256>,
    /// Whether the last byte was a `\r`, which waits for what follows.
    open_return: bool,
}

impl Hasher {
    /// The hash of all bytes, and that with `\n` for every `\r\n` where there was one.
    pub(super) fn finish(mut self) -> (String, Option<String>) {
        if self.open_return {
            self.update(b"\r");
        }
        (hex(&self.exact.finalize()), self.unix.map(|unix| hex(&unix.finalize())))
    }

    fn update(&mut self, bytes: &[u8]) {
        self.exact.update(bytes);
        if let Some(unix) = &mut self.unix {
            unix.update(bytes);
        }
    }

    fn take_line_end(&mut self) {
        let unix = self.unix.get_or_insert_with(|| self.exact.clone());
        unix.update(b"\n");
        self.exact.update(b"\r\n");
    }

    /// Takes the next part of the file.
    pub(super) fn take_all(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            match (std::mem::take(&mut self.open_return), first) {
                (true, b'\n') => {
                    self.take_line_end();
                    rest = &rest[1..];
                    continue;
                }
                (true, _) => self.update(b"\r"),
                (false, _) => {}
            }
            let end = memchr::memchr(b'\r', rest).unwrap_or(rest.len());
            self.update(&rest[..end]);
            self.open_return = end < rest.len();
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }
}

impl Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.take_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Hasher, is_sha256, sha256};

    #[test]
    fn the_known_hash_of_nothing() {
        let hash = sha256(b"");
        assert_eq!(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert!(is_sha256(&hash) && !is_sha256(&hash[1..]) && !is_sha256(&hash.to_uppercase()));
    }

    #[test]
    fn line_ends_are_seen_wherever_a_file_is_cut() {
        for text in ["", "a\nb\n", "a\r\nb\r\n", "\r\n", "\r", "a\rb\r\r\n\r", "\n\r\n\n\r"] {
            let unix = text.replace("\r\n", "\n");
            let expected = (sha256(text.as_bytes()), (unix != text).then(|| sha256(unix.as_bytes())));
            for cut in 0..=text.len() {
                let mut hasher = Hasher::default();
                hasher.take_all(&text.as_bytes()[..cut]);
                hasher.take_all(&text.as_bytes()[cut..]);
                assert_eq!(hasher.finish(), expected, "{text:?} cut at {cut}");
            }
        }
    }
}
