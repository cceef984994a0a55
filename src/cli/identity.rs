//! Which file a path or a stream is, however it is spelt: so that no report takes the place of what is read.

#[cfg(unix)]
use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};

use super::inputs::Found;
use crate::plan::Plan;

/// A file, whatever it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// Device and number of what is there: the same through links of any kind.
    #[cfg(unix)]
    There(u64, u64),
    /// A path without links and dots, as far as it exists.
    Path(PathBuf),
    /// Standard output that is no file.
    Output,
}

impl Identity {
    /// What is at the path, or would be.
    pub(super) fn of(path: &Path) -> Self {
        Self::there(path).unwrap_or_else(|| Self::Path(canonical(path)))
    }

    #[cfg(unix)]
    fn there(path: &Path) -> Option<Self> {
        path.metadata().ok().map(|metadata| Self::from_metadata(&metadata))
    }

    #[cfg(not(unix))]
    fn there(_: &Path) -> Option<Self> {
        None
    }

    #[cfg(unix)]
    fn from_metadata(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self::There(metadata.dev(), metadata.ino())
    }

    /// Where standard output goes.
    pub(super) fn of_output() -> Self {
        Self::of_stream(&std::io::stdout()).unwrap_or(Self::Output)
    }

    /// The file that a stream was redirected to; none for a terminal, a pipe or a device.
    #[cfg(unix)]
    fn of_stream(stream: &impl std::os::fd::AsFd) -> Option<Self> {
        let metadata = File::from(stream.as_fd().try_clone_to_owned().ok()?).metadata().ok()?;
        metadata.is_file().then(|| Self::from_metadata(&metadata))
    }

    /// Elsewhere a stream has no name that could be compared.
    #[cfg(not(unix))]
    fn of_stream<S>(_: &S) -> Option<Self> {
        None
    }
}

fn canonical(path: &Path) -> PathBuf {
    let folder = path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let new = || Some(folder?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(new).unwrap_or_else(|| path.to_owned())
}

/// Everything that a run reads.
pub(super) struct Read {
    inputs: Vec<Identity>,
    mappings: Vec<Identity>,
    waivers: Vec<Identity>,
}

impl Read {
    /// The inputs and the mappings of the plans they are checked by.
    pub(super) fn of(found: &[Found], plans: &[Plan]) -> Self {
        let input = |found: &Found| match &found.path {
            Some(path) => Some(Identity::of(path)),
            None => Identity::of_stream(&std::io::stdin()),
        };
        let mapping = |plan: &Plan| plan.mapping.file.as_deref().map(Identity::of);
        let waivers = plans.iter().filter_map(|plan| plan.waivers.as_ref());
        let waivers = waivers.map(|waivers| Identity::of(Path::new(&*waivers.file))).collect();
        Self {
            inputs: found.iter().filter_map(input).collect(),
            mappings: plans.iter().filter_map(mapping).collect(),
            waivers,
        }
    }

    /// What would be lost if that file was written.
    pub(super) fn contains(&self, file: &Identity) -> Option<&'static str> {
        let input = self.inputs.contains(file).then_some("a file that is to be checked");
        let waivers = self.waivers.contains(file).then_some("the waivers");
        input.or_else(|| self.mappings.contains(file).then_some("the mapping")).or(waivers)
    }
}
