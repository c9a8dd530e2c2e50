//! A panic over one document is an error with its name, and the others go on.

use ninefold::assemble::outline_all;
use ninefold::assemble::{Outlined, TextBudget};
use ninefold::diagnostic::Diagnostic;
use ninefold::load::Inputs;

use crate::support::{TestSite, now};

#[test]
fn a_panic_over_one_source_is_its_error_and_the_others_are_read() {
    let site = (0..40).fold(TestSite::new(), |site, n| site.essay(&format!("e{n:02}"), "", "Words."));
    let (inputs, _) = Inputs::read(site.root(), now());
    let budget = TextBudget::new(0);
    let outlined = outline_all(&inputs.sources, |source| match source.id.as_str() {
        "e17" => panic!("on purpose"),
        _ => Outlined::new(source, source.read_text(), &budget),
    });
    assert_eq!(outlined.len(), inputs.sources.len());
    let faults: Vec<Diagnostic> = outlined.iter().flat_map(|outlined| outlined.diagnostics.clone()).collect();
    insta::assert_snapshot!(site.shown(&faults), @r"
    error[internal]: the file could not be outlined: Ninefold has a fault
    --> content/essays/e17.md
     = help: please report it with the file that shows it
    ");
    let stubs: Vec<&str> = outlined
        .iter()
        .filter(|outlined| outlined.document.stub)
        .map(|outlined| outlined.document.id.as_str())
        .collect();
    assert_eq!(stubs, ["e17"], "links to it are not called broken as well");
}
