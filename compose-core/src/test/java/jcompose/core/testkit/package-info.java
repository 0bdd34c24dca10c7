/// What tests of all modules share.
@NullMarked
package jcompose.core.testkit;

import org.jspecify.annotations.NullMarked;
