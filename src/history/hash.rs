//! SHA-256 as the history writes it: 64 lower-case hex digits.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of `bytes`, in lower-case hex.
#[must_use]
pub(super) fn sha256(bytes: &[u8]) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
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

#[cfg(test)]
mod tests {
    use super::{is_sha256, sha256};

    #[test]
    fn the_known_hash_of_nothing() {
        let hash = sha256(b"");
        assert_eq!(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert!(is_sha256(&hash) && !is_sha256(&hash[1..]) && !is_sha256(&hash.to_uppercase()));
    }
}
