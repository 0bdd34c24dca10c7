package jcompose.engine.docker;

import jcompose.core.engine.Documents;
import jcompose.core.resource.ObjectKind;

/// What the API answers to its reading calls, as it is.
final class DockerDocuments implements Documents {
  private final DockerApi api;

  DockerDocuments(DockerApi api) {
    this.api = api;
  }

  @Override
  public String inspect(ObjectKind kind, String reference, boolean sizes) {
    return api.text(
        switch (kind) {
          case CONTAINER ->
              "/containers/" + DockerApi.encode(reference) + "/json" + (sizes ? "?size=1" : "");
          case IMAGE -> "/images/" + DockerImages.path(reference) + "/json";
          case NETWORK -> "/networks/" + DockerApi.encode(reference);
          case VOLUME -> "/volumes/" + DockerApi.encode(reference);
        });
  }

  @Override
  public String list(ObjectKind kind, Query query) {
    String filters = DockerApi.filters(query.filters());
    return api.text(
        switch (kind) {
          case CONTAINER ->
              "/containers/json?all="
                  + query.all()
                  + (query.sizes() ? "&size=true" : "")
                  + query.limit().map(it -> "&limit=" + it).orElse("")
                  + "&"
                  + filters;
          case IMAGE -> "/images/json?all=" + query.all() + "&" + filters;
          case NETWORK -> "/networks?" + filters;
          case VOLUME -> "/volumes?" + filters;
        });
  }

  @Override
  public String history(String image) {
    return api.text("/images/" + DockerImages.path(image) + "/history");
  }

  @Override
  public String information() {
    return api.text("/info");
  }

  @Override
  public String diskUsage() {
    return api.text("/system/df");
  }
}
