//! `fanfold serve`: the page that converts in its visitor's browser, over HTTP. Nothing is converted here; the
//! files of one folder are read when it starts, and those are all that can be had.

use super::report;
use clap::Args;
use fanfold::internals::reason;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fanfold serve --bundle target/web          # after bindings/web/build
  fanfold serve --listen 127.0.0.1:9000")]
pub(super) struct ServeArgs {
    /// Folder of the page, which bindings/web/build makes; otherwise 'web' beside the program
    #[arg(long, value_name = "DIR")]
    pub bundle: Option<PathBuf>,

    /// Where to listen; with port 0 at one that is free. Other machines reach only what is no loopback address
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8017")]
    pub listen: SocketAddr,
}

/// What one client may take: of memory, and of time for its request and for each piece of the answer.
const REQUEST_BYTES: usize = 8 << 10;
const PATIENCE: Duration = Duration::from_secs(10);

/// Clients that are served at once; others are turned away.
const CLIENTS: usize = 64;

/// More than this is no page.
const BUNDLE_BYTES: usize = 256 << 20;

/// Files by their path, as a request has it.
type Bundle = BTreeMap<String, Vec<u8>>;

/// Serves until it is ended.
pub(super) fn serve(args: &ServeArgs) -> Result<ExitCode, String> {
    let folder = match &args.bundle {
        Some(folder) => folder.clone(),
        None => beside_program()?,
    };
    let bundle = bundle(&folder).map_err(|fault| format!("--bundle {}: {fault}", folder.display()))?;
    let listener = TcpListener::bind(args.listen).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "--listen {}: something listens there already; another port will do, such as 0",
                args.listen
            )
        }
        _ => format!("--listen {}: {}", args.listen, reason(&error)),
    })?;
    let address = listener.local_addr().map_err(|error| reason(&error))?;
    report::print(&format!("fanfold: http://{address}/ is the page; Ctrl-C ends it\n"));
    let (bundle, clients) = (Arc::new(bundle), Arc::new(AtomicUsize::new(0)));
    for client in listener.incoming().flatten() {
        if clients.load(Ordering::Relaxed) >= CLIENTS {
            continue;
        }
        let (bundle, busy) = (bundle.clone(), clients.clone());
        busy.fetch_add(1, Ordering::Relaxed);
        let serve = move || {
            // Who goes away is not served.
            let _ = answer(client, &bundle);
            busy.fetch_sub(1, Ordering::Relaxed);
        };
        if thread::Builder::new().name("fanfold-client".into()).spawn(serve).is_err() {
            clients.fetch_sub(1, Ordering::Relaxed);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn beside_program() -> Result<PathBuf, String> {
    let folder = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("web")));
    folder.filter(|folder| folder.is_dir()).ok_or_else(|| {
        "there is no page beside the program: name its folder with --bundle; bindings/web/build makes it"
            .into()
    })
}

/// Reads a folder whole.
fn bundle(folder: &Path) -> Result<Bundle, String> {
    let (mut files, mut folders, mut left) = (Bundle::new(), vec![folder.to_owned()], BUNDLE_BYTES);
    while let Some(at) = folders.pop() {
        for entry in at.read_dir().map_err(|error| reason(&error))? {
            let path = entry.map_err(|error| reason(&error))?.path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
                continue;
            }
            let file = fanfold::internals::open(&path).map_err(|error| reason(&error))?;
            let mut bytes = Vec::new();
            file.take(left as u64 + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
            left = left.checked_sub(bytes.len()).ok_or("it is too large to be the page")?;
            let name = path.strip_prefix(folder).map_err(|error| error.to_string())?;
            let name = name.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            files.insert(format!("/{name}"), bytes);
        }
    }
    match files.get("/index.html").cloned() {
        Some(page) => files.insert("/".into(), page),
        None => return Err("there is no page in it; bindings/web/build makes one".into()),
    };
    Ok(files)
}

