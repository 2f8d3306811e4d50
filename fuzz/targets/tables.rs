//! Bytes as the body of a plan.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rollbook_fuzz::hold([b"---\nkind: plan\n---\n", bytes].concat());
});
