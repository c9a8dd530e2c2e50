//! Files of words, laid over one another: English, the default theme's in the site's language, the site's own. Knows their form and says
//! what is wrong with them; reads no disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Spot, rules};
use crate::fields::yaml_fault;
use crate::model::{Hash, SourcePath, nearest};
use crate::yaml::{self, Node, Step};

use super::plural::{NAMES, OTHER};
use super::{FALLBACK, Message, Sentence, Words, language_of};

rules! {
    WORDS = "words", error fixed, "a file of the theme's words has a fault";
    NO_WORDS = "no-words", warning, "the theme has no words in the site's language", settings "language: tlh";
    MISSING_WORDS = "missing-words", warning, "words of the theme are left out of the only file in the site's language";
}

/// Keys of lists, and how many texts each has.
const MONTHS: &str = "months";
const MONTHS_SHORT: &str = "months_short";
const QUOTES: &str = "quotes";
/// A choice whose forms are each language's own.
const LIST_BEFORE: &str = "list_before";
/// Missing words that are named.
const NAMED: usize = 5;

/// A file of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsFile {
    pub path: SourcePath,
    pub text: String,
    /// It is the program's, not the site's.
    pub embedded: bool,
}

/// The words of `files` for the language `tag`: each file lies over those before it that hold for the language.
pub fn resolve(tag: &str, files: &[WordsFile], faults: &mut Vec<Diagnostic>) -> Words {
    let of = |name: &str| {
        let name = name.to_owned();
        files.iter().filter(move |file| language_of(&file.path).is_some_and(|of| of.eq_ignore_ascii_case(&name)))
    };
    let mut reader =
        Reader { words: Words { language: FALLBACK.to_owned(), ..Words::default() }, own: BTreeSet::new(), faults };
    let mut texts = vec![tag];
    for file in of(FALLBACK).filter(|file| file.embedded) {
        texts.push(&file.text);
        reader.base(file);
    }
    let names = names(tag);
    let is_of_language = |name: &String| of(name).next().is_some();
    if names.iter().any(is_of_language) {
        tag.clone_into(&mut reader.words.language);
    } else {
        reader.faults.push(no_words(tag));
    }
    let layers: Vec<&WordsFile> = match names.iter().any(is_of_language) {
        true => names.iter().flat_map(|name| of(name)).collect(),
        false => of(FALLBACK).collect(),
    };
    reader.own.clear();
    for file in layers.iter().filter(|file| !(file.embedded && language_of(&file.path) == Some(FALLBACK))) {
        texts.push(&file.text);
        reader.layer(file);
    }
    let is_own = |file: &&WordsFile| !file.embedded && language_of(&file.path) != Some(FALLBACK);
    let has_embedded = layers.iter().any(|file| file.embedded);
    if let Some(file) = layers.iter().copied().rfind(is_own).filter(|_| !has_embedded) {
        reader.missing(file);
    }
    let parts: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
    Words { hash: Some(Hash::of_parts(&parts)), ..reader.words }
}

/// The names of files for a language, the more general first: `zh`, `zh-Hant`, `zh-Hant-TW`.
fn names(tag: &str) -> Vec<String> {
    let ends = tag.match_indices('-').map(|(at, _)| at).chain([tag.len()]);
    ends.map(|end| tag[..end].to_owned()).collect()
}

fn no_words(tag: &str) -> Diagnostic {
    let language = tag.split('-').next().unwrap_or(tag);
    let message = format!("the theme has no words in `{tag}`: menus, headings and dates are in English");
    Diagnostic::new(NO_WORDS, message).in_file(&crate::config::path()).help(format!(
        "write them to `themes/default/words/{language}.yaml`, as `ninefold theme eject words/en.yaml` shows them"
    ))
}

