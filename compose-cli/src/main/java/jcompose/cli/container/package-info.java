/// `jcompose container …`: single containers, as the docker command has them.
@NullMarked
package jcompose.cli.container;

import org.jspecify.annotations.NullMarked;
