//! Credentials: where they come from, and that no message holds them. Knows the names of the environment's variables.

use std::env;

/// The variables that hold secrets.
const SECRETS: [&str; 4] = ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "CLOUDFLARE_API_TOKEN"];
/// Variables that lead to credentials in another way, as CI services and containers do.
const ELSEWHERE: [&str; 3] =
    ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

/// The variable's value, unless it is empty.
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether the environment says how to sign for AWS and what speaks the same.
pub fn has_aws() -> bool {
    let both = variable("AWS_ACCESS_KEY_ID").is_some() && variable("AWS_SECRET_ACCESS_KEY").is_some();
    both || ELSEWHERE.iter().any(|name| variable(name).is_some())
}

/// `text` without the values of any secret, and without names and passwords in addresses.
pub fn without(text: &str) -> String {
    let values = SECRETS.iter().filter_map(|name| variable(name)).filter(|value| value.len() >= 4);
    let text = values.fold(text.to_owned(), |text, value| text.replace(&value, "…"));
    without_user(&text)
}

/// `https://name:password@host/` as `https://…@host/`.
fn without_user(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let end = after.find(|c: char| c == '/' || c == '\'' || c == '"' || c.is_whitespace()).unwrap_or(after.len());
        let (host, tail) = after.split_at(end);
        match host.rsplit_once('@') {
            Some((_, host)) => out.push_str(&format!("…@{host}")),
            None => out.push_str(host),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::without_user;

    #[test]
    fn addresses_lose_names_and_passwords() {
        for (text, expected) in [
            ("fatal: 'https://me:ghp_1@host/x.git/' not found", "fatal: 'https://…@host/x.git/' not found"),
            ("https://host/a@b and ssh://git@host", "https://host/a@b and ssh://…@host"),
            ("no address", "no address"),
        ] {
            assert_eq!(without_user(text), expected);
        }
    }
}
