// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Addresses;
import dev.steward.control.field.Owners;
import dev.steward.control.field.Spec;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Metadata;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// How a DataSource is written.
final class DataSourceKind implements Kind<DataSource> {
  @Override
  public Class<DataSource> type() {
    return DataSource.class;
  }

  @Override
  public boolean owned() {
    return true;
  }

  @Override
  public DataSource read(Metadata metadata, Fields spec) {
    return new DataSource(
        metadata,
        Owners.read(spec),
        spec.text("type"),
        Addresses.read(spec, "url", Set.of()),
        spec.text("version", ""));
  }

  @Override
  public void write(DataSource source, ObjectNode spec) {
    spec.put("owner", source.owner());
    spec.put("type", source.type());
    Spec.put(spec, "url", source.url());
    Spec.put(spec, "version", source.version());
  }
}
