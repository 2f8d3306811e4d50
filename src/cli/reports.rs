//! Where findings go: one format to the screen, any number of others into files.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use clap::ValueEnum as _;

use crate::check::{RULES, Rule};
use crate::cli::stdout_has_colour;
use crate::diagnostic::Outcome;
use crate::lang::Lang;
use crate::model::Site;
use crate::report::{Format, Report, RuleInfo, Tool, file, github};

/// The variable that names the file behind a job's summary page on GitHub.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// How findings are written, and where else besides.
#[derive(Clone, Debug, clap::Args)]
pub struct Reports {
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write the findings into a file too, as in `sarif=out.sarif`; may be given for several formats
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = destination)]
    pub reports: Vec<Destination>,
}

/// A file that takes a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// How findings are written.
    pub format: Format,
    /// The file.
    pub path: PathBuf,
}

/// Reads `FORMAT=FILE`.
fn destination(text: &str) -> Result<Destination, String> {
    let names = || {
        let formats = Format::value_variants().iter().filter_map(clap::ValueEnum::to_possible_value);
        formats.map(|format| format!("`{}`", format.get_name())).collect::<Vec<_>>().join(", ")
    };
    let Some((format, path)) = text.split_once('=') else {
        return Err("write a format, `=` and a file, as in `sarif=out.sarif`".to_owned());
    };
    let format =
        Format::from_str(format, false).map_err(|_| format!("there is no format `{format}`; there are {}", names()))?;
    if path.is_empty() {
        return Err("the file is missing behind `=`".to_owned());
    }
    Ok(Destination { format, path: path.into() })
}

impl Reports {
    /// Refuses what could not be written, before the work is done.
    ///
    /// # Errors
    /// When a format or a file is named twice, or a file cannot be there.
    pub fn judge(&self) -> anyhow::Result<()> {
        for (index, report) in self.reports.iter().enumerate() {
            let earlier = &self.reports[..index];
            if earlier.iter().any(|other| other.format == report.format) {
                let format = report.format.to_possible_value().map(|value| value.get_name().to_owned());
                bail!("`--report` names the format `{}` twice", format.unwrap_or_default());
            }
            let path = report.path.display();
            ensure!(!earlier.iter().any(|other| same_file(other, report)), "`--report` names the file `{path}` twice");
            file::judge(&report.path)?;
        }
        Ok(())
    }

    /// Writes the files first, so that they are there even if nobody reads the screen to its end.
    ///
    /// # Errors
    /// When the disk or `out` does not do its part.
    pub fn write(&self, report: &Report<'_>, out: &mut impl Write) -> anyhow::Result<()> {
        for Destination { format, path } in &self.reports {
            let mut bytes = Vec::new();
            report.write(*format, &mut bytes, false)?;
            file::replace(path, &bytes)?;
        }
        let summary = std::env::var_os(STEP_SUMMARY).filter(|path| !path.is_empty());
        if let Some(path) = summary.filter(|_| self.format == Format::Github) {
            file::append(Path::new(&path), &github::step_summary(report))?;
        }
        report.write(self.format, out, stdout_has_colour())?;
        Ok(())
    }
}

fn same_file(a: &Destination, b: &Destination) -> bool {
    let whole = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).ok();
    a.path == b.path || whole(&a.path) == whole(&b.path)
}

/// The report of a check of `site`.
#[must_use]
pub fn report<'a>(root: &Path, site: &'a Site, outcome: &'a Outcome, lang: Lang) -> Report<'a> {
    let info = |rule: &&'static Rule| RuleInfo {
        id: rule.id,
        severity: rule.severity,
        summary: rule.summary(),
        docs: rule.docs,
    };
    Report {
        sources: &site.sources,
        outcome,
        items: site.plan.items().collect(),
        rules: RULES.iter().map(info).collect(),
        base: base(root),
        lang,
        tool: Tool::this(),
    }
}

/// The way from the top of the repository to the site. Outside of a repository the site is the top.
fn base(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else { return String::new() };
    let top = root.ancestors().find(|folder| folder.join(".git").exists());
    let below = top.and_then(|top| root.strip_prefix(top).ok());
    let parts = below.into_iter().flat_map(Path::components);
    parts.map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}