struct Reader<'f> {
    words: Words,
    /// The keys that a file of the language has.
    own: BTreeSet<String>,
    faults: &'f mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn map(&mut self, file: &WordsFile) -> Vec<(String, Node)> {
        match yaml::parse(&file.text) {
            Ok(Node::Map(map)) => map,
            Ok(_) => {
                let fault = Diagnostic::new(WORDS, "a file of words must be `key: text` lines").in_file(&file.path);
                self.faults.push(fault);
                Vec::new()
            }
            Err(fault) => {
                self.faults.push(yaml_fault(&file.path, 0, "the file of words", fault));
                Vec::new()
            }
        }
    }

    /// The file that says which words there are.
    fn base(&mut self, file: &WordsFile) {
        for (key, node) in self.map(file) {
            match message(&node) {
                Some(message) => _ = self.words.messages.insert(key, message),
                None => self.list(&key, texts(&node)),
            }
        }
    }

    fn list(&mut self, key: &str, texts: Vec<String>) {
        match (key, <[String; 4]>::try_from(texts)) {
            (QUOTES, Ok(quotes)) => self.words.quotes = quotes,
            (MONTHS, Err(months)) => self.words.months = months,
            (MONTHS_SHORT, Err(months)) => self.words.months_short = months,
            _ => {}
        }
    }

    fn layer(&mut self, file: &WordsFile) {
        for (n, (key, node)) in self.map(file).into_iter().enumerate() {
            let spot = Spot::Key([Step::Entry(n)].into());
            if let Some(length) = match &*key {
                MONTHS | MONTHS_SHORT => Some(12),
                QUOTES => Some(4),
                _ => None,
            } {
                let texts = texts(&node);
                if texts.len() == length {
                    self.list(&key, texts);
                    self.own.insert(key);
                } else {
                    self.fault(file, spot, format!("`{key}` must be a list of {length} texts"), None);
                }
                continue;
            }
            let Some(known) = self.words.messages.get(&key) else {
                let near = nearest(&key, self.words.messages.keys().map(String::as_str));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                self.fault(file, spot, format!("the theme has no word `{key}`"), help);
                continue;
            };
            match message(&node).filter(|own| is_alike(&key, known, own)) {
                Some(own) => {
                    if let Some((slot, known)) = foreign_slot(known, &own) {
                        let known = known.iter().map(|slot| format!("`{{{slot}}}`")).collect::<Vec<_>>().join(", ");
                        let help =
                            if known.is_empty() { "it has no places".to_owned() } else { format!("it has {known}") };
                        self.fault(file, spot, format!("`{key}` has no place `{{{slot}}}`"), Some(help));
                        continue;
                    }
                    self.words.messages.insert(key.clone(), own);
                    self.own.insert(key);
                }
                None => {
                    let help = form_of(known);
                    self.fault(file, spot, format!("`{key}` has another form than in English"), Some(help));
                }
            }
        }
    }

    fn fault(&mut self, file: &WordsFile, spot: Spot, message: String, help: Option<String>) {
        self.faults.push(Diagnostic::new(WORDS, message).in_place(&file.path, spot).maybe_help(help));
    }

    /// Reports what the only file of the language leaves out.
    fn missing(&mut self, file: &WordsFile) {
        let optional = |key: &&String| *key != LIST_BEFORE;
        let missing: Vec<&str> = self
            .words
            .messages
            .keys()
            .filter(optional)
            .map(String::as_str)
            .chain([MONTHS, MONTHS_SHORT, QUOTES])
            .filter(|key| !self.own.contains(*key))
            .collect();
        if missing.is_empty() {
            return;
        }
        let named: Vec<String> = missing.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
        let more = if missing.len() > NAMED { " and others" } else { "" };
        let message = format!("{} words are said in English: {}{more}", missing.len(), named.join(", "));
        let fault = Diagnostic::new(MISSING_WORDS, message).in_file(&file.path);
        self.faults.push(fault.help("add them, as `ninefold theme eject words/en.yaml` shows them"));
    }
}

/// A text, or one for each form; none of a list.
fn message(node: &Node) -> Option<Message> {
    let Node::Map(map) = node else { return text(node).map(|text| Message::One(Sentence::parse(&text))) };
    let forms: Option<BTreeMap<String, Sentence>> =
        map.iter().map(|(form, node)| Some((form.clone(), Sentence::parse(&text(node)?)))).collect();
    let forms = forms?;
    let is_plural = !forms.is_empty() && forms.keys().all(|form| NAMES.contains(&form.as_str()));
    Some(if is_plural { Message::Plural(forms) } else { Message::Choice(forms) })
}

fn text(node: &Node) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.clone()),
        Node::Typed(_, written) => Some(written.clone()),
        Node::List(_) | Node::Map(_) => None,
    }
}

fn texts(node: &Node) -> Vec<String> {
    match node {
        Node::List(list) => list.iter().filter_map(text).collect(),
        _ => Vec::new(),
    }
}

/// Whether both depend on the same: nothing, a number, the same words.
fn is_alike(key: &str, known: &Message, own: &Message) -> bool {
    match (known, own) {
        (Message::One(_), Message::One(_)) => true,
        (Message::Plural(_), Message::Plural(forms)) => forms.contains_key(OTHER),
        // A language may need no forms.
        (Message::Plural(_), Message::One(_)) => true,
        (Message::Choice(known), Message::Choice(own)) => key == LIST_BEFORE || known.keys().eq(own.keys()),
        _ => false,
    }
}

fn form_of(known: &Message) -> String {
    match known {
        Message::One(_) => "write one text".to_owned(),
        Message::Plural(_) => "write a text for each form that numbers have: `{one: \"…\", other: \"…\"}`".to_owned(),
        Message::Choice(forms) => {
            let forms: Vec<String> = forms.keys().map(|form| format!("`{form}`")).collect();
            format!("write a text for each of {}", forms.join(", "))
        }
    }
}

/// A place that the English text does not have, and those that it has.
fn foreign_slot(known: &Message, own: &Message) -> Option<(String, BTreeSet<String>)> {
    let slots = |message: &Message| -> BTreeSet<String> {
        match message {
            Message::One(sentence) => sentence.slots().map(str::to_owned).collect(),
            Message::Plural(forms) | Message::Choice(forms) => {
                forms.values().flat_map(Sentence::slots).map(str::to_owned).collect()
            }
        }
    };
    let known = slots(known);
    let foreign = slots(own).into_iter().find(|slot| !known.contains(slot) && !is_list_slot(slot, &known))?;
    Some((foreign, known))
}

/// `list_before` has none of its own in English.
fn is_list_slot(slot: &str, known: &BTreeSet<String>) -> bool {
    known.is_empty() && matches!(slot, "first" | "last")
}
