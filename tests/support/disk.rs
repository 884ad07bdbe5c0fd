//! A small file system for one test.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A file system in memory, until it is dropped.
pub struct Disk(pub PathBuf);

impl Disk {
    /// None where the system does not let the test mount one.
    pub fn mount(place: &Path, size: usize) -> Option<Self> {
        fs::create_dir_all(place).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(place);
        mount.output().is_ok_and(|ran| ran.status.success()).then(|| Self(place.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(&self.0).output());
    }
}
