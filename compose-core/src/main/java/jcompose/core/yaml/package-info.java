/// YAML texts as trees that know where everything stands; the only user of snakeyaml.
@NullMarked
package jcompose.core.yaml;

import org.jspecify.annotations.NullMarked;
