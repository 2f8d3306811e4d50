//! From a request to its answer: a pure function over the edition on show. Sockets are elsewhere.

use std::net::{Ipv4Addr, Ipv6Addr};

use sha2::{Digest as _, Sha256};

use crate::lang::Lang;
use crate::model::OutPath;
use crate::say;
use crate::serve::Problem;
use crate::serve::content_type::{HTML, TEXT, content_type};
use crate::serve::edition::{Edition, Show};
use crate::serve::overlay;
use crate::serve::path::{clean_path, query};
use crate::serve::range::Part;

/// The preview's own folder; no site has one of that name.
const OWN: &str = "_rollbook/";
const MORPH: &[u8] = include_bytes!("../../templates/preview/morph.js");
const RELOAD: &[u8] = include_bytes!("../../templates/preview/reload.js");
const STYLE: &[u8] = include_bytes!("../../templates/preview/preview.css");

/// The head of a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    /// `GET`, `HEAD`, or what we refuse.
    pub(super) method: String,
    /// Path and query as sent.
    pub(super) target: String,
    /// Names and values as sent.
    pub(super) headers: Vec<(String, String)>,
}

impl Request {
    /// The values of a header, in the order sent.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
        self.headers.iter().filter(named).map(|(_, value)| value.trim())
    }

    /// Whether only the head of the response is wanted.
    pub(super) fn is_head(&self) -> bool {
        self.method == "HEAD"
    }
}

/// A response, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Response {
    /// Status code.
    pub(super) status: u16,
    /// Names and values; the length of the body is not among them.
    pub(super) headers: Vec<(&'static str, String)>,
    /// The body, also for a `HEAD` request, whose response says how long it would be.
    pub(super) body: Vec<u8>,
}

impl Response {
    fn new(status: u16, media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", media_type.to_owned()), ("X-Content-Type-Options", "nosniff".to_owned())];
        Self { status, headers, body: body.into() }
    }

    /// A short text: for what no page of the site answers.
    pub(super) fn text(status: u16, text: &str) -> Self {
        Self::new(status, TEXT, format!("{status} {text}\n")).with("Cache-Control", "no-store")
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self
    }
}

/// What becomes of a request.
#[derive(Debug)]
pub(super) enum Answer {
    /// A response.
    Response(Response),
    /// The response for a page that could not be rendered, and what the terminal should know.
    Failed(Response, Problem),
    /// The connection becomes a live-reload stream; this is its head.
    Stream(Response),
}

/// Whom the preview answers, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    /// Language of messages.
    pub(super) lang: Lang,
    /// Whether other machines may read too.
    pub(super) is_open: bool,
}

/// Answers a request from the edition on show.
pub(super) fn answer(request: &Request, edition: &Edition, terms: Terms) -> Answer {
    let lang = terms.lang;
    let path = match admit(request, terms.is_open) {
        Ok(path) => path,
        Err(refusal) => return Answer::Response(refusal),
    };
    match path.strip_prefix(OWN) {
        Some("events") => events(request),
        Some(own) => Answer::Response(conditional(own_file(own, edition, lang), request)),
        None => file(&path, request, edition, lang),
    }
}

/// The path of a request that may be answered at all: it only reads, it was meant for us, and it stays inside.
fn admit(request: &Request, is_open: bool) -> Result<String, Response> {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Err(Response::text(405, "Method Not Allowed").with("Allow", "GET, HEAD"));
    }
    let mut hosts = request.all("Host");
    // A page elsewhere can give its own name our address, and would then read the site in our name (DNS rebinding).
    let is_ours = |host: &str| is_loopback(host) || (is_open && is_address(host));
    if !hosts.next().is_some_and(is_ours) || hosts.next().is_some() {
        return Err(Response::text(403, "Forbidden: not a local host name"));
    }
    clean_path(&request.target).ok_or_else(|| Response::text(400, "Bad Request: not a path of this site"))
}

/// Whether a `Host` header names this machine, with any port.
fn is_loopback(host: &str) -> bool {
    matches!(without_port(host).to_ascii_lowercase().as_str(), "localhost" | "127.0.0.1" | "[::1]")
}

