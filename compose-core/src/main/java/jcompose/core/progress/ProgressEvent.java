package jcompose.core.progress;

import java.time.Duration;
import java.util.Optional;

/// Something that happened to one object while a plan was carried out.
public sealed interface ProgressEvent {
  /// What it is about, for people: `Container shop-web-1`, `Network shop_default`, `Image
  /// nginx:1.27`.
  String subject();

  /// Work on the object began.
  ///
  /// @param verb as docker compose prints it: `Creating`, `Starting`, `Waiting`, `Pulling`
  record Started(String subject, String verb) implements ProgressEvent {}

  /// News in between, such as a layer's download or a line of a build.
  record Advanced(
      String subject, String part, String message, Optional<Long> current, Optional<Long> total)
      implements ProgressEvent {}

  /// Work on the object ended well.
  ///
  /// @param verb `Created`, `Started`, `Healthy`, `Running`, `Removed`
  record Done(String subject, String verb, Duration taken) implements ProgressEvent {}

  /// Work on the object failed.
  record Failed(String subject, String verb, String reason) implements ProgressEvent {}

  /// Something the user should know though nothing failed.
  record Warning(String subject, String message) implements ProgressEvent {}
}
