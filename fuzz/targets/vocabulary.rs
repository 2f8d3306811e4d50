//! Bytes as the cells of a checklist, a registry and a register of risks, behind headers that are known.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rollbook_fuzz::hold(
        [
            b"---\nkind: plan\n---\n## Checklist\n\n| Item | Owner | Status | Due |\n|-|-|-|-|\n| a | ",
            bytes,
            b" |\n\n## Riesgos\n\n| Riesgo | Probabilidad | Impacto |\n|-|-|-|\n| a | ",
            bytes,
            b" |\n",
        ]
        .concat(),
    );
});
