package jcompose.engine.oci;

import java.time.Instant;
import java.util.Optional;

/// How one step of an image came to be.
///
/// @param createdBy the instruction, as Docker writes it: `/bin/sh -c #(nop) CMD ["sh"]`
/// @param emptyLayer whether the step changed no file and so has no layer
public record HistoryEntry(
    Optional<Instant> created,
    String createdBy,
    Optional<String> author,
    Optional<String> comment,
    boolean emptyLayer) {}
