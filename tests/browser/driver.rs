//! Chromium through chromedriver: the few commands of WebDriver (https://www.w3.org/TR/webdriver2/) that the tests use.

use std::cell::Cell;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

/// How long a condition is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the page is shown on.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
}

pub const DESK: Screen = Screen { width: 1440, height: 1000, dark: false };
pub const PHONE: Screen = Screen { width: 390, height: 844, dark: false };

/// A browser of one's own, closed when it goes.
pub struct Browser {
    driver: Child,
    session: String,
    agent: ureq::Agent,
    runs_scripts: Cell<bool>,
    _profile: tempfile::TempDir,
}

impl Browser {
    pub fn new(screen: Screen) -> Self {
        // It looks for a free port on one address and takes it on two, so that another program may have it on the second: it ends then.
        let (driver, port) = (0..5).find_map(|_| started()).expect("the port chromedriver listens on");
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let profile = tempfile::tempdir().expect("a profile");
        let mut arguments = vec![
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--hide-scrollbars".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
            format!("--window-size={},{}", screen.width, screen.height),
        ];
        if screen.dark {
            arguments.push("--blink-settings=preferredColorScheme=0".to_owned());
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": { "args": arguments } } } });
        let answer = send(&agent, "POST", &format!("http://127.0.0.1:{port}/session"), Some(&wanted));
        let id = answer["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {answer}")).to_owned();
        let browser = Self {
            driver,
            session: format!("http://127.0.0.1:{port}/session/{id}"),
            agent,
            runs_scripts: Cell::new(true),
            _profile: profile,
        };
        // Headless windows have a least width; the viewport has none.
        browser.command(
            "goog/cdp/execute",
            &json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": {
                "width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": screen.width < 600 } }),
        );
        // A headless window never has the focus by itself.
        browser.command(
            "goog/cdp/execute",
            &json!({ "cmd": "Emulation.setFocusEmulationEnabled", "params": { "enabled": true } }),
        );
        // Nothing glides: what a test sees does not depend on when it looks.
        browser.command(
            "goog/cdp/execute",
            &json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": [
                { "name": "prefers-reduced-motion", "value": "reduce" },
                { "name": "prefers-color-scheme", "value": if screen.dark { "dark" } else { "light" } } ] } }),
        );
        browser
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        send(&self.agent, "POST", &format!("{}/{path}", self.session), Some(body))
    }

    pub fn go(&self, url: &str) {
        self.command("url", &json!({ "url": url }));
        // A key that is pressed before the page is painted is dropped.
        if self.runs_scripts.get() {
            self.run_until_done("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))");
        }
    }

    /// Runs the body of a function in the page.
    pub fn run(&self, script: &str) -> Value {
        self.command("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// The same, for a body that calls its last argument when it is done.
    pub fn run_until_done(&self, script: &str) -> Value {
        self.command("execute/async", &json!({ "script": script, "args": [] }))
    }

    /// From here on, what the policy of a page refuses is noted as `directive: what`.
    pub fn note_refusals(&self) {
        let script = "window.refused = [];
            addEventListener('securitypolicyviolation', (e) => refused.push(`${e.effectiveDirective}: ${e.blockedURI}`), true)";
        self.command(
            "goog/cdp/execute",
            &json!({ "cmd": "Page.addScriptToEvaluateOnNewDocument", "params": { "source": script } }),
        );
    }

    /// What was refused on this page since it was loaded.
    pub fn refused(&self) -> Vec<String> {
        let noted = self.run("return window.refused");
        let noted = noted.as_array().unwrap_or_else(|| panic!("nothing is noted: {noted}"));
        noted.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
    }

    /// Clicks what the selector finds.
    pub fn click(&self, selector: &str) {
        let found = self.command("element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().and_then(|map| map.values().next()).and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("nothing is `{selector}`: {found}"));
        self.command(&format!("element/{id}/click"), &json!({}));
    }

    /// Presses keys; special ones by their WebDriver code points.
    pub fn press(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        self.command("actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// Moves the mouse to the middle of the element that the expression gives.
    pub fn point(&self, element: &str) {
        let at = self.run(&format!(
            "const r = ({element}).getBoundingClientRect(); return [r.x + r.width / 2, r.y + Math.min(r.height / 2, 12)].map(Math.round)"
        ));
        let moves = json!([{ "type": "pointerMove", "duration": 50, "x": at[0], "y": at[1] }]);
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": moves });
        self.command("actions", &json!({ "actions": [mouse] }));
    }

    /// Taps with a finger on the middle of the element that the expression gives.
    pub fn tap(&self, element: &str) {
        let at = self.run(&format!(
            "const r = ({element}).getBoundingClientRect(); return [r.x + r.width / 2, r.y + Math.min(r.height / 2, 12)].map(Math.round)"
        ));
        let taps = json!([
            { "type": "pointerMove", "duration": 0, "x": at[0], "y": at[1] },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        let finger =
            json!({ "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" }, "actions": taps });
        self.command("actions", &json!({ "actions": [finger] }));
    }

    /// From here on no script of a page runs.
    pub fn without_script(&self) {
        self.runs_scripts.set(false);
        self.execute("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    }

    /// From here on pages have the few colours that a reader's system gives them.
    pub fn in_forced_colours(&self) {
        let feature = json!({ "name": "forced-colors", "value": "active" });
        self.execute("Emulation.setEmulatedMedia", &json!({ "features": [feature] }));
    }

    /// Waits until the expression is true in the page.
    pub fn wait_for(&self, expression: &str) {
        let start = Instant::now();
        while self.run(&format!("return !!({expression})")) != Value::Bool(true) {
            if start.elapsed() > PATIENCE {
                let state = "return [location.href, document.readyState, document.activeElement.outerHTML.slice(0, 300)].join(' ')";
                panic!("never true: {expression}\nthe page: {}", self.run(state));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The page from its top to its end, as a PNG.
    pub fn picture(&self) -> Vec<u8> {
        let size = "return [document.documentElement.clientWidth, document.documentElement.scrollHeight]";
        let (width, height) = match self.run(size).as_array().map(Vec::as_slice) {
            Some([width, height]) => (width.clone(), height.clone()),
            _ => panic!("no size"),
        };
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        self.devtools("Page.captureScreenshot", &json!({ "captureBeyondViewport": true, "clip": clip }))
    }

    /// From here on pages are shown as they are printed, on white whatever the palette.
    pub fn on_paper(&self) {
        self.execute("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    }

    /// The page as a PDF on A4.
    pub fn print(&self) -> Vec<u8> {
        self.devtools(
            "Page.printToPDF",
            &json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69 }),
        )
    }

    /// A command of the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/).
    fn execute(&self, command: &str, parameters: &Value) -> Value {
        self.command("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// The bytes that a command of the DevTools protocol answers with.
    fn devtools(&self, command: &str, parameters: &Value) -> Vec<u8> {
        let answer = self.execute(command, parameters);
        let data = answer["data"].as_str().unwrap_or_else(|| panic!("{command}: {answer}"));
        base64::engine::general_purpose::STANDARD.decode(data).expect("base64")
    }

    pub fn url(&self) -> String {
        send(&self.agent, "GET", &format!("{}/url", self.session), None).as_str().unwrap_or_default().to_owned()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A chromedriver, and the port that it says it listens on; none if it ended before.
fn started() -> Option<(Child, u16)> {
    let mut driver = Command::new("chromedriver")
        .args(["--port=0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver, from the package chromium-driver");
    let output = driver.stdout.take().expect("its output");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port = lines
        .by_ref()
        .find_map(|line| line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok());
    let Some(port) = port else {
        let _ = driver.wait();
        return None;
    };
    // What it says later must go somewhere.
    std::thread::spawn(move || lines.for_each(drop));
    Some((driver, port))
}

fn send(agent: &ureq::Agent, method: &str, url: &str, body: Option<&Value>) -> Value {
    let response = match (method, body) {
        ("POST", Some(body)) => agent.post(url).send_json(body),
        _ => agent.get(url).call(),
    };
    let mut response = response.expect("chromedriver to answer");
    let mut answer: Value = response.body_mut().with_config().limit(64 << 20).read_json().expect("JSON");
    assert!(response.status().is_success(), "{method} {url}: {}", answer["value"]["message"]);
    answer["value"].take()
}
