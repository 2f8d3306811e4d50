//! A build that is killed at any moment leaves a whole site: the old one or the new one.

use std::process::Stdio;

use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::support::binary::{rollbook, tree};
use crate::support::site::TestSite;

const KILLS: usize = 50;

fn site(version: usize) -> TestSite {
    let site = TestSite::with(&[]);
    write_pages(&site, version);
    site
}

/// All pages of a version say its number, and so a mixed site would show.
fn write_pages(site: &TestSite, version: usize) {
    for page in 0..150 {
        site.write(&format!("content/s{}/p{page}.md", page % 10), format!("# Página {page}\n\nversión-{version}.\n"));
    }
}

#[test]
fn killed_builds_never_leave_half_a_site() {
    let site = site(0);
    assert_eq!(site.rollbook(&["build"]).code, 0);
    let started = std::time::Instant::now();
    assert_eq!(site.rollbook(&["build"]).code, 0);
    let one_build = started.elapsed();
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut kills = 0;
    for version in 1..=KILLS {
        let before = tree(&site.path("public"));
        write_pages(&site, version);
        let mut command = rollbook();
        let mut child = command.args(["build", "--root"]).arg(site.root()).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(one_build.mul_f64(f64::from(random.next_u32()) / f64::from(u32::MAX)));
        let _ = child.kill();
        kills += usize::from(!child.wait().unwrap().success());
        let after = tree(&site.path("public"));
        let is_new =
            after.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&format!("versión-{version}.")));
        if is_new {
            let pages = after.iter().filter(|(path, _)| path.contains("/p")).collect::<Vec<_>>();
            assert_eq!(pages.len(), 150);
            assert!(
                pages.iter().all(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&format!("versión-{version}.")))
            );
        } else {
            assert!(before == after, "the old site changed under a build that was killed");
        }
    }
    assert!(kills > 0, "no build was killed before its end");
    assert_eq!(site.rollbook(&["build"]).code, 0);
    let left: Vec<_> = std::fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "the next build clears what killed ones left: {left:?}");
}
