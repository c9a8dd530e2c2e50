//! Reads pages as browsers do, strictly: whatever a browser would have to repair is a fault. Knows HTML, no page of ours.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, parse_document};

/// What is wrong with a page, each with the line it is found on.
pub fn faults(page: &str) -> Vec<String> {
    let options = ParseOpts {
        tokenizer: TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() },
        tree_builder: TreeBuilderOpts { exact_errors: true, ..TreeBuilderOpts::default() },
    };
    let lines: Vec<&str> = page.lines().collect();
    let faults = parse_document(Faults::default(), options).one(page);
    let shown = |(line, fault): (u64, String)| {
        let text = usize::try_from(line).ok().and_then(|line| lines.get(line.saturating_sub(1))).unwrap_or(&"");
        format!("{fault}\n  line {line}: {}", text.chars().take(1_000).collect::<String>())
    };
    faults.into_iter().map(shown).collect()
}

/// Builds no tree: it notes the elements' names, which the parser asks for, and its faults.
#[derive(Default)]
struct Faults {
    names: RefCell<Vec<&'static QualName>>,
    line: Cell<u64>,
    found: RefCell<Vec<(u64, String)>>,
}

impl Faults {
    fn node(&self, name: Option<QualName>) -> usize {
        // A test's few pages: their names may stay.
        let name = name.unwrap_or_else(|| QualName::new(None, html5ever::ns!(), html5ever::local_name!("")));
        self.names.borrow_mut().push(Box::leak(Box::new(name)));
        self.names.borrow().len()
    }
}

impl TreeSink for Faults {
    type Handle = usize;
    type Output = Vec<(u64, String)>;
    type ElemName<'a> = ExpandedName<'static>;

    fn finish(self) -> Self::Output {
        self.found.into_inner()
    }

    fn parse_error(&self, fault: Cow<'static, str>) {
        self.found.borrow_mut().push((self.line.get(), fault.into_owned()));
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(line);
    }

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, node: &'a usize) -> ExpandedName<'static> {
        self.names.borrow()[node - 1].expanded()
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> usize {
        self.node(Some(name))
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.node(None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.node(None)
    }

    fn get_template_contents(&self, template: &usize) -> usize {
        *template
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        if mode != QuirksMode::NoQuirks {
            self.parse_error("the page has no doctype".into());
        }
    }

    fn append(&self, _: &usize, _: NodeOrText<usize>) {}
    fn append_before_sibling(&self, _: &usize, _: NodeOrText<usize>) {}
    fn append_based_on_parent_node(&self, _: &usize, _: &usize, _: NodeOrText<usize>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &usize) {}
    fn reparent_children(&self, _: &usize, _: &usize) {}
    fn mark_script_already_started(&self, _: &usize) {}
}

#[test]
fn the_test_itself_sees_what_a_browser_repairs() {
    let page =
        |body: &str| format!("<!doctype html>\n<html lang=\"en\"><title>T</title>\n<body>\n{body}\n</body></html>\n");
    for body in [
        "<p>a</p></p>",
        "<a href=\"x\">a <a href=\"y\">b</a></a>",
        "<p><div>a</div></p>",
        "<b><i>a</b></i>",
        "a < b",
        "<p class=\"x\" class=\"y\">a</p>",
        "\u{1}",
        "\u{fdd0}",
        "<p id=\"\u{80}\">a</p>",
        "<div/>",
        "<table><b>a</b></table>",
        "<h2><h3>a</h3></h2>",
        "&#1;",
        "<math><mo><</mo></math>",
        "<math><p>a</p></math>",
    ] {
        assert!(!faults(&page(body)).is_empty(), "{body}");
    }
    let whole = "<p>a &lt; <br /> <b>b</b></p><math><mspace width=\"1em\" /><mo>&lt;</mo></math><table><tbody><tr><td>a</td></tr></tbody></table>";
    assert_eq!(faults(&page(whole)), [""; 0]);
    assert!(faults("<title>T</title><p>a</p>").iter().any(|fault| fault.contains("no doctype")));
}