/// Whether a `Host` header is an address and no name, which somebody else could have given to us.
fn is_address(host: &str) -> bool {
    let name = without_port(host);
    let v6 = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    name.parse::<Ipv4Addr>().is_ok() || v6.is_some_and(|name| name.parse::<Ipv6Addr>().is_ok())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn events(request: &Request) -> Answer {
    let head = Response::new(200, "text/event-stream", "").with("Cache-Control", "no-store");
    if request.is_head() { Answer::Response(head) } else { Answer::Stream(head) }
}

/// A file of the preview itself.
fn own_file(name: &str, edition: &Edition, lang: Lang) -> Response {
    let html = match name {
        "morph.js" => return tagged(Response::new(200, content_type(name), MORPH)),
        "reload.js" => return tagged(Response::new(200, content_type(name), RELOAD)),
        "preview.css" => return tagged(Response::new(200, content_type(name), STYLE)),
        "problem" => edition.problem().map(|named| overlay::overlay(&named.problem, lang)),
        // That nothing was found is an answer too, and no error on the browser's console.
        "findings" => edition.findings.as_deref().map(|it| overlay::findings(it, lang).unwrap_or_default()),
        _ => None,
    };
    html.map_or_else(|| Response::text(404, "Not Found"), |html| tagged(Response::new(200, HTML, html)))
}

/// A file of the site.
fn file(path: &str, request: &Request, edition: &Edition, lang: Lang) -> Answer {
    let book = match &edition.show {
        Show::Book(book, _) => book,
        Show::Problem(named) => return Answer::Response(problem_page(&named.problem, edition, lang)),
    };
    let name = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    match book.open(&name) {
        Some(Ok(bytes)) => Answer::Response(conditional(tagged(site_file(200, &name, bytes, edition, lang)), request)),
        Some(Err(error)) => failed(&name, &error, edition, lang),
        None if name == path && book.open(&format!("{path}/index.html")).is_some() => {
            Answer::Response(to_folder(path, &request.target))
        }
        None => Answer::Response(missing(book.open("404.html"), edition, lang)),
    }
}

fn site_file(status: u16, name: &str, bytes: Vec<u8>, edition: &Edition, lang: Lang) -> Response {
    let media_type = content_type(name);
    let bytes = if media_type == HTML { overlay::inject(&bytes, edition, lang) } else { bytes };
    Response::new(status, media_type, bytes)
}

fn failed(name: &str, error: &anyhow::Error, edition: &Edition, lang: Lang) -> Answer {
    let title = say!(lang,
        en: "`{name}` could not be rendered",
        es: "No se pudo generar `{name}`",
        pt: "Não foi possível gerar `{name}`",
    );
    let problem = Problem { title, text: format!("{error:#}") };
    Answer::Failed(problem_page(&problem, edition, lang), problem)
}

/// The page of a problem, with status 500.
pub(super) fn problem_page(problem: &Problem, edition: &Edition, lang: Lang) -> Response {
    let page = overlay::inject(&overlay::error_page(problem, lang), edition, lang);
    Response::new(500, HTML, page).with("Cache-Control", "no-store")
}

/// A folder without its slash moves on to the one with it, so that relative links of its page fit.
fn to_folder(path: &str, target: &str) -> Response {
    let location = format!("/{}/{}", OutPath::new(path).encoded(), query(target));
    Response::text(308, "Permanent Redirect").with("Location", location)
}

fn missing(page: Option<anyhow::Result<Vec<u8>>>, edition: &Edition, lang: Lang) -> Response {
    match page {
        Some(Ok(bytes)) => site_file(404, "404.html", bytes, edition, lang).with("Cache-Control", "no-store"),
        _ => Response::text(404, "Not Found"),
    }
}

/// A response that can be asked for again by its content, whole or in parts.
fn tagged(response: Response) -> Response {
    let hash = Sha256::digest(&response.body);
    let tag: String = hash[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let html = response.headers.iter().any(|(_, value)| value == HTML);
    let response = response.with("ETag", format!("\"{tag}\"")).with("Accept-Ranges", "bytes");
    // A page is read anew each time, going back included; the rest is kept, and asked about each time.
    response.with("Cache-Control", if html { "no-store" } else { "no-cache" })
}

/// What is left of a response that the browser has already, or wants in part (RFC 9110, section 13.2.2).
fn conditional(response: Response, request: &Request) -> Response {
    let Some((_, tag)) = response.headers.iter().find(|(name, _)| *name == "ETag") else { return response };
    if request.all("If-None-Match").any(|tags| matches_tag(tags, tag)) {
        return Response { status: 304, body: Vec::new(), ..response.without("Content-Type") };
    }
    let same = request.all("If-Range").all(|known| known == tag);
    match request.all("Range").next() {
        Some(range) if same && !request.is_head() => partial(response, range),
        _ => response,
    }
}

/// Whether a list of entity tags holds this one; strong and weak compare alike here.
fn matches_tag(tags: &str, tag: &str) -> bool {
    tags.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn partial(response: Response, range: &str) -> Response {
    let length = response.body.len();
    match Part::read(range, length) {
        Part::Whole => response,
        Part::Bytes(bytes) => {
            let range = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
            let body = response.body[bytes].to_vec();
            Response { status: 206, body, ..response }.with("Content-Range", range)
        }
        Part::Outside => {
            Response::text(416, "Range Not Satisfiable").with("Content-Range", format!("bytes */{length}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Answer, Request, Response, Terms, answer};
    use crate::lang::Lang;
    use crate::serve::edition::{Edition, Named, Show};
    use crate::serve::{Book, Findings, Problem};

    struct Toy;

    impl Book for Toy {
        fn open(&self, path: &str) -> Option<anyhow::Result<Vec<u8>>> {
            match path {
                "index.html" | "año/index.html" => Some(Ok(b"<body>Hello</body>".to_vec())),
                "data.csv" => Some(Ok(b"0123456789".to_vec())),
                "broken.html" => Some(Err(anyhow::anyhow!("no <field>").context("rendering"))),
                _ => None,
            }
        }
    }

    const TERMS: Terms = Terms { lang: Lang::En, is_open: false };

    fn edition(problem: Option<&str>) -> Edition {
        let problem = problem.map(|text| Problem { title: "Bad".to_owned(), text: text.to_owned() });
        let problem = problem.map(|problem| Named { id: "p1".to_owned(), problem });
        Edition { build: "b1".to_owned(), show: Show::Book(Arc::new(Toy), problem), findings: None }
    }

    fn request(method: &str, target: &str, headers: &[(&str, &str)]) -> Request {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let headers = std::iter::once(&("host", "localhost:1111")).chain(headers).map(own).collect();
        Request { method: method.to_owned(), target: target.to_owned(), headers }
    }

    fn response(request: &Request, edition: &Edition) -> Response {
        match answer(request, edition, TERMS) {
            Answer::Response(response) | Answer::Failed(response, _) | Answer::Stream(response) => response,
        }
    }

    fn get(target: &str, headers: &[(&str, &str)]) -> Response {
        response(&request("GET", target, headers), &edition(None))
    }

    fn header<'a>(response: &'a Response, name: &str) -> &'a str {
        response.headers.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    #[test]
    fn pages_carry_the_script_and_while_there_is_one_the_problem() {
        let body = String::from_utf8(get("/", &[]).body).unwrap();
        assert!(body.contains("data-build=\"b1\" data-problem=\"\"") && !body.contains("alertdialog"), "{body}");
        let body = response(&request("GET", "/", &[]), &edition(Some("a < b"))).body;
        let body = String::from_utf8(body).unwrap();
        assert!(
            body.contains("data-problem=\"p1\"") && body.contains("a &lt; b") && body.ends_with("</body>"),
            "{body}"
        );
        assert_eq!(get("/data.csv", &[]).body, b"0123456789");
    }

    #[test]
    fn what_a_check_says_can_be_asked_for() {
        let ask = |findings: Option<Findings>| {
            let edition = Edition { findings: findings.map(Arc::new), ..edition(None) };
            let response = response(&request("GET", "/_rollbook/findings", &[]), &edition);
            (response.status, String::from_utf8(response.body).unwrap())
        };
        assert_eq!(ask(None).0, 404, "not known yet");
        assert_eq!(ask(Some(Findings::default())), (200, String::new()));
        let found = Findings { worst: Some("error"), summary: "1 error".to_owned(), text: "a <b>".to_owned() };
        let (status, html) = ask(Some(found));
        assert!(
            status == 200 && html.contains("data-worst=\"error\">1 error<") && html.contains("a &lt;b&gt;"),
            "{html}"
        );
    }

    #[test]
    fn opened_up_it_answers_addresses_but_no_foreign_names() {
        let status = |host: &str, is_open| {
            let request = Request { headers: vec![("Host".to_owned(), host.to_owned())], ..request("GET", "/", &[]) };
            match answer(&request, &edition(None), Terms { is_open, ..TERMS }) {
                Answer::Response(response) => response.status,
                other => panic!("{other:?}"),
            }
        };
        for host in ["192.168.1.7:1111", "[fe80::1]:1111", "10.0.0.1"] {
            assert_eq!((status(host, true), status(host, false)), (200, 403), "{host}");
        }
        for host in ["evil.example", "evil.example:1111", "1.2.3", "::1", ""] {
            assert_eq!((status(host, true), status(host, false)), (403, 403), "{host}");
        }
        assert_eq!(status("localhost:1111", true), 200);
    }

    #[test]
    fn a_folder_is_reached_with_and_without_its_slash() {
        assert_eq!(get("/a%C3%B1o/", &[]).status, 200);
        let moved = get("/a%C3%B1o?x=1", &[]);
        assert_eq!((moved.status, header(&moved, "Location")), (308, "/a%C3%B1o/?x=1"));
        assert_eq!(get("/data.csv/", &[]).status, 404);
    }

    #[test]
    fn a_known_tag_needs_no_body() {
        let tag = header(&get("/data.csv", &[]), "ETag").to_owned();
        for tags in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let response = get("/data.csv", &[("if-none-match", &tags)]);
            assert_eq!((response.status, response.body.len(), header(&response, "ETag")), (304, 0, tag.as_str()));
        }
        assert_eq!(get("/data.csv", &[("If-None-Match", "\"x\"")]).status, 200);
        assert_eq!(get("/none", &[("If-None-Match", "*")]).status, 404);
    }

    #[test]
    fn a_part_is_cut_out() {
        let part = get("/data.csv", &[("Range", "bytes=2-4")]);
        assert_eq!(
            (part.status, part.body.as_slice(), header(&part, "Content-Range")),
            (206, &b"234"[..], "bytes 2-4/10")
        );
        let outside = get("/data.csv", &[("Range", "bytes=10-")]);
        assert_eq!((outside.status, header(&outside, "Content-Range")), (416, "bytes */10"));
        assert_eq!(get("/data.csv", &[("Range", "bytes=2-4"), ("If-Range", "\"old\"")]).status, 200);
        assert_eq!(response(&request("HEAD", "/data.csv", &[("Range", "bytes=2-4")]), &edition(None)).status, 200);
    }

    #[test]
    fn only_local_names_are_answered() {
        let host = |values: &[&str]| {
            let headers = values.iter().map(|value| ("Host".to_owned(), (*value).to_owned())).collect();
            response(&Request { headers, ..request("GET", "/", &[]) }, &edition(None)).status
        };
        for name in ["localhost", "LOCALHOST:80", "127.0.0.1:1111", "[::1]", "[::1]:1111"] {
            assert_eq!(host(&[name]), 200, "{name}");
        }
        for name in
            ["", "evil.example", "localhost.evil.example", "localhost:x", "127.0.0.1.nip.io:1111", "::1", "[::2]"]
        {
            assert_eq!(host(&[name]), 403, "{name}");
        }
        assert_eq!((host(&[]), host(&["localhost", "evil.example"])), (403, 403));
    }

    #[test]
    fn a_page_that_fails_is_told_here_and_there() {
        let answer = answer(&request("GET", "/broken.html", &[]), &edition(None), TERMS);
        let Answer::Failed(response, problem) = answer else { panic!("{answer:?}") };
        assert_eq!((response.status, problem.text.as_str()), (500, "rendering: no <field>"));
        assert!(String::from_utf8(response.body).unwrap().contains("rendering: no &lt;field&gt;"));
    }

    #[test]
    fn the_rest_is_refused() {
        assert_eq!(response(&request("POST", "/", &[]), &edition(None)).status, 405);
        assert_eq!((get("/none.html", &[]).status, get("/_rollbook/none", &[]).status), (404, 404));
        assert_eq!((get("/..%2fx", &[]).status, get("/a%00", &[]).status), (400, 400));
    }
}
