//! `site.yaml`, typed and checked. Knows its keys and defaults, not where the file is or who uses a value.

mod addresses;
mod announce;
mod base_url;
mod colours;
mod contrast;
mod csp;
mod feed_ids;
mod known;
mod licence;
mod language;
mod lints;
mod publish;

use jiff::tz::TimeZone;
use serde::{Serialize, Serializer};

use crate::diagnostic::{Diagnostic, Rule, Spot, rules};
use crate::fields::{BAD_URL, Faults, Fields, Form, GroupShape, Numbers, Placed, UNKNOWN_WORD, cut_texts, yaml_fault};
use crate::model::{HeadingIds, SourcePath};
use crate::yaml;

pub use addresses::{Addresses, EssayParts};
pub use announce::Announce;
pub use base_url::BaseUrl;
pub use colours::{Colours, Palette};
pub use csp::Csp;
pub use feed_ids::FeedIds;
pub use known::{KnownFaults, baseline, can_be_known, known_path};
pub use language::is_right_to_left;
pub use licence::Licence;
pub use lints::{Lints, unknown as unknown_lint};
pub use publish::{Coding, DirTarget, GitTarget, Publish, Purge, RsyncTarget, S3Target, Target, TargetKind};

rules! {
    BAD_CNAME = "bad-cname", error fixed, "`cname` does not go with the path of `base_url`";
    BAD_VERSION = "bad-version", error fixed, "`requires` is no version", settings "requires: newest";
    SITE_TOO_NEW = "site-too-new", error fixed, "the site needs a newer version of the program", settings "requires: \"999.0\"";
    UNKNOWN_TIMEZONE = "unknown-timezone", error fixed, "there is no time zone of this name", settings "timezone: Europe/Atlantis";
    BAD_PATH = "bad-path", error fixed, "a value is not the path of a file in `static/`", settings "logo: ../logo.svg";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[
    RULES,
    addresses::RULES,
    base_url::RULES,
    colours::RULES,
    csp::RULES,
    feed_ids::RULES,
    known::RULES,
    language::RULES,
    licence::RULES,
    lints::RULES,
    publish::RULES,
];

/// Everything `site.yaml` says, with the defaults filled in.
#[derive(Clone, Debug, Serialize)]
pub struct Config {
    pub title: String,
    pub description: Option<String>,
    pub base_url: BaseUrl,
    /// False while what stands at `base_url` is no address.
    pub has_address: bool,
    /// What the addresses of essays are made of.
    pub addresses: Addresses,
    /// Folders outside the project, from the site's, that links in `content/` may lead into.
    pub follow: Vec<String>,
    /// By which rule the ids of headings are made.
    pub ids: HeadingIds,
    pub author: Option<String>,
    /// A language tag (BCP 47): of the theme's words, for `<html lang>` and feeds.
    pub language: String,
    pub theme: Placed<String>,
    /// Decides what "today" is.
    #[serde(serialize_with = "zone_name")]
    pub timezone: TimeZone,
    /// Links in the menu after the site's own kinds.
    pub menu: Vec<MenuLink>,
    /// Entries on one page of a list: essays, and passages where a page quotes them.
    pub page_size: usize,
    pub colours: Colours,
    /// A file in `static/`.
    pub logo: Option<Placed<String>>,
    /// Style sheets in `static/`, linked after the theme's.
    pub extra_css: Vec<Placed<String>>,
    /// What pages may load and reach besides the site itself.
    pub csp: Csp,
    /// Raw HTML in content is passed on as it is.
    pub html_trusted: bool,
    /// Whether a search index is wanted.
    pub search: bool,
    /// Whether records, essays and readings are written as tables.
    pub dataset: bool,
    /// On what terms the site's texts and data may be used.
    pub licence: Option<Licence>,
    /// Photographs are published without what their notes tell of who made them.
    pub strip_pictures: bool,
    /// Whether each page has a picture that stands for it elsewhere.
    pub social_cards: bool,
    /// What the ids in feeds begin with; without it they are addresses.
    pub feed_ids: Option<FeedIds>,
    /// Search engines are asked to leave the site out: it is a copy to look at. No key says so; whoever builds it does.
    pub noindex: bool,
    /// Whether `CNAME` with the host of `base_url` is wanted, for GitHub.
    pub cname: bool,
    /// What the address of a page is put behind to ask an archive for copies of it (RFC 7089).
    pub timegate: String,
    /// At which level each rule counts.
    pub lints: Lints,
    /// Who hears that pages changed, once they are published.
    pub announce: Announce,
    /// Where the site is published to.
    pub publish: Publish,
}

/// A menu entry of the author's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MenuLink {
    pub title: String,
    /// A web address, or a path of this site that begins with `/`.
    pub url: String,
    #[serde(skip)]
    pub spot: Spot,
}

/// A zone is one of the program's, and so has a name.
fn zone_name<S: Serializer>(zone: &TimeZone, serializer: S) -> Result<S::Ok, S::Error> {
    zone.iana_name().serialize(serializer)
}

