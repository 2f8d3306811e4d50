//! Bad input: a clear message, the right exit code, and nothing lost.

use std::fs;

use crate::support::binary::{Run, rollbook};
use crate::support::site::TestSite;

/// A site that was built once, and must stay as it was when the next build fails.
fn built() -> TestSite {
    let site = TestSite::with(&[("content/a.md", "# Antes\n")]);
    assert_eq!(site.rollbook(&["build"]).code, 0);
    site
}

#[track_caller]
fn check_fails(site: &TestSite, args: &[&str], code: i32, says: &[&str]) {
    let run = site.rollbook(args);
    assert_eq!(run.code, code, "{}{}", run.out, run.err);
    let said = format!("{}{}", run.out, run.err);
    says.iter().for_each(|words| assert!(said.contains(words), "{words:?} is not in:\n{said}"));
}

#[track_caller]
fn check_old_site_stands(site: &TestSite) {
    assert!(site.read("public/a.html").contains("Antes"));
    let names: Vec<_> = fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains("rollbook-")), "left behind: {names:?}");
}

#[test]
fn no_content_folder() {
    let no_content = TestSite::new();
    fs::remove_dir(no_content.path("content")).unwrap();
    check_fails(&no_content, &["check"], 2, &["there is no `content/` folder", "rollbook init"]);
}

#[test]
fn a_root_that_does_not_exist() {
    let site = TestSite::with(&[]);
    let mut command = rollbook();
    command.args(["check", "--root"]).arg(site.path("nowhere"));
    let run = Run::of(command);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nowhere"), "{}", run.err);
}

#[test]
fn an_empty_file_is_a_page() {
    let site = TestSite::with(&[("content/vacio.md", "")]);
    assert_eq!(site.rollbook(&["build"]).code, 0);
    assert!(site.read("public/vacio.html").contains("<h1>Vacio</h1>"));
}

#[test]
fn a_template_that_does_not_parse() {
    let site = built();
    site.write("templates/page.html", "{% extends \"base.html\" %}\n{% block body %}\n  {{ x | }}\n{% endblock %}\n");
    check_fails(&site, &["build"], 2, &["templates/page.html:3:"]);
    check_old_site_stands(&site);
}

#[test]
fn a_template_that_fails_on_a_page() {
    let site = built();
    site.write(
        "templates/page.html",
        "{% extends \"base.html\" %}\n{% block body %}{{ nothing.here }}{% endblock %}\n",
    );
    check_fails(&site, &["build"], 2, &["a.html", "templates/page.html:2:"]);
    check_old_site_stands(&site);
}

#[test]
fn interface_words_that_are_not_yaml() {
    let site = built();
    site.write("templates/strings/en.yaml", "skip: [\n");
    check_fails(&site, &["build"], 2, &["templates/strings/en.yaml:"]);
    check_old_site_stands(&site);
}

#[test]
fn an_output_folder_of_somebody_else() {
    let site = built();
    site.write("notes/thesis.txt", "years");
    check_fails(&site, &["build", "--out", site.path("notes").to_str().unwrap()], 2, &["did not make"]);
    assert_eq!(site.read("notes/thesis.txt"), "years");
}

#[test]
fn an_output_folder_that_would_eat_the_sources() {
    let site = built();
    for (out, says) in
        [(".", "holds the sources"), ("content/site", "holds sources"), ("rollout-history", "holds sources")]
    {
        check_fails(&site, &["build", "--out", site.path(out).to_str().unwrap()], 2, &[says]);
    }
    check_old_site_stands(&site);
}

#[test]
fn an_output_that_is_a_file_or_cannot_be_written() {
    let site = built();
    site.write("taken", "x");
    check_fails(&site, &["build", "--out", site.path("taken").to_str().unwrap()], 2, &["is a file"]);
    check_fails(&site, &["build", "--out", site.path("taken/deep").to_str().unwrap()], 2, &["taken"]);
}

