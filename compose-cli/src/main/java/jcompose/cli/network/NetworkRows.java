package jcompose.cli.network;

import java.util.Map;
import java.util.TreeMap;
import jcompose.cli.output.GoTime;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.cli.output.ShortId;
import jcompose.cli.template.Tree;

/// Networks with the fields that docker's templates know.
final class NetworkRows {
  static final String TABLE = "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}";
  static final Map<String, String> TITLES =
      Map.of(
          "CreatedAt", "CREATED AT",
          "Driver", "DRIVER",
          "ID", "NETWORK ID",
          "IPv6", "IPV6",
          "Internal", "INTERNAL",
          "Labels", "LABELS",
          "Name", "NAME",
          "Scope", "SCOPE");

  private NetworkRows() {}

  static Row of(Tree network, boolean whole) {
    var fields = new TreeMap<String, Object>();
    fields.put("CreatedAt", GoTime.of(network.at("Created").text()));
    fields.put("Driver", network.at("Driver").text());
    fields.put("ID", ShortId.of(network.at("Id").text(), whole));
    fields.put("IPv6", Boolean.toString(network.at("EnableIPv6").flag()));
    fields.put("Internal", Boolean.toString(network.at("Internal").flag()));
    fields.put("Labels", network.at("Labels").labels());
    fields.put("Name", network.at("Name").text());
    fields.put("Scope", network.at("Scope").text());
    return new Row(fields, network.at("Labels").strings());
  }
}
