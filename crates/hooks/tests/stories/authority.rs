//! A receiver in the city's own network, with a certificate of the city's own authority.

use hooks::client::Client;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use web::outgoing::Outgoing;
use web::outgoing::client::authorities;

/// An authority: its certificate as a PEM file, and what signs.
fn authority() -> (String, Issuer<'static, KeyPair>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    (pem, Issuer::new(params, key))
}

/// Answers 200 to every request, over TLS; its address.
fn receiver(issuer: &Issuer<'static, KeyPair>) -> String {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, issuer).unwrap().der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let url = format!("https://127.0.0.1:{}/in", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            let mut request = [0; 4096];
            // a client that does not believe us hangs up here
            if stream.read(&mut request).is_ok_and(|n| n > 0) {
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            }
        }
    });
    url
}

#[test]
fn a_receiver_of_the_citys_own_authority_is_believed_when_the_operator_says_so() {
    let (pem, issuer) = authority();
    let (other, _) = authority();
    let url = receiver(&issuer);
    let told = |authorities: Arc<[Vec<u8>]>| {
        let networks = vec![("127.0.0.0".parse().unwrap(), 8)];
        let answer = Client::new(Outgoing { networks, authorities }).post(&url, &[], "{}");
        (answer.status, answer.error)
    };
    assert_eq!(told(Arc::default()), (None, Some("tls")), "nobody public has signed it");
    assert_eq!(told(authorities(other.as_bytes()).unwrap()), (None, Some("tls")), "of another authority");
    assert_eq!(told(authorities(pem.as_bytes()).unwrap()), (Some(200), None));
    assert_eq!(told(authorities(format!("{other}{pem}").as_bytes()).unwrap()), (Some(200), None));
}
