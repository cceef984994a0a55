//! Proxies, as the environment names them: `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not.

use std::fmt;
use std::net::IpAddr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret as _, SecretString};

use super::url::{Url, UrlError};

/// The proxy for https, and the hosts that need none. Connections of `http` never leave the machine and never use one.
#[derive(Clone, Default)]
pub struct Proxies {
    proxy: Option<Proxy>,
    exempt: Vec<String>,
}

/// A proxy, and what it wants to know of us.
#[derive(Clone)]
pub(super) struct Proxy {
    pub(super) url: Url,
    /// User and password as `Basic` wants them.
    pub(super) basic: Option<SecretString>,
}

/// Why the environment's proxy cannot be used.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ProxyError {
    /// Its address is written wrong.
    #[error("the proxy in the environment variable {variable} cannot be used: {reason}")]
    #[diagnostic(code(hrlint::bad_proxy), help("Write it as http://host:port, or http://user:password@host:port."))]
    Form {
        /// The variable.
        variable: &'static str,
        /// Why.
        reason: UrlError,
    },
    /// It is of a kind that we do not speak.
    #[error("the proxy in the environment variable {variable} is a SOCKS proxy")]
    #[diagnostic(
        code(hrlint::bad_proxy),
        help(
            "Name an HTTP proxy: http://host:port. Ask whoever runs the network for one; many programs speak both, on two ports."
        )
    )]
    Socks {
        /// The variable.
        variable: &'static str,
    },
}

impl Proxies {
    /// What the environment says.
    ///
    /// # Errors
    ///
    /// [`ProxyError`], if the proxy's address is none.
    pub fn of_environment() -> Result<Self, ProxyError> {
        Self::of(|name| std::env::var(name).ok())
    }

    /// What these variables say.
    ///
    /// # Errors
    ///
    /// [`ProxyError`], if the proxy's address is none.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ProxyError> {
        let set = |name: &'static str| Some((name, variable(name).filter(|value| !value.trim().is_empty())?));
        let named = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].into_iter().find_map(set);
        let proxy = named.map(|(name, value)| Proxy::parse(name, value.trim())).transpose()?;
        let exempt = set("NO_PROXY").or_else(|| set("no_proxy")).map_or(String::new(), |(_, value)| value);
        let exempt = exempt.split([',', ' ']).map(|host| host.trim().to_ascii_lowercase());
        Ok(Self { proxy, exempt: exempt.filter(|host| !host.is_empty()).collect() })
    }

    /// The proxy on the way to a service.
    pub(super) fn to(&self, url: &Url) -> Option<&Proxy> {
        self.proxy.as_ref().filter(|_| url.tls && !self.exempts(url))
    }

    /// The proxy on the way to a service, for people.
    #[must_use]
    pub fn shown(&self, url: &Url) -> Option<String> {
        self.to(url).map(|proxy| proxy.url.to_string())
    }

    fn exempts(&self, url: &Url) -> bool {
        let is = |exempt: &String| {
            let (name, port) = exempt
                .rsplit_once(':')
                .filter(|(name, port)| !name.contains(':') && is_port(port))
                .map_or((&**exempt, None), |(name, port)| (name, Some(port)));
            let name = name.trim_start_matches("*.").trim_start_matches('.');
            let host = url.host() == name || url.host().strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
            name == "*"
                || (port.is_none_or(|port| port == url.port.to_string()) && (host || in_network(url.host(), name)))
        };
        self.exempt.iter().any(is)
    }
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an address lies in a network such as `10.0.0.0/8`.
fn in_network(host: &str, network: &str) -> bool {
    let Some((base, bits)) = network.split_once('/') else { return false };
    let (Ok(host), Ok(base), Ok(bits)) = (host.parse(), base.parse(), bits.parse::<u32>()) else { return false };
    let same = |a: u128, b: u128, width: u32| bits <= width && (bits == 0 || (a ^ b) >> (width - bits) == 0);
    match (host, base) {
        (IpAddr::V4(a), IpAddr::V4(b)) => same(u32::from(a).into(), u32::from(b).into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => same(a.into(), b.into(), 128),
        _ => false,
    }
}

impl Proxy {
    fn parse(variable: &'static str, text: &str) -> Result<Self, ProxyError> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        if scheme.to_ascii_lowercase().starts_with("socks") {
            return Err(ProxyError::Socks { variable });
        }
        let (user, host) = rest.rsplit_once('@').map_or((None, rest), |(user, host)| (Some(user), host));
        let url = Url::parse_any(&format!("{scheme}://{host}"));
        let url = url.map_err(|reason| ProxyError::Form { variable, reason })?;
        let basic = user.map(|user| BASE64_STANDARD.encode(decoded(user)).into());
        Ok(Self { url, basic })
    }

    /// The header with which we introduce ourselves.
    pub(super) fn authorization(&self) -> Option<String> {
        self.basic.as_ref().map(|basic| format!("Proxy-Authorization: Basic {}\r\n", basic.expose_secret()))
    }
}

/// `%41` becomes `A`: how passwords with odd characters stand in addresses.
fn decoded(text: &str) -> Vec<u8> {
    let (mut out, bytes) = (Vec::new(), text.as_bytes());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.proxy.as_ref().map(|proxy| &proxy.url);
        f.debug_struct("Proxies").field("proxy", &url).field("exempt", &self.exempt).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Proxies, Url};

    fn proxies(variables: &[(&str, &str)]) -> Proxies {
        let of = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Proxies::of(of).expect("the proxy is fine")
    }

    #[test]
    fn hosts_are_exempt_by_name_domain_port_and_network() {
        let exempt = "localhost, .corp.example,*.gov.example ports.example:8443,10.0.0.0/8,::1";
        let proxies = proxies(&[("https_proxy", "proxy:3128"), ("NO_PROXY", exempt)]);
        let goes = |url| proxies.shown(&Url::parse_any(url).expect("an address")).is_some();
        for through in
            ["https://corp.example.org", "https://ports.example", "https://11.0.0.1", "https://mycorp.example"]
        {
            assert!(goes(through), "{through}");
        }
        for past in [
            "https://localhost",
            "https://a.corp.example",
            "https://corp.example",
            "https://b.gov.example",
            "https://ports.example:8443",
            "https://10.9.8.7",
            "https://[::1]",
            "http://localhost:1",
        ] {
            assert!(!goes(past), "{past}");
        }
    }

    /// Nothing goes around a proxy that was asked for, even if we do not speak its language.
    #[test]
    fn a_socks_proxy_is_refused_by_the_variable_s_name() {
        for url in ["socks5://mia:p%40ss@proxy.example:1080", "SOCKS5H://proxy.example", "socks4a://proxy.example:1"] {
            let of = |name: &str| (name == "ALL_PROXY").then(|| url.to_owned());
            let error = Proxies::of(of).expect_err("it is no HTTP proxy");
            assert_eq!(error.to_string(), "the proxy in the environment variable ALL_PROXY is a SOCKS proxy");
        }
    }

    #[test]
    fn a_proxy_s_password_is_never_shown() {
        let proxies = proxies(&[("HTTPS_PROXY", "http://mia:p%40ss@proxy.example:8080")]);
        assert!(!format!("{proxies:?}").contains("p%40ss"));
        let proxy = proxies.proxy.expect("there is one");
        assert_eq!(proxy.authorization().as_deref(), Some("Proxy-Authorization: Basic bWlhOnBAc3M=\r\n"));
    }
}
