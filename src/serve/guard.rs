//! What keeps a bug of ours from ending the preview.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::lang::Lang;
use crate::say;
use crate::serve::Problem;

/// Runs what may hold a bug of ours: a panic becomes a problem, and the server goes on. It changes nothing that
/// outlives it, and so no half-done state can stay behind. The panic's place is on stderr.
pub(super) fn guarded<T>(work: impl FnOnce() -> T, lang: Lang) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let title = say!(lang,
            en: "A bug in Rollbook stopped this build",
            es: "Un error interno de Rollbook detuvo esta construcción",
            pt: "Um erro interno do Rollbook interrompeu esta construção",
        );
        Problem { title, text: words(panic.as_ref()).to_owned() }
    })
}

/// The sentence of a panic.
fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default()
}
