//! The preview over a real loopback socket. What must happen is waited for, not slept for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod site;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};

use client::{Events, ask, connect, exchange, get, raw};
use rollbook::serve::{Server, Stop};
use site::{Site, options};

const PAGE: &str = "<!doctype html><title>T</title><body><p>Hello</body>";

#[test]
fn files_come_with_type_tag_and_length() {
    let site = Site::start(&[("index.html", PAGE), ("theme/a.css", "a{}"), ("año/plan.html", PAGE), ("b.bin", "\0")]);
    for (target, media_type, cache) in [
        ("/", "text/html; charset=utf-8", "no-store"),
        ("/a%C3%B1o/plan.html?x#y", "text/html; charset=utf-8", "no-store"),
        ("/theme/a.css", "text/css; charset=utf-8", "no-cache"),
        ("/b.bin", "application/octet-stream", "no-cache"),
        ("/_rollbook/reload.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/_rollbook/preview.css", "text/css; charset=utf-8", "no-cache"),
    ] {
        let response = get(site.address, target);
        assert_eq!((response.status, response.header("Content-Type")), (200, media_type), "{target}");
        assert_eq!(response.header("Cache-Control"), cache, "{target}");
        assert_eq!(response.header("Content-Length"), response.body.len().to_string(), "{target}");
        assert_eq!((response.header("X-Content-Type-Options"), response.header("Connection")), ("nosniff", "close"));
        let known = ask(site.address, "GET", target, &format!("If-None-Match: {}\r\n", response.header("ETag")));
        assert_eq!((known.status, known.body.len()), (304, 0), "{target}");
        let head = ask(site.address, "HEAD", target, "");
        assert_eq!((head.status, head.body.len()), (200, 0), "{target}");
        assert_eq!(head.header("Content-Length"), response.header("Content-Length"), "{target}");
        assert_eq!(head.header("ETag"), response.header("ETag"), "{target}");
    }
}

#[test]
fn a_part_is_sent_alone() {
    let site = Site::start(&[("film.mp4", "0123456789")]);
    let part = ask(site.address, "GET", "/film.mp4", "Range: bytes=-3\r\n");
    assert_eq!((part.status, part.text(), part.header("Content-Range")), (206, "789", "bytes 7-9/10"));
    assert_eq!(part.header("Content-Length"), "3");
    let outside = ask(site.address, "GET", "/film.mp4", "Range: bytes=10-\r\n");
    assert_eq!((outside.status, outside.header("Content-Range")), (416, "bytes */10"));
}

#[test]
fn folders_and_unknown_paths() {
    let site = Site::start(&[("a/index.html", PAGE), ("404.html", "<body>Nowhere</body>")]);
    let moved = get(site.address, "/a?b=c");
    assert_eq!((moved.status, moved.header("Location")), (308, "/a/?b=c"));
    assert_eq!(get(site.address, "/a/").status, 200);
    let missing = get(site.address, "/none");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("Nowhere") && missing.text().contains("/_rollbook/reload.js"), "{missing:?}");
    fs::remove_file(site.path("content/404.html")).unwrap();
    let (mut events, _) = Events::open(site.address);
    if get(site.address, "/none").text().contains("Nowhere") {
        events.wait_for("reload");
    }
    assert_eq!(get(site.address, "/none").text(), "404 Not Found\n");
}

#[test]
fn nothing_outside_the_site_is_served() {
    let site = Site::start(&[("index.html", PAGE)]);
    site.write("secret.txt", "secret");
    for target in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%5csecret.txt",
        "/a/../../secret.txt",
        "//secret.txt",
        "/secret.txt%00.html",
        "/%",
        "secret.txt",
        "http://localhost/",
    ] {
        let response = get(site.address, target);
        assert_eq!(response.status, 400, "{target}");
        assert!(!response.text().contains("secret"), "{target}");
    }
    let absolute = site.path("secret.txt");
    assert_ne!(get(site.address, &format!("/{}", absolute.display())).status, 200);
}

