package jcompose.core.loading;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.interpolation.Variables;

/// What a request turned out to mean: which files, which folder, which variables.
///
/// @param files absolute, in the order they are merged; absent for standard input
/// @param explicitName `-p` or COMPOSE_PROJECT_NAME, which must be well formed; with which it is
record Located(
    Path projectDirectory,
    List<Optional<Path>> files,
    Map<String, Variables.Variable> variables,
    Optional<Variables.Variable> explicitName,
    List<String> profiles) {}
