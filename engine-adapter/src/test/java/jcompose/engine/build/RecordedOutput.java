package jcompose.engine.build;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageId;

/// Keeps what a build said.
final class RecordedOutput implements BuildOutput {
  final StringBuilder text = new StringBuilder();
  final List<BuildEvent> events = new ArrayList<>();

  @Override
  public void text(String more) {
    text.append(more);
  }

  @Override
  public TransferListener transfers() {
    return TransferListener.SILENT;
  }

  @Override
  public void event(BuildEvent event) {
    events.add(event);
  }

  @Override
  public void built(ImageId image) {}

  /// The text with ids made equal.
  String plain() {
    return text.toString().replaceAll("\\b[0-9a-f]{12}\\b", "ID");
  }
}
