/// The Dockerfile language: text to instructions with their ranges, to a graph of stages. Pure: no
/// file, clock or engine is touched.
@NullMarked
package jcompose.engine.dockerfile;

import org.jspecify.annotations.NullMarked;
