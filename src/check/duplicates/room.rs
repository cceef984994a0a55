//! Memory of the lists that the index is made of.

use std::marker::PhantomData;
use std::ops::Range;

use bytemuck::Pod;
use memmap2::MmapMut;

/// A list of zeros that is as long as it was made, and takes no memory before it is written to.
pub(super) enum Room<T> {
    /// A short one.
    Heap(Vec<T>),
    /// A long one, in pages of its own, large ones where the system has them: those that will be written to can be asked for many at
    /// a time, which takes half as long as one at a time, and less where they are large.
    Pages(MmapMut, PhantomData<T>),
}

/// Bytes of a list that are worth pages of their own.
const LONG: usize = 1 << 20;

impl<T: Pod> Room<T> {
    pub(super) fn new(length: usize) -> Self {
        let bytes = length.saturating_mul(size_of::<T>());
        match (bytes >= LONG).then(|| MmapMut::map_anon(bytes)) {
            Some(Ok(pages)) => {
                // Where this is not granted, pages are small.
                #[cfg(target_os = "linux")]
                drop(pages.advise(memmap2::Advice::HugePage));
                Self::Pages(pages, PhantomData)
            }
            _ => Self::Heap(vec![T::zeroed(); length]),
        }
    }

    pub(super) fn list(&mut self) -> &mut [T] {
        match self {
            Self::Heap(list) => list,
            Self::Pages(pages, _) => bytemuck::cast_slice_mut(pages),
        }
    }

    /// Says that these entries will be written to.
    #[cfg_attr(not(target_os = "linux"), expect(unused_variables, reason = "others have no such request"))]
    pub(super) fn expect(&self, entries: Range<usize>) {
        #[cfg(target_os = "linux")]
        if let Self::Pages(pages, _) = self {
            let bytes = |entries: usize| entries * size_of::<T>();
            let (begin, length) = (bytes(entries.start), bytes(entries.len()));
            // Where this is not granted, pages come one at a time.
            drop(pages.advise_range(memmap2::Advice::PopulateWrite, begin, length));
        }
    }
}
