/// Network links, addresses and routes through rtnetlink(7), in this or another network namespace.
@NullMarked
package jcompose.engine.host.netlink;

import org.jspecify.annotations.NullMarked;
