//! Starts the servers and stops them again.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{TestSite, essay};

/// A server that is stopped when it is dropped.
pub struct Running {
    child: Child,
    pub url: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

/// Starts `command` and waits until it answers on `port`.
fn started(mut command: Command, port: u16) -> Running {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the server");
    let running = Running { child, url: format!("http://127.0.0.1:{port}") };
    for _ in 0..600 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return running;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{command:?} does not answer");
}

/// moto: a server that speaks S3, with conditional writes. It has a bucket `essays`.
pub fn moto() -> Running {
    let port = free_port();
    let program = std::env::var("NINEFOLD_MOTO").unwrap_or_else(|_| "moto_server".to_owned());
    let mut command = Command::new(program);
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
    let running = started(command, port);
    assert_eq!(request("PUT", &format!("{}/essays", running.url)).0, 200, "the bucket");
    running
}

/// rclone: a server that speaks S3 over a folder, without conditional writes. It has a bucket `essays`.
pub fn rclone(folder: &Path) -> Running {
    let port = free_port();
    std::fs::create_dir_all(folder.join("essays")).expect("the bucket");
    let program = std::env::var("NINEFOLD_RCLONE").unwrap_or_else(|_| "rclone".to_owned());
    let mut command = Command::new(program);
    command.args(["serve", "s3", "--auth-key", "key-key,secret-secret", "--addr", &format!("127.0.0.1:{port}")]);
    command.arg(folder);
    started(command, port)
}

/// nginx with `root` as Debian's own configuration would serve it.
pub fn nginx(root: &Path, folder: &Path) -> Running {
    let port = free_port();
    let text = format!(
        "daemon off;\npid {0}/pid;\nerror_log {0}/errors;\nevents {{}}\nhttp {{\n  access_log off;\n  include /etc/nginx/mime.types;\n  \
         client_body_temp_path {0}/body;\n  proxy_temp_path {0}/proxy;\n  fastcgi_temp_path {0}/fastcgi;\n  uwsgi_temp_path {0}/uwsgi;\n  \
         scgi_temp_path {0}/scgi;\n  server {{\n    listen 127.0.0.1:{port};\n    root {1};\n    error_page 404 /404.html;\n  }}\n}}\n",
        folder.display(),
        root.display()
    );
    let config = folder.join("nginx.conf");
    std::fs::write(&config, text).expect("the configuration");
    let mut command = Command::new("nginx");
    command.arg("-c").arg(&config).arg("-p").arg(folder);
    started(command, port)
}

/// Status, headers and body.
pub fn request(method: &str, url: &str) -> (u16, String, Vec<u8>) {
    let rest = url.strip_prefix("http://").expect("an address");
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let mut stream = TcpStream::connect(host).expect("the server");
    let path = if path.is_empty() { "/".to_owned() } else { encoded(path) };
    // Any signature will do for moto; it needs one to see a request for S3.
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\nAuthorization: AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("a request");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("headers");
    let headers = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let status = headers.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    (status, headers, bytes[end + 4..].to_vec())
}

/// What is not plain in an address as `%` and its bytes.
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/?=&".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The program, about to publish `site` with credentials for moto.
pub fn publisher(site: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ninefold"));
    command.arg("publish").args(arguments).current_dir(site).env("CI", "1").env("AWS_ACCESS_KEY_ID", "key-key");
    command.env("AWS_SECRET_ACCESS_KEY", "secret-secret").env("AWS_REGION", "us-east-1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Publishes and must come through.
pub fn publish(site: &Path, arguments: &[&str]) -> String {
    let output = publisher(site, arguments).output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    said
}

/// A site with the default theme and `essays` essays that goes to the bucket at `url`.
pub fn site_for(url: &str, essays: usize, more: &str) -> TestSite {
    let site = TestSite::with_default_theme().file(
        "content/site.yaml",
        format!(
            "title: T\nbase_url: {url}/essays/site\npublish:\n  live: {{type: s3, bucket: essays, endpoint: \"{url}\", prefix: site{more}}}\n"
        ),
    );
    for n in 0..essays {
        site.write(
            &format!("content/essays/n{n}.md"),
            essay(&format!("n{n}"), "patterns: [lag]", &format!("Essay {n}.")),
        );
    }
    site
}

/// Every file of the built site, without our manifest.
pub fn built(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    site.output().into_iter().filter(|(path, _)| !path.starts_with(".ninefold")).collect()
}

/// The paths below the prefix `site`.
pub fn listed(url: &str) -> Vec<String> {
    let (_, _, body) = request("GET", &format!("{url}/essays?list-type=2&prefix=site/&max-keys=1000"));
    let text = String::from_utf8(body).expect("UTF-8");
    assert!(!text.contains("<IsTruncated>true"), "more than one page");
    text.split("<Key>site/").skip(1).filter_map(|rest| Some(rest.split_once("</Key>")?.0.to_owned())).collect()
}

/// What pages name of the site's own assets.
pub fn assets_of(page: &str) -> Vec<String> {
    page.split(['"', '\''])
        .filter_map(|part| Some(part[part.find("/assets/")? + 1..].split(['?', '#']).next()?.to_owned()))
        .collect()
}

/// A folder for a server's own files.
pub fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    (folder, path)
}
