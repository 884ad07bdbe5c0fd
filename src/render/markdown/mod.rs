//! The release as one GitHub-flavoured Markdown document.
