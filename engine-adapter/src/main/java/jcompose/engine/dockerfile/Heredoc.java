package jcompose.engine.dockerfile;

/// A document that stands in the Dockerfile below its instruction.
///
/// @param name the delimiter, which is also the file's name in COPY and ADD
/// @param content with its ends of line; leading tabs are gone when it began with `<<-`
/// @param expand variables in it are replaced (the delimiter was not quoted)
public record Heredoc(String name, String content, boolean expand) {}
