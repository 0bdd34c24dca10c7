/// A project as a picture: what it shows as one small record, and its texts as pure functions of
/// it.
@NullMarked
package jcompose.core.picture;

import org.jspecify.annotations.NullMarked;
