/// A project as the compose specification describes it, resolved and immutable; nothing of engines.
@NullMarked
package jcompose.core.model;

import org.jspecify.annotations.NullMarked;
