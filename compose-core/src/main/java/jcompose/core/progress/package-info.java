/// What happens while a plan is carried out, as events; who shows them is not known here.
@NullMarked
package jcompose.core.progress;

import org.jspecify.annotations.NullMarked;
