//! The address of an unknown code in the vendor's error centre.

use crate::catalog::Catalog;

/// Where the vendor looks up any code.
const ERROR_CENTRE: &str = "https://apierrorcenter.developer.huaweicloud.com/apierrorcenter";

/// The address of a code in the vendor's error centre, where its service is the vendor's.
pub fn in_error_centre(code: &str) -> Option<String> {
    let (service, _) = code.rsplit_once('.')?;
    let is_vendors = Catalog::embedded().service(service).is_some();
    is_vendors.then(|| format!("{ERROR_CENTRE}?keyword={code}&product={service}"))
}
