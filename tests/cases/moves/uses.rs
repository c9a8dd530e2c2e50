//! What is to be read again when a name comes to stand for less.

use ninefold::diagnostic::Spot;
use ninefold::moves::{self, Project};
use ninefold::pipeline;

use crate::support::TestSite;

#[test]
fn every_use_of_a_name_is_listed() {
    let site = TestSite::new()
        .concept("spare", "Room.")
        .file("content/concepts/third.md", "---\nname: Third\ndefinition: D.\nrelated: [spare]\n---\n")
        .incident("slow", "title: Slow")
        .essay("a", "concepts: [spare]", "It had [room](concept:spare?in=slow). So it was said in [the record](incident:slow).\n\n## Under {incident=slow}\n\nSee [[spare]] there.");
    let assembled = pipeline::read(&site.options());
    let project = Project { assembled: &assembled, settings: None, known_faults: None };
    let mut lines = String::new();
    for name in ["spare", "slow"] {
        let name = moves::find(project, name).expect("a name");
        for one in moves::uses(project, &name).expect("uses") {
            let place = if let Spot::Bytes(span) = one.spot { format!("{}", span.start) } else { "front".to_owned() };
            lines.push_str(&format!("{} {} {place} {:?} {}\n", name.id, one.path, one.how, one.text));
        }
    }
    insta::assert_snapshot!(lines, @r"
    spare content/concepts/third.md front Tag 
    spare content/essays/a.md front Tag 
    spare content/essays/a.md 62 Passage It had room. So it was said in the record.
    spare content/essays/a.md 171 Link See spare there.
    slow content/essays/a.md 62 Passage It had room. So it was said in the record.
    slow content/essays/a.md 111 Link So it was said in the record.
    slow content/essays/a.md 141 Passage Under
    ");
}
