//! Encryption: TLS 1.2 and 1.3, with the certificates that the operating system trusts.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;

/// Why encryption could not be set up.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum TlsError {
    /// The extra certificates are none.
    #[error("the certificates to trust cannot be read: {0}")]
    #[diagnostic(
        code(hrlint::bad_ca_file),
        help(
            "Ask whoever runs the proxy for its root certificate in PEM form: it begins with -----BEGIN CERTIFICATE-----."
        )
    )]
    Certificates(String),
    /// The operating system's certificates cannot be used.
    #[error("the certificates that this machine trusts cannot be used: {0}")]
    #[diagnostic(
        code(hrlint::no_trust_store),
        help("Install the package ca-certificates, or name a file with --ca-file.")
    )]
    Store(String),
}

/// What connections are encrypted with.
pub(super) fn config(extra: Option<&[u8]>) -> Result<Arc<ClientConfig>, TlsError> {
    let provider = Arc::new(ring::default_provider());
    let extra: Vec<CertificateDer<'static>> = match extra {
        Some(pem) => CertificateDer::pem_slice_iter(pem)
            .collect::<Result<_, _>>()
            .map_err(|error| TlsError::Certificates(error.to_string()))
            .and_then(|found: Vec<_>| {
                if found.is_empty() {
                    Err(TlsError::Certificates("there is none in the file".to_owned()))
                } else {
                    Ok(found)
                }
            })?,
        None => Vec::new(),
    };
    let store = |error: rustls::Error| TlsError::Store(error.to_string());
    let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider)).map_err(store)?;
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(store)?;
    let mut config = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
    // The second version of HTTP has no reason phrase.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