#[test]
fn only_readers_of_this_machine_are_answered() {
    let site = Site::start(&[("index.html", PAGE)]);
    for host in ["localhost", "LocalHost:1", "127.0.0.1:8080", "[::1]:1111"] {
        assert_eq!(raw(site.address, &format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).status, 200, "{host}");
    }
    for host in ["evil.example", "evil.example:1111", "localhost.evil.example", "10.0.0.1"] {
        let refused = raw(site.address, &format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(refused.status, 403, "{host}");
        let stream = raw(site.address, &format!("GET /_rollbook/events HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(stream.status, 403, "{host}");
    }
    assert_eq!(raw(site.address, "GET / HTTP/1.1\r\n\r\n").status, 403);
    for length in [0, 5, 100_000] {
        let body = format!("Content-Length: {length}\r\n\r\n{}", "x".repeat(length));
        let refused = raw(site.address, &format!("POST / HTTP/1.1\r\nHost: localhost\r\n{body}"));
        assert_eq!((refused.status, refused.header("Allow")), (405, "GET, HEAD"), "{length}");
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let site = Site::start(&[("index.html", PAGE), ("a/index.html", PAGE)]);
    let host = "Host: localhost\r\n";
    for head in ["nonsense", "GET /", "GET / HTTP/1.1\r\nno colon", "GET / HTTP/1.1\r\nHost : localhost"] {
        assert_eq!(raw(site.address, &format!("{head}\r\n\r\n")).status, 400, "{head}");
    }
    // A redirect would repeat the query: a line feed in it must not become a header.
    let split = raw(site.address, &format!("GET /a?b\nSet-Cookie:c HTTP/1.1\r\n{host}\r\n"));
    assert_eq!((split.status, split.header("Location")), (400, ""));
    assert_eq!(raw(site.address, &format!("GET / HTTP/1.0\r\n{host}\r\n")).status, 200);
    assert_eq!(raw(site.address, &format!("GET /_rollbook/events HTTP/1.0\r\n{host}\r\n")).status, 505);
    for bytes in [&b"\x16\x03\x01\x02\x00\x01\x00\r\n"[..], b"GET / HTTP/1.1\r\nX: \xc3\xb1\r\n\r\n"] {
        let mut stream = connect(site.address);
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        // Closed with or without a word; a reset is an end too.
        let _ = stream.read_to_end(&mut answer);
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400 "), "{answer:?}");
    }
    assert_eq!(get(site.address, "/").status, 200);
}

#[test]
fn a_saved_file_reloads_the_browser() {
    let site = Site::start(&[("index.html", PAGE)]);
    let page = get(site.address, "/");
    let (mut events, build) = Events::open(site.address);
    assert!(page.text().contains(&format!("data-build=\"{build}\"")), "{page:?}");
    fs::write(site.path("content/index.html"), "<body>Changed</body>").unwrap();
    assert_ne!(events.wait_for("reload"), build);
    while !get(site.address, "/").text().contains("Changed") {
        events.wait_for("reload");
    }
    assert!(site.log.text().contains("Changed: content/index.html"), "{}", site.log.text());
}

#[test]
fn a_file_replaced_by_a_rename_reloads_too() {
    let site = Site::start(&[("index.html", PAGE)]);
    let (mut events, _) = Events::open(site.address);
    for text in ["First", "Second"] {
        // As vim does: the old file becomes the backup, a new one takes its name.
        fs::rename(site.path("content/index.html"), site.path("content/index.html~")).unwrap();
        fs::write(site.path("content/index.html"), format!("<body>{text}</body>")).unwrap();
        while !get(site.address, "/").text().contains(text) {
            events.wait_for("reload");
        }
    }
}

#[test]
fn a_folder_that_comes_later_is_followed() {
    let site = Site::start(&[("index.html", PAGE)]);
    let (mut events, _) = Events::open(site.address);
    site.write("static/late.css", "a{}");
    while get(site.address, "/late.css").status != 200 {
        events.wait_for("reload");
    }
    fs::remove_dir_all(site.path("static")).unwrap();
    while get(site.address, "/late.css").status != 404 {
        events.wait_for("reload");
    }
    site.write("static/late.css", "b{}");
    while get(site.address, "/late.css").status != 200 {
        events.wait_for("reload");
    }
    site.write("static/late.css", "c{}");
    while get(site.address, "/late.css").text() != "c{}" {
        events.wait_for("reload");
    }
}

#[test]
fn ignored_and_hidden_files_cause_nothing() {
    let site = Site::start(&[("index.html", PAGE), ("out/x.html", PAGE)]);
    let (mut events, _) = Events::open(site.address);
    for quiet in ["content/out/x.html", "content/.hidden", "content/index.html~", "README.md"] {
        site.write(quiet, "quiet");
    }
    site.write("content/loud.html", PAGE);
    events.wait_for("reload");
    let log = site.log.text();
    assert!(log.contains("Changed: content/loud.html\n"), "{log}");
    assert!(!log.contains("out/") && !log.contains("hidden") && !log.contains('~') && !log.contains("README"), "{log}");
}

#[test]
fn a_failed_rebuild_lies_over_the_last_good_page_until_mended() {
    let site = Site::start(&[("index.html", PAGE), ("a.css", "a{}")]);
    let (mut events, build) = Events::open(site.address);
    assert_eq!(get(site.address, "/_rollbook/problem").status, 404);
    site.write("content/BROKEN", "3 | {{ <tilte> }}");
    let id = events.wait_for("problem");
    let page = get(site.address, "/");
    assert_eq!(page.status, 200);
    for part in ["<p>Hello", "role=\"alertdialog\"", "3 | {{ &lt;tilte&gt; }}", "data-problem=\"", &id] {
        assert!(page.text().contains(part), "{part} in {page:?}");
    }
    assert!(page.text().contains(&format!("data-build=\"{build}\"")), "no reload: {page:?}");
    assert_eq!(get(site.address, "/a.css").text(), "a{}");
    assert!(get(site.address, "/_rollbook/problem").text().contains("&lt;tilte&gt;"));
    let (mut late, late_build) = Events::open(site.address);
    assert_eq!((late_build, late.next()), (build.clone(), ("problem".to_owned(), id)));
    assert!(site.log.text().contains("The build failed\n3 | {{ <tilte> }}"), "{}", site.log.text());

    fs::remove_file(site.path("content/BROKEN")).unwrap();
    assert_ne!(events.wait_for("reload"), build);
    assert!(!get(site.address, "/").text().contains("alertdialog"));
}

#[test]
fn a_site_that_never_built_heals() {
    let site = Site::start(&[("index.html", PAGE), ("BROKEN", "<oh>")]);
    let page = get(site.address, "/anything");
    assert_eq!((page.status, page.header("Content-Type")), (500, "text/html; charset=utf-8"));
    assert!(page.text().contains("&lt;oh&gt;") && page.text().contains("/_rollbook/reload.js"), "{page:?}");
    assert!(!page.text().contains("alertdialog"), "once is enough: {page:?}");
    let (mut events, _) = Events::open(site.address);
    fs::remove_file(site.path("content/BROKEN")).unwrap();
    while !get(site.address, "/").text().contains("Hello") {
        events.wait_for("reload");
    }
}

#[test]
fn a_page_that_fails_does_not_fail_the_others() {
    let site = Site::start(&[("index.html", PAGE), ("bad.html", "FAIL"), ("bug.html", "PANIC")]);
    let (mut events, _) = Events::open(site.address);
    let page = get(site.address, "/bad.html");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("no field &lt;tilte&gt;") && page.text().contains("`bad.html`"), "{page:?}");
    assert_eq!((get(site.address, "/bug.html").status, get(site.address, "/").status), (500, 200));
    // The loop has printed what came before the change that it reports.
    site.write("content/bad.html", PAGE);
    events.wait_for("reload");
    assert!(site.log.text().contains("`bad.html` could not be rendered\nno field <tilte>"), "{}", site.log.text());
}

#[test]
fn a_bug_in_the_build_is_a_problem_like_others() {
    let site = Site::start(&[("index.html", PAGE)]);
    let (mut events, _) = Events::open(site.address);
    site.write("content/BROKEN.tmp", "PANIC");
    fs::rename(site.path("content/BROKEN.tmp"), site.path("content/BROKEN")).unwrap();
    events.wait_for("problem");
    assert!(get(site.address, "/").text().contains("A bug in Rollbook"));
    fs::remove_file(site.path("content/BROKEN")).unwrap();
    events.wait_for("reload");
}

#[test]
fn what_a_check_says_is_told_when_it_changes() {
    let site = Site::start(&[("index.html", "<body>TODO</body>")]);
    let (mut events, _) = Events::open(site.address);
    events.wait_for("findings");
    let found = get(site.address, "/_rollbook/findings");
    assert!(found.text().contains("1 warnings") && found.text().contains("a &lt;b&gt;"), "{found:?}");
    site.write("content/index.html", "<body>TODO, and TODO</body>");
    events.wait_for("findings");
    assert!(get(site.address, "/_rollbook/findings").text().contains("2 warnings"));
    site.write("content/index.html", PAGE);
    events.wait_for("findings");
    assert_eq!(get(site.address, "/_rollbook/findings").text(), "");
    // One that comes later is greeted with it.
    let (mut late, _) = Events::open(site.address);
    late.wait_for("findings");
}

#[test]
fn a_bug_in_a_check_says_nothing_and_ends_nothing() {
    let site = Site::start(&[("index.html", "<body>BUG</body>")]);
    let (mut events, _) = Events::open(site.address);
    assert_eq!(get(site.address, "/_rollbook/findings").status, 404);
    site.write("content/index.html", "<body>TODO</body>");
    events.wait_for("findings");
}

#[test]
fn who_follows_is_led_to_the_page_that_was_edited() {
    let site = Site::start(&[("index.html", PAGE), ("a/b.html", PAGE)]);
    let (mut events, _) = Events::open(site.address);
    site.write("content/a/b.html", "<body>Edited</body>");
    assert_eq!(events.wait_for("follow"), "a/b.html");
}

#[test]
fn requests_are_answered_during_a_rebuild() {
    let (started, has_started) = mpsc::channel();
    let (go, may_go) = mpsc::channel::<()>();
    let may_go = Mutex::new(may_go);
    let site = Site::start_with(&[("index.html", PAGE)], move |root| {
        started.send(()).unwrap();
        may_go.lock().unwrap_or_else(PoisonError::into_inner).recv().unwrap();
        site::read(root)
    });
    has_started.recv().unwrap();
    go.send(()).unwrap();
    let (mut events, _) = Events::open(site.address);
    site.write("content/index.html", "<body>Changed</body>");
    has_started.recv().unwrap();
    assert!(get(site.address, "/").text().contains("Hello"));
    // What changes now makes one more rebuild, however often.
    for number in 0..5 {
        site.write("content/index.html", &format!("<body>Change {number}</body>"));
    }
    for _ in 0..100 {
        go.send(()).unwrap();
    }
    while !get(site.address, "/").text().contains("Change 4") {
        events.wait_for("reload");
    }
}

#[test]
fn two_hundred_browsers_are_told() {
    let site = Site::start(&[("index.html", PAGE)]);
    let mut browsers: Vec<Events> = (0..200).map(|_| Events::open(site.address).0).collect();
    // Some that are open and say nothing, as browsers hold them in advance, and some that leave.
    let silent: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(site.address).unwrap()).collect();
    browsers.truncate(190);
    browsers.extend((0..10).map(|_| Events::open(site.address).0));
    site.write("content/index.html", "<body>Changed</body>");
    for browser in &mut browsers {
        browser.wait_for("reload");
    }
    assert_eq!(get(site.address, "/").status, 200);
    drop(silent);
}

#[test]
fn many_connections_at_once_all_get_their_answer() {
    let site = Site::start(&[("index.html", PAGE)]);
    let open = || {
        std::thread::spawn({
            let address = site.address;
            move || get(address, "/").status
        })
    };
    let requests: Vec<_> = (0..150).map(|_| open()).collect();
    assert!(requests.into_iter().all(|request| request.join().unwrap() == 200));
}

#[test]
fn silent_connections_do_not_hold_up_those_opened_with_them() {
    for silent in 1..=5 {
        let site = Site::start(&[("index.html", PAGE)]);
        // By now its threads are there and wait.
        assert_eq!(get(site.address, "/").status, 200);
        let mut connections: Vec<TcpStream> = (0..6).map(|_| connect(site.address)).collect();
        // Those that are answered stay open as well: no thread comes free for the others.
        for connection in &mut connections[silent..] {
            assert_eq!(exchange(connection, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200, "{silent}");
        }
    }
}

#[test]
fn streams_opened_at_once_all_begin() {
    let site = Site::start(&[("index.html", PAGE)]);
    let address = site.address;
    let opening: Vec<_> = (0..60).map(|_| std::thread::spawn(move || Events::open(address).0)).collect();
    let mut browsers: Vec<Events> = opening.into_iter().map(|opening| opening.join().unwrap()).collect();
    site.write("content/index.html", "<body>Changed</body>");
    for browser in &mut browsers {
        browser.wait_for("reload");
    }
}

#[test]
fn those_that_do_not_read_or_do_not_send_hold_up_nobody() {
    let site = Site::start(&[("index.html", PAGE), ("film.mp4", &"x".repeat(8 << 20))]);
    let begin = |request: &str| {
        let mut connection = connect(site.address);
        connection.write_all(request.as_bytes()).unwrap();
        connection
    };
    let deaf = (0..12).map(|_| begin("GET /film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    let lazy = (0..12).map(|_| begin("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n"));
    // The second request waits behind a stream.
    let both = "GET /_rollbook/events HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let hasty = (0..12).map(|_| begin(both));
    let held: Vec<TcpStream> = deaf.chain(lazy).chain(hasty).collect();
    // One that announces more than there is memory, and leaves.
    drop(begin("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999\r\n\r\n"));
    for _ in 0..20 {
        assert_eq!(get(site.address, "/").status, 200);
    }
    drop(held);
}

#[test]
fn a_taken_port_is_named_with_the_way_out() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let error = Server::bind(&options(std::path::Path::new("."), port)).err().expect("a refusal").to_string();
    assert!(error.contains(&format!("port {port} is taken")) && error.contains("--port"), "{error}");
}

#[test]
fn it_ends_when_asked_and_frees_port_and_streams() {
    let mut site = Site::start(&[("index.html", PAGE)]);
    let (events, _) = Events::open(site.address);
    site.stop().unwrap();
    assert!(events.has_ended());
    let log = site.log.text();
    assert!(
        log.starts_with(&format!("Serving http://{}/\nWatching ", site.address)) && log.ends_with("Stopped.\n"),
        "{log}"
    );
    let port = site.address.port();
    let again = Server::bind(&options(&site.path(""), port)).unwrap();
    let stop: Stop = again.stop();
    stop.stop();
    again.run(|| site::read(&site.path("")), &mut Vec::new()).unwrap();
}

#[test]
fn a_browser_that_stayed_open_over_a_restart_sees_another_build() {
    let (first, second) = (Site::start(&[("index.html", PAGE)]), Site::start(&[("index.html", PAGE)]));
    assert_ne!(Events::open(first.address).1, Events::open(second.address).1);
}
