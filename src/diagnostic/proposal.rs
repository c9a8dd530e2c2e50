//! What a diagnostic's help proposes, for those who can do it at once. Knows the words in which help says so; every place that
//! writes them has the same.

use super::Diagnostic;

/// What an author may be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal<'d> {
    /// This name in the place of the one that the message calls wrong.
    Name(&'d str),
    /// A file that is not there: its kind and name as `ninefold new` takes them.
    Create { kind: &'d str, name: &'d str },
}

impl Diagnostic {
    /// What each line of its help proposes.
    pub fn proposals(&self) -> impl Iterator<Item = Proposal<'_>> {
        self.help.iter().filter_map(|help| proposal(help))
    }

    /// The names in its message, between backticks.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.message.split('`').skip(1).step_by(2)
    }
}

fn proposal(help: &str) -> Option<Proposal<'_>> {
    if let Some(name) = help.strip_prefix("did you mean `").and_then(|rest| rest.strip_suffix("`?")) {
        return Some(Proposal::Name(name));
    }
    let (command, _) = help.strip_prefix("create it with `ninefold new ")?.split_once('`')?;
    let (kind, name) = command.split_once(' ')?;
    Some(Proposal::Create { kind, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_that_can_be_done_is_understood() {
        assert_eq!(proposal("did you mean `#cues`?"), Some(Proposal::Name("#cues")));
        let create = Proposal::Create { kind: "essay", name: "ports" };
        assert_eq!(
            proposal("create it with `ninefold new essay ports`, and publish it: it begins as a draft"),
            Some(create)
        );
        assert_eq!(proposal("the nine are `lag` and others"), None);
    }
}
