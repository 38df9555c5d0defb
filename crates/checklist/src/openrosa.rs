//! Documents of the OpenRosa API 1.0 that a server answers with: the list of forms, a form's files, what became of a
//! submission. <https://docs.getodk.org/openrosa/>

use crate::xml::Out;

/// A form in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormEntry {
    pub form_id: String,
    pub name: String,
    pub version: String,
    /// MD5 of the form's XML, 32 hexadecimal digits: what tells clients that it has changed.
    pub md5: String,
    pub description: String,
    pub download_url: String,
    /// Where the list of its files is; without one there are none.
    pub manifest_url: Option<String>,
}

/// A file that belongs to a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaFile {
    pub file_name: String,
    /// MD5, 32 hexadecimal digits.
    pub md5: String,
    pub download_url: String,
}

/// `GET /formList`
pub fn form_list(forms: &[FormEntry]) -> String {
    let mut out = Out::new();
    out.open("xforms", &[("xmlns", "http://openrosa.org/xforms/xformsList")]);
    for form in forms {
        out.open("xform", &[]);
        out.leaf("formID", &[], &form.form_id);
        out.leaf("name", &[], &form.name);
        out.leaf("version", &[], &form.version);
        out.leaf("hash", &[], &format!("md5:{}", form.md5));
        if !form.description.is_empty() {
            out.leaf("descriptionText", &[], &form.description);
        }
        out.leaf("downloadUrl", &[], &form.download_url);
        if let Some(url) = &form.manifest_url {
            out.leaf("manifestUrl", &[], url);
        }
        out.close();
    }
    out.finish()
}

/// What `manifestUrl` answers.
pub fn manifest(files: &[MediaFile]) -> String {
    let mut out = Out::new();
    out.open("manifest", &[("xmlns", "http://openrosa.org/xforms/xformsManifest")]);
    for file in files {
        out.open("mediaFile", &[]);
        out.leaf("filename", &[], &file.file_name);
        out.leaf("hash", &[], &format!("md5:{}", file.md5));
        out.leaf("downloadUrl", &[], &file.download_url);
        out.close();
    }
    out.finish()
}

/// What is said about a submission that was taken or refused; the words are shown to the person who sent it.
pub fn response(taken: bool, message: &str) -> String {
    let mut out = Out::new();
    out.open("OpenRosaResponse", &[("xmlns", "http://openrosa.org/http/response")]);
    let nature = if taken { "submit_success" } else { "submit_error" };
    out.leaf("message", &[("nature", nature)], message);
    out.finish()
}
