package jcompose.engine.build;

import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageId;

/// Told how a build goes on. Calls come one at a time, from any thread.
public interface BuildOutput {
  /// What the classic builder prints, with its ends of line: `Step 1/3 : FROM scratch`, ` --->
  /// Using cache`, a command's output, `Successfully built 0123456789ab`. API clients match on it.
  void text(String text);

  /// Gets the progress of a base image's pull.
  TransferListener transfers();

  /// Something that a program wants to know without parsing [#text].
  void event(BuildEvent event);

  /// The image is there; called once, before the last texts.
  void built(ImageId image);
}
