//! Bytes as exit criteria of a phase, in a cell and in front matter.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rollbook_fuzz::hold(
        [
            b"---\nkind: phases\n---\n| Fase | Ventana | Criterios de salida |\n|-|-|-|\n| A | ",
            bytes,
            b" | ",
            bytes,
            b" |\n",
        ]
        .concat(),
    );
});
