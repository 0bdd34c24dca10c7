package jcompose.cli.training;

/// Runs everyday commands in one JVM that records which classes they load.
public final class TrainingRun {
  private TrainingRun() {}

  public static void main(String[] arguments) {}
}
