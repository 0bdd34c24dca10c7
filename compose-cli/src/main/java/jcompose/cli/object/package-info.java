/// What the commands of containers, images, networks and volumes have in common.
@NullMarked
package jcompose.cli.object;

import org.jspecify.annotations.NullMarked;