/// One request, one answer.
fn answer(mut client: TcpStream, bundle: &Bundle) -> io::Result<()> {
    client.set_write_timeout(Some(PATIENCE))?;
    let Some(request) = request(&mut client)? else {
        return respond(&mut client, "400 Bad Request", "text/plain", b"400\n", true);
    };
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let body = method == "GET";
    match bundle.get_key_value(path) {
        _ if !body && method != "HEAD" => {
            respond(&mut client, "405 Method Not Allowed", "text/plain", b"405\n", true)
        }
        Some((name, bytes)) => respond(&mut client, "200 OK", kind(name), bytes, body),
        None => respond(&mut client, "404 Not Found", "text/plain", b"404\n", body),
    }
}

/// The first line of a request whose head has come whole.
fn request(client: &mut TcpStream) -> io::Result<Option<String>> {
    let (end, mut head, mut piece) = (Instant::now() + PATIENCE, Vec::new(), [0; 1024]);
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || head.len() > REQUEST_BYTES {
            return Ok(None);
        }
        client.set_read_timeout(Some(left))?;
        match client.read(&mut piece)? {
            0 => return Ok(None),
            read => head.extend_from_slice(&piece[..read]),
        }
    }
    let first = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    Ok(String::from_utf8(first.to_vec()).ok())
}

fn respond(client: &mut TcpStream, status: &str, kind: &str, bytes: &[u8], body: bool) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    client.write_all(head.as_bytes())?;
    if body {
        client.write_all(bytes)?;
    }
    client.flush()
}

/// The media type of a file, by its extension.
fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        _ if name.ends_with('/') => "text/html; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "otf" => "font/otf",
        "ttf" => "font/ttf",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(request: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("fonts")).unwrap();
        std::fs::write(folder.path().join("index.html"), "page").unwrap();
        std::fs::write(folder.path().join("fonts/a.ttf"), "face").unwrap();
        let bundle = bundle(folder.path()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client.write_all(request).unwrap();
        client.shutdown(std::net::Shutdown::Write).unwrap();
        answer(listener.accept().unwrap().0, &bundle).unwrap();
        let mut answer = String::new();
        // Who is answered before all was said may find the line cut.
        let _ = client.read_to_string(&mut answer);
        answer
    }

    #[test]
    fn the_files_of_the_page_are_served_and_nothing_else() {
        let page = asked(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"), "{page}");
        assert!(page.ends_with("\r\n\r\npage"), "{page}");
        assert!(asked(b"GET /fonts/a.ttf?1 HTTP/1.1\r\n\r\n").ends_with("\r\n\r\nface"));
        let head = asked(b"HEAD / HTTP/1.1\r\n\r\n");
        assert!(head.contains("Content-Length: 4") && head.ends_with("\r\n\r\n"), "{head}");
        for (request, status) in [
            ("GET /../Cargo.toml HTTP/1.1\r\n\r\n", "404"),
            ("GET /%2e%2e/Cargo.toml HTTP/1.1\r\n\r\n", "404"),
            ("GET //etc/passwd HTTP/1.1\r\n\r\n", "404"),
            ("GET /fonts HTTP/1.1\r\n\r\n", "404"),
            ("POST / HTTP/1.1\r\n\r\n", "405"),
            ("GET / HTTP/1.1\r\n", "400"),
            ("\u{0}\r\n\r\n", "405"),
            ("", "400"),
        ] {
            assert_eq!(asked(request.as_bytes()).get(9..12), Some(status), "{request:?}");
        }
        let endless = [b"GET / HTTP/1.1\r\nA: ".as_slice(), &[b'a'; 2 * REQUEST_BYTES]].concat();
        assert!(!asked(&endless).contains("page"));
    }

    #[test]
    fn a_folder_without_the_page_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(bundle(folder.path()).unwrap_err().contains("bindings/web/build"));
        assert!(bundle(&folder.path().join("none")).is_err());
    }
}
