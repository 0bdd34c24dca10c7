/// Images by name and id: pull, push, tag, list, remove, load, save.
@NullMarked
package jcompose.engine.image;

import org.jspecify.annotations.NullMarked;
