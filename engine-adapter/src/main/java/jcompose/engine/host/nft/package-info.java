/// nftables: changes applied atomically, as text.
@NullMarked
package jcompose.engine.host.nft;

import org.jspecify.annotations.NullMarked;
