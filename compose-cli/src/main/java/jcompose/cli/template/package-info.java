/// The part of Go's text/template that `--format` is used with.
@NullMarked
package jcompose.cli.template;

import org.jspecify.annotations.NullMarked;
