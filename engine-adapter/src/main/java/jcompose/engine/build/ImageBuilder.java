package jcompose.engine.build;

import jcompose.core.resource.ImageId;

/// Makes images from Dockerfiles.
public interface ImageBuilder {
  /// Builds the target stage and what it needs, tags the result and returns its id. Steps whose
  /// inputs did not change since an earlier build are not run again. Several builds may run at
  /// once. An interrupt ends the build; what is half done is removed.
  ///
  /// @param request a tar context is read to its end and closed
  /// @param output gets the classic builder's texts; calls come one at a time
  /// @throws BuildException when the Dockerfile is wrong or an instruction fails
  /// @throws jcompose.core.engine.EngineException.Invalid when a tag, target or platform is wrong
  /// @throws jcompose.core.engine.EngineException.NotFound when a base image cannot be found
  ImageId build(BuildRequest request, BuildOutput output) throws InterruptedException;
}
