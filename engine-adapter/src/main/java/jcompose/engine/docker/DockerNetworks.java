package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import jcompose.core.engine.Networks;
import jcompose.core.resource.NetworkDetails;
import jcompose.core.resource.NetworkSpec;
import jcompose.core.resource.NetworkSpec.AddressPool;

/// The `/networks` calls.
final class DockerNetworks implements Networks {
  private final DockerApi api;

  DockerNetworks(DockerApi api) {
    this.api = api;
  }

  @Override
  public List<NetworkDetails> list(List<String> labels) {
    List<NetworkDetails> networks = new ArrayList<>();
    for (JsonNode each : api.get("/networks?" + DockerApi.labelFilter(labels))) {
      networks.add(
          new NetworkDetails(
              each.path("Id").asText(),
              each.path("Name").asText(),
              each.path("Driver").asText(),
              each.path("Internal").asBoolean(),
              Json.strings(each.path("Labels"))));
    }
    return networks;
  }

  @Override
  public String create(NetworkSpec spec) {
    return api.post("/networks/create", body(spec)).path("Id").asText();
  }

  static ObjectNode body(NetworkSpec spec) {
    ObjectNode body = Json.object();
    body.put("Name", spec.name());
    body.put("CheckDuplicate", true); // before 1.44 a daemon takes two of one name
    spec.driver().ifPresent(it -> body.put("Driver", it));
    body.put("Internal", spec.internal());
    body.put("Attachable", spec.attachable());
    spec.enableIpv4().ifPresent(it -> body.put("EnableIPv4", it));
    spec.enableIpv6().ifPresent(it -> body.put("EnableIPv6", it));
    if (spec.ipamDriver().isPresent() || !spec.pools().isEmpty() || !spec.ipamOptions().isEmpty()) {
      ObjectNode ipam = body.putObject("IPAM");
      ipam.put("Driver", spec.ipamDriver().orElse("default"));
      if (!spec.ipamOptions().isEmpty()) {
        ipam.set("Options", Json.object(spec.ipamOptions()));
      }
      ArrayNode pools = ipam.putArray("Config");
      spec.pools().forEach(it -> pools.add(pool(it)));
    }
    body.set("Options", Json.object(spec.options()));
    body.set("Labels", Json.object(spec.labels()));
    return body;
  }

  private static ObjectNode pool(AddressPool pool) {
    ObjectNode body = Json.object();
    pool.subnet().ifPresent(it -> body.put("Subnet", it));
    pool.gateway().ifPresent(it -> body.put("Gateway", it));
    pool.range().ifPresent(it -> body.put("IPRange", it));
    if (!pool.auxiliary().isEmpty()) {
      body.set("AuxiliaryAddresses", Json.object(pool.auxiliary()));
    }
    return body;
  }

  @Override
  public void remove(String reference) {
    api.delete("/networks/" + DockerApi.encode(reference));
  }
}
