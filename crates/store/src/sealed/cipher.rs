//! The two ciphers, and how a key becomes the key of one column.
//!
//! AES-256-GCM (NIST SP 800-38D) by `ring`; SM4 (GB/T 32907) in the same mode by RustCrypto. Keys of columns are worked out
//! with HMAC, over SHA-256 for the one and SM3 (GB/T 32905) for the other, so that a city that must use Chinese ciphers
//! uses no other.

use crate::secrets::random_bytes;
use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, Payload};
use hmac::{Hmac, KeyInit, Mac};
use kernel::problem::{Problem, Result};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sm3::Sm3;

/// With what a key seals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    #[default]
    #[serde(rename = "aes-256-gcm")]
    Aes,
    #[serde(rename = "sm4-gcm")]
    Sm4,
}

impl Algorithm {
    pub const ALL: [Self; 2] = [Self::Aes, Self::Sm4];

    /// As the key file and the settings write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Aes => "aes-256-gcm",
            Self::Sm4 => "sm4-gcm",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == text)
    }

    /// HMAC over this algorithm's hash function: 32 bytes.
    pub(super) fn derive(self, key: &[u8; 32], parts: &[&[u8]]) -> Result<[u8; 32]> {
        match self {
            Self::Aes => hmac_of::<Hmac<Sha256>>(key, parts),
            Self::Sm4 => hmac_of::<Hmac<Sm3>>(key, parts),
        }
    }
}

fn hmac_of<M: Mac + KeyInit>(key: &[u8; 32], parts: &[&[u8]]) -> Result<[u8; 32]> {
    let mut mac = <M as KeyInit>::new_from_slice(key).map_err(Problem::internal)?;
    for part in parts {
        // lengths first, so that nothing slides from one part into the next
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    let bytes = mac.finalize().into_bytes();
    bytes.as_slice().try_into().map_err(|_| Problem::internal("an HMAC is not 32 bytes"))
}

/// A key made ready for one column.
pub(super) enum Cipher {
    Aes(Box<LessSafeKey>),
    Sm4(Box<AesGcm<sm4::Sm4, U12>>),
}

impl Cipher {
    pub(super) fn new(algorithm: Algorithm, key: &[u8; 32]) -> Result<Self> {
        let unusable = || Problem::internal("a key for sealing cannot be used");
        match algorithm {
            Algorithm::Aes => UnboundKey::new(&AES_256_GCM, key)
                .map(|key| Self::Aes(Box::new(LessSafeKey::new(key))))
                .map_err(|_| unusable()),
            // SM4 has keys of 128 bits
            Algorithm::Sm4 => AesGcm::new_from_slice(key.get(..16).unwrap_or_default())
                .map(|key| Self::Sm4(Box::new(key)))
                .map_err(|_| unusable()),
        }
    }

    /// Nonce, ciphertext and tag. The nonce is by chance: of each column's key no more than 2^32 texts should be sealed
    /// (SP 800-38D, 8.3), which rotation once a year keeps far away.
    pub(super) fn seal(&self, aad: &[u8], text: &[u8]) -> Result<Vec<u8>> {
        let nonce = random_bytes::<NONCE_LEN>();
        let failed = || Problem::internal("sealing failed");
        let mut out = Vec::with_capacity(NONCE_LEN + text.len() + 16);
        out.extend_from_slice(&nonce);
        match self {
            Self::Aes(key) => {
                out.extend_from_slice(text);
                let body = out.get_mut(NONCE_LEN..).unwrap_or_default();
                let tag = key
                    .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), body)
                    .map_err(|_| failed())?;
                out.extend_from_slice(tag.as_ref());
            }
            Self::Sm4(key) => {
                let body = key.encrypt(&nonce.into(), Payload { msg: text, aad }).map_err(|_| failed())?;
                out.extend_from_slice(&body);
            }
        }
        Ok(out)
    }

    /// What [`seal`](Self::seal) sealed; `None` for anything else.
    pub(super) fn open(&self, aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>()?;
        match self {
            Self::Aes(key) => {
                let mut body = body.to_vec();
                let opened =
                    key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(aad), &mut body);
                let length = opened.ok()?.len();
                body.truncate(length);
                Some(body)
            }
            Self::Sm4(key) => key.decrypt(&(*nonce).into(), Payload { msg: body, aad }).ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8998, A.1: SM4-GCM.
    #[test]
    fn sm4_gcm_is_the_one_of_the_standard() {
        let bytes = |text: &str| hex::decode(text.replace(' ', "")).unwrap();
        let mut key = [0; 32];
        key[..16].copy_from_slice(&bytes("0123456789ABCDEFFEDCBA9876543210"));
        let plain = bytes(
            "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD
             EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
                .replace('\n', "")
                .as_str(),
        );
        let aad = bytes("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        let sealed = bytes(
            "00001234567800000000ABCD
             17F399F08C67D5EE19D0DC9969C4BB7D 5FD46FD3756489069157B282BB200735
             D82710CA5C22F0CCFA7CBF93D496AC15 A56834CBCF98C397B4024A2691233B8D
             83DE3541E4C2B58177E065A9BF7B62EC"
                .replace('\n', "")
                .as_str(),
        );
        let cipher = Cipher::new(Algorithm::Sm4, &key).unwrap();
        assert_eq!(cipher.open(&aad, &sealed), Some(plain));
        assert_eq!(cipher.open(b"", &sealed), None);
    }

    /// The GCM specification's test case 16 has a key of 256 bits.
    #[test]
    fn aes_gcm_is_the_one_of_the_standard() {
        let bytes = |text: &str| hex::decode(text.replace(['\n', ' '], "")).unwrap();
        let key: [u8; 32] =
            bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308").try_into().unwrap();
        let plain = bytes(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
             1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        );
        let aad = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        let sealed = bytes(
            "cafebabefacedbaddecaf888
             522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
             8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
             76fc6ece0f4e1768cddf8853bb2d551b",
        );
        assert_eq!(Cipher::new(Algorithm::Aes, &key).unwrap().open(&aad, &sealed), Some(plain));
    }

    #[test]
    fn one_key_for_each_purpose() {
        for algorithm in Algorithm::ALL {
            let one = algorithm.derive(&[7; 32], &[b"ab", b"c"]).unwrap();
            assert_ne!(one, algorithm.derive(&[7; 32], &[b"a", b"bc"]).unwrap());
            assert_ne!(one, algorithm.derive(&[8; 32], &[b"ab", b"c"]).unwrap());
            assert_eq!(Algorithm::parse(algorithm.code()), Some(algorithm));
        }
    }
}