/// Where `site.yaml` is, in diagnostics.
pub fn path() -> SourcePath {
    SourcePath::new("content/site.yaml")
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Untitled".to_owned(),
            description: None,
            base_url: BaseUrl::default(),
            has_address: true,
            addresses: Addresses::default(),
            follow: Vec::new(),
            ids: HeadingIds::default(),
            author: None,
            language: "en".to_owned(),
            theme: Placed { value: "default".to_owned(), spot: Spot::File },
            timezone: TimeZone::UTC,
            menu: Vec::new(),
            // A page of fifty essays and fifty passages is some 70 KB, 15 KB compressed.
            page_size: 50,
            colours: Colours::default(),
            logo: None,
            extra_css: Vec::new(),
            csp: Csp::default(),
            html_trusted: false,
            search: true,
            dataset: false,
            licence: None,
            strip_pictures: false,
            social_cards: false,
            feed_ids: None,
            noindex: false,
            cname: false,
            timegate: "https://web.archive.org/web/".to_owned(),
            lints: Lints::default(),
            announce: Announce::default(),
            publish: Publish::default(),
        }
    }
}

impl Config {
    /// Reads the text of `site.yaml`. What is wrong is reported; the rest counts. None if it is no YAML.
    pub fn parse(text: &str) -> (Option<Self>, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let path = path();
        let node = match yaml::parse(text) {
            Ok(node) => node,
            Err(fault) => return (None, vec![yaml_fault(&path, 0, "`site.yaml`", fault)]),
        };
        faults.extend(cut_texts(&path, text, 0, &node, &["title", "description"]));
        let mut fields = Fields::top(&path, node, "`site.yaml`", &mut faults);
        check_version(&mut fields, &mut faults);
        let config = Self::from_fields(&mut fields, &mut faults);
        if config.cname && !config.base_url.path().is_empty() {
            // GitHub shows the site at the name itself, and every link has the path.
            let message = format!("`cname: true` does not go with the path `{}` of `base_url`", config.base_url.path());
            faults.push(
                fault(BAD_CNAME, message, Spot::File).help("leave the path out of `base_url`, or delete the line"),
            );
        }
        faults.extend(config.colours.faults(config.theme.value == Self::default().theme.value));
        fields.finish(&mut faults);
        (Some(config), faults)
    }

    /// What `site.yaml` may hold.
    pub fn shape() -> GroupShape {
        Fields::shape_of(|fields, faults| {
            check_version(fields, faults);
            drop(Self::from_fields(fields, faults));
        })
    }

    fn from_fields(fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        let default = Self::default();
        let value = |placed: Option<Placed<String>>| placed.map(|p| p.value);
        let title = fields.required_text("title", faults).map_or(default.title, Placed::set);
        let description = fields.text("description", faults).map(Placed::set);
        let base_url = BaseUrl::read(fields, faults);
        Self {
            title,
            description,
            has_address: base_url.is_some(),
            announce: fields.group("announce", faults).map(|group| Announce::read(group, faults)).unwrap_or_default(),
            publish: Publish::read(fields, base_url.as_ref(), faults),
            base_url: base_url.unwrap_or_default(),
            addresses: Addresses::read(fields, faults).unwrap_or_default(),
            follow: fields.texts("follow", faults).into_iter().map(|folder| folder.value).collect(),
            ids: fields.word("ids", faults).unwrap_or_default(),
            author: value(fields.text("author", faults)),
            language: language::read(fields, faults).unwrap_or(default.language),
            theme: theme(fields, faults).unwrap_or(default.theme),
            timezone: timezone(fields, faults).unwrap_or(default.timezone),
            menu: fields.groups("menu", faults).into_iter().filter_map(|group| menu_link(group, faults)).collect(),
            page_size: fields
                .number("page_size", 1, 500, faults)
                .and_then(|n| usize::try_from(n).ok())
                .unwrap_or(default.page_size),
            colours: fields.group("colours", faults).map_or(default.colours, |group| Colours::read(group, faults)),
            logo: static_file(fields.takes(STATIC_FILE).text("logo", faults), faults),
            extra_css: fields
                .takes(STATIC_FILE)
                .texts("extra_css", faults)
                .into_iter()
                .filter_map(|file| static_file(Some(file), faults))
                .collect(),
            csp: fields.group("csp", faults).map_or(default.csp, |group| Csp::read(group, faults)),
            html_trusted: html(fields, faults),
            search: fields.flag("search", faults).unwrap_or(default.search),
            dataset: fields.flag("dataset", faults).unwrap_or(default.dataset),
            licence: Licence::read(fields, faults),
            strip_pictures: fields.group("pictures", faults).is_some_and(|group| pictures(group, faults)),
            social_cards: fields.flag("social_cards", faults).unwrap_or(default.social_cards),
            feed_ids: FeedIds::read(fields, faults),
            noindex: false,
            cname: fields.flag("cname", faults).unwrap_or(default.cname),
            timegate: fields.web_url("timegate", faults).unwrap_or(default.timegate),
            lints: Lints::read(fields, faults),
        }
    }
}

