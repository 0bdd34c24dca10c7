package jcompose.engine.build.tree;

/// Who a file belongs to.
public record Ownership(int uid, int gid) {
  public static final Ownership ROOT = new Ownership(0, 0);
}
