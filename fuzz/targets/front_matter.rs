//! Bytes as front matter.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rollbook_fuzz::hold([b"---\n", bytes, b"\n---\n# Plan\n"].concat());
});