#[cfg(unix)]
#[test]
fn symbolic_links_that_lead_out_are_refused() {
    let site = built();
    std::os::unix::fs::symlink("/etc/hostname", site.path("content/out.md")).unwrap();
    check_fails(&site, &["build"], 1, &["content/out.md"]);
    check_old_site_stands(&site);
    fs::remove_file(site.path("content/out.md")).unwrap();
    std::os::unix::fs::symlink("loop", site.path("content/loop")).unwrap();
    check_fails(&site, &["check"], 1, &["content/loop"]);
    fs::remove_file(site.path("content/loop")).unwrap();
    // A link that stays inside is followed.
    std::os::unix::fs::symlink("a.md", site.path("content/b.md")).unwrap();
    assert_eq!(site.rollbook(&["build"]).code, 0);
    assert!(site.read("public/b.html").contains("Antes"));
}

#[test]
fn a_page_that_is_not_utf8() {
    let site = built();
    site.write("content/latin1.md", b"ma\xf1ana\n");
    check_fails(&site, &["build"], 1, &["content/latin1.md:1:3", "2"]);
    check_old_site_stands(&site);
}

#[test]
fn front_matter_that_cannot_be_read() {
    for (text, says) in [
        ("---\n- a\n---\n", "content/b.md:2:1"),
        ("---\ntitle: [\n---\n", "content/b.md:"),
        ("---\ntitle: x\n\ntext\n", "content/b.md:1:1"),
    ] {
        let site = built();
        site.write("content/b.md", text);
        check_fails(&site, &["build"], 1, &[says]);
        check_old_site_stands(&site);
    }
}

#[test]
fn two_pages_with_one_address() {
    let site = built();
    site.write("content/b.md", "---\nslug: a\n---\n");
    check_fails(&site, &["build"], 1, &["content/b.md:2:7", "content/a.md"]);
    check_old_site_stands(&site);
}

#[test]
fn settings_that_are_not_valid() {
    let site = built();
    site.write("rollbook.yaml", "titel: x\n");
    check_fails(&site, &["check"], 2, &["rollbook.yaml:1:1", "title"]);
    check_fails(&site, &["build"], 2, &["rollbook.yaml:1:1"]);
    check_old_site_stands(&site);
}

#[test]
fn names_that_need_encoding_are_linked() {
    let site = TestSite::with(&[
        ("content/año #1 50% ¿qué?.md", "# Uno\n"),
        ("content/con espacio.md", "[uno](<año #1 50% ¿qué?.md>)\n"),
    ]);
    // `#` and `?` in a path have to be encoded by its author too, as on the forge.
    site.write("content/con espacio.md", "[uno](a%C3%B1o%20%231%2050%25%20%C2%BFqu%C3%A9%3F.md)\n");
    assert_eq!(site.rollbook(&["check"]).code, 0);
    assert_eq!(site.rollbook(&["build"]).code, 0);
    let page = site.read("public/con espacio.html");
    assert!(page.contains("<a href=\"a%C3%B1o%20%231%2050%25%20%C2%BFqu%C3%A9%3F.html\">uno</a>"), "{page}");
}

#[test]
fn large_and_deep_pages_are_built() {
    let site = TestSite::with(&[]);
    site.write("content/quotes.md", format!("{}fondo\n", "> ".repeat(200)));
    let row = |index: usize| format!("| Ítem {index} | QA Lead | ⏳ |\n");
    let rows: String = (0..20_000).map(row).collect();
    site.write(
        "content/checklist.md",
        format!("---\nkind: checklist\n---\n\n| Ítem | Responsable | Estado |\n|---|---|---|\n{rows}"),
    );
    site.write("content/large.md", "Una línea de texto que se repite. ".repeat(100_000));
    assert_eq!(site.rollbook(&["check"]).code, 0);
    assert_eq!(site.rollbook(&["build"]).code, 0);
    assert!(site.read("public/quotes.html").contains("fondo"));
    assert_eq!(rollbook::load(&site.root(), false).unwrap().plan.items().count(), 20_000);
}
