/// `jcompose network`: one class a verb.
@NullMarked
package jcompose.cli.network;

import org.jspecify.annotations.NullMarked;
