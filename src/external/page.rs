//! What a page's HTML tells of it: its title, its first heading, which places it has, how much text. Knows tags; judges nothing.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::interface::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// So much of the text is looked at for what it says.
const MAX_TEXT: usize = 20_000;

/// What was found.
#[derive(Debug, Default)]
pub struct Page {
    pub title: String,
    pub heading: String,
    /// Which of the places that were asked for it has.
    pub places: BTreeSet<String>,
    /// Its beginning, in lower case.
    pub text: String,
}

/// Reads `html`, looking for `wanted` places.
pub fn read(html: &str, wanted: &BTreeSet<String>) -> Page {
    let sink = Sink { wanted, state: RefCell::default() };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // It stops where a script ends, or a tag names an encoding.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let State { page, .. } = tokenizer.sink.state.into_inner();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Page { title: words(&page.title), heading: words(&page.heading), text: words(&page.text).to_lowercase(), ..page }
}

struct Sink<'a> {
    wanted: &'a BTreeSet<String>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    page: Page,
    inside: Inside,
}

/// Where text goes.
#[derive(Default, PartialEq)]
enum Inside {
    #[default]
    Text,
    Title,
    Heading,
    /// Scripts and styles.
    Hidden,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => return self.tag(&tag, &mut state),
            Token::CharacterTokens(text) => state.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Sink<'_> {
    fn tag(&self, tag: &Tag, state: &mut State) -> TokenSinkResult<()> {
        let is_start = tag.kind == TagKind::StartTag;
        if state.inside == Inside::Text {
            // Words of two elements are two words.
            state.text(" ");
        }
        if is_start {
            let names = tag.attrs.iter().filter(|attribute| matches!(&*attribute.name.local, "id" | "name"));
            for name in names {
                // What GitHub's pages have in front of the ids of texts.
                let plain = name.value.strip_prefix("user-content-").unwrap_or(&name.value);
                let found = [&*name.value, plain].into_iter().find(|place| self.wanted.contains(*place));
                state.page.places.extend(found.map(str::to_owned));
            }
        }
        state.inside = match (&*tag.name, is_start) {
            ("title", true) if state.page.title.is_empty() => Inside::Title,
            ("h1", true) if state.page.heading.is_empty() => Inside::Heading,
            ("script" | "style", true) => Inside::Hidden,
            ("title" | "h1" | "script" | "style", _) => Inside::Text,
            _ => return TokenSinkResult::Continue,
        };
        match (&*tag.name, is_start) {
            ("title", true) => TokenSinkResult::RawData(RawKind::Rcdata),
            ("style", true) => TokenSinkResult::RawData(RawKind::Rawtext),
            ("script", true) => TokenSinkResult::RawData(RawKind::ScriptData),
            _ => TokenSinkResult::Continue,
        }
    }
}

impl State {
    fn text(&mut self, text: &str) {
        let to = match self.inside {
            Inside::Title => &mut self.page.title,
            Inside::Heading => &mut self.page.heading,
            Inside::Text => &mut self.page.text,
            Inside::Hidden => return,
        };
        if to.len() < MAX_TEXT {
            to.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_page_is_read_for_its_title_its_text_and_the_places_that_are_asked_for() {
        let html = "<!doctype html><title>A <b> page</title><script>'<h1>no</h1>'</script><h1 id=top>One <em>two</em></h1>\
                    <p>Text &amp; more<a name='old'></a><i id=user-content-far>x</i><h1 id=later>Three</h1>";
        let wanted = ["old", "far", "later", "none"].map(str::to_owned).into();
        let page = read(html, &wanted);
        assert_eq!((&*page.title, &*page.heading), ("A <b> page", "One two"));
        assert_eq!(page.places.into_iter().collect::<Vec<_>>(), ["far", "later", "old"]);
        assert!(page.text.starts_with("text & more"), "{}", page.text);
    }
}
