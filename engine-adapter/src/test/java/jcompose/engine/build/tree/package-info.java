@NullMarked
package jcompose.engine.build.tree;

import org.jspecify.annotations.NullMarked;
