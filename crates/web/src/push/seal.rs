//! Encryption of a message for one browser: RFC 8291, with the content coding aes128gcm of RFC 8188.

use hmac::{Hmac, KeyInit, Mac};
use kernel::problem::{Problem, Result};
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{PublicKey, SecretKey};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use sha2::Sha256;

/// One record holds the whole message; push services take up to 4096 bytes.
const RECORD: u32 = 4096;
/// Messages are filled up to a multiple of this, so that their length tells nothing.
const BLOCK: usize = 256;

/// Whether these bytes are a browser's public key: an uncompressed point of P-256.
pub(super) fn is_key(bytes: &[u8]) -> bool {
    bytes.len() == 65 && PublicKey::from_sec1_bytes(bytes).is_ok()
}

/// Encrypts for the holder of `browser`'s private key and `auth`. `ephemeral` is used for this message only.
pub(super) fn seal(
    message: &[u8],
    browser: &[u8],
    auth: &[u8],
    ephemeral: &SecretKey,
    salt: &[u8; 16],
    padded: bool,
) -> Result<Vec<u8>> {
    let theirs =
        PublicKey::from_sec1_bytes(browser).map_err(|_| Problem::internal("a browser's key is none"))?;
    let ours = ephemeral.public_key().to_sec1_point(false);
    let shared = ephemeral.diffie_hellman(&theirs);
    let about = [b"WebPush: info\0".as_slice(), browser, ours.as_bytes()].concat();
    let input = expand(&mac(auth, shared.raw_secret_bytes())?, &about)?;
    let key = mac(salt, &input)?;
    let content_key = expand(&key, b"Content-Encoding: aes128gcm\0")?;
    let nonce = expand(&key, b"Content-Encoding: nonce\0")?;

    let mut sealed = message.to_vec();
    sealed.push(2);
    if padded {
        sealed.resize(sealed.len().next_multiple_of(BLOCK), 0);
    }
    let fault = |_| Problem::internal("a message could not be encrypted");
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content_key[..16]).map_err(fault)?);
    let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).map_err(fault)?;
    cipher.seal_in_place_append_tag(nonce, Aad::empty(), &mut sealed).map_err(fault)?;

    let mut out = salt.to_vec();
    out.extend(RECORD.to_be_bytes());
    out.push(65);
    out.extend(ours.as_bytes());
    out.extend(sealed);
    if out.len() > RECORD as usize {
        return Err(Problem::internal("a message is too long"));
    }
    Ok(out)
}

fn mac(key: &[u8], data: &[u8]) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(Problem::internal)?;
    mac.update(data);
    Ok(mac.finalize().into_bytes().into())
}

/// The first block of HKDF's expansion (RFC 5869), which is all that is ever needed here.
fn expand(key: &[u8], about: &[u8]) -> Result<[u8; 32]> {
    mac(key, &[about, &[1]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;

    fn bytes(text: &str) -> Vec<u8> {
        B64.decode(text).unwrap()
    }

    /// The example of RFC 8291, appendix A.
    #[test]
    fn the_standard_s_own_example_comes_out() {
        let ephemeral = SecretKey::from_slice(&bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).unwrap();
        let browser =
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let auth = bytes("BTBZMqHH6r4Tts7J_aSIgg");
        let message = b"When I grow up, I want to be a watermelon";
        let sealed = seal(message, &browser, &auth, &ephemeral, &salt, false).unwrap();
        let wanted = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6T\
            lzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(B64.encode(sealed), wanted);
    }

    #[test]
    fn lengths_tell_nothing_and_have_an_end() {
        let ephemeral = SecretKey::from_slice(&[7; 32]).unwrap();
        let browser = SecretKey::from_slice(&[9; 32]).unwrap().public_key().to_sec1_point(false);
        let of = |n: usize| seal(&vec![b'x'; n], browser.as_bytes(), &[1; 16], &ephemeral, &[2; 16], true);
        assert_eq!(of(10).unwrap().len(), of(200).unwrap().len());
        assert!(of(4000).is_err());
        assert!(is_key(browser.as_bytes()));
        assert!(!is_key(&[4; 65]) && !is_key(&browser.as_bytes()[1..]));
    }
}
