package jcompose.cli;

/// Entry point of the `jcompose` command.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(arguments.length);
  }
}
