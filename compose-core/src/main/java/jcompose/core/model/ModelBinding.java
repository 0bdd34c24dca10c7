package jcompose.core.model;

import java.util.Optional;

/// The variables through which a service learns of a model.
public record ModelBinding(Optional<String> endpointVar, Optional<String> modelVar) {}