const VERSION: Form =
    Form::of("A version of Ninefold, in quotes: \"0.2\"", r"\+?\d+(?:\.\+?\d+)*").numbers(Numbers::Positive);
const ZONE: Form = Form::of("A time zone: Europe/Berlin, UTC", r"[A-Za-z][A-Za-z0-9_+/-]*");
const MENU_URL: Form = Form::of(
    "A web address, or a path of this site that begins with /",
    r"(?:[Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:|/)[\s\S]*",
)
.except("^//");
/// No part is empty, and none leads up or stays.
const STATIC_FILE: Form = Form {
    numbers: Numbers::Any,
    flags: true,
    ..Form::of("A file in content/static/: logo.svg", r"/*[^/](?:[\s\S]*[^/])?").except(r"[^/]//|(?:^|/)\.\.?(?:/|$)")
};

fn fault(rule: &'static Rule, message: String, spot: Spot) -> Diagnostic {
    Diagnostic::new(rule, message).in_place(&path(), spot)
}

/// `requires: 0.2` says that the site was made for that version or a newer one.
fn check_version(fields: &mut Fields<'_>, faults: &mut Faults) {
    let Some(wanted) = fields.takes(VERSION).text("requires", faults) else { return };
    let numbers = |text: &str| -> Option<Vec<u64>> { text.split('.').map(|part| part.parse().ok()).collect() };
    let here = env!("CARGO_PKG_VERSION");
    match (numbers(&wanted.value), numbers(here)) {
        (None, _) => faults.push(
            fault(BAD_VERSION, format!("`{}` is not a version", wanted.value), wanted.spot)
                .help(format!("write it in quotes as `\"{here}\"`")),
        ),
        (Some(wanted_numbers), Some(ours)) if wanted_numbers > ours => faults.push(
            fault(
                SITE_TOO_NEW,
                format!("the site needs Ninefold {} or newer; this is {here}", wanted.value),
                wanted.spot,
            )
            .help("update Ninefold"),
        ),
        _ => {}
    }
}

/// A theme's name is a folder's name, so it may not lead anywhere else.
fn theme(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Placed<String>> {
    let id = fields.id("theme", faults)?;
    Some(Placed { value: id.value.to_string(), spot: id.spot })
}

fn timezone(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<TimeZone> {
    let name = fields.takes(ZONE).text("timezone", faults)?;
    let zone = TimeZone::get(&name.value).ok();
    if zone.is_none() {
        let message = format!("there is no time zone `{}`", name.value);
        faults.push(fault(UNKNOWN_TIMEZONE, message, name.spot).help("write a name such as `Europe/Berlin` or `UTC`"));
    }
    zone
}

fn menu_link(mut group: Fields<'_>, faults: &mut Faults) -> Option<MenuLink> {
    let title = group.required_text("title", faults);
    let url = group.takes(MENU_URL).required_text("url", faults);
    group.finish(faults);
    let (title, url) = (title?, url?);
    let lower = url.value.to_lowercase();
    if ["https://", "http://", "mailto:", "/"].iter().any(|start| lower.starts_with(start)) && !lower.starts_with("//")
    {
        return Some(MenuLink { title: title.set(), url: url.value, spot: url.spot });
    }
    faults.push(
        fault(BAD_URL, format!("a menu link can't go to `{}`", url.value), url.spot)
            .help("begin it with https:// for another site, or with / for a page of this one"),
    );
    None
}

fn static_file(file: Option<Placed<String>>, faults: &mut Faults) -> Option<Placed<String>> {
    let mut file = file?;
    let clean = file.value.trim_start_matches('/').to_owned();
    if SourcePath::resolve("", &clean).as_deref() == Some(clean.as_str()) {
        file.value = clean;
        return Some(file);
    }
    faults.push(
        fault(BAD_PATH, format!("`{}` is not the path of a file in `static/`", file.value), file.spot)
            .help("write it as it is below `content/static/`: `logo.svg`"),
    );
    None
}

/// What is done with pictures.
fn pictures(mut group: Fields<'_>, faults: &mut Faults) -> bool {
    let strip = group.flag("strip", faults).unwrap_or(false);
    group.finish(faults);
    strip
}

fn html(fields: &mut Fields<'_>, faults: &mut Faults) -> bool {
    let Some(word) = fields.takes(Form::one_of(&["sanitised", "trusted"])).text("html", faults) else { return false };
    match word.value.as_str() {
        "trusted" => true,
        "sanitised" => false,
        other => {
            faults.push(
                fault(UNKNOWN_WORD, format!("`html` can't be `{other}`"), word.spot)
                    .help("use `sanitised` (as without the line) or `trusted`"),
            );
            false
        }
    }
}
