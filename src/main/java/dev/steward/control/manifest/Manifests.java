// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import dev.steward.domain.resource.Resource;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Reads resources from YAML, and shows them in the same shape.
public final class Manifests {
  private Manifests() {}

  public static Manifest read(List<ManifestFile> files) {
    throw new UnsupportedOperationException();
  }

  /// The YAML files at the path: itself, or all below it that end in `.yaml` or `.yml`, by path.
  public static List<ManifestFile> files(Path fileOrFolder) {
    throw new UnsupportedOperationException();
  }

  /// The resource as `apiVersion`, `kind`, `metadata` and `spec`.
  public static ObjectNode show(Resource resource) {
    throw new UnsupportedOperationException();
  }

  /// The resource as a YAML document that can be applied again.
  public static String yaml(Resource resource) {
    throw new UnsupportedOperationException();
  }

  /// The word in `kind:` for what a user wrote, such as `agents`, `Agent` or `tool-servers`.
  ///
  /// @throws dev.steward.domain.ApiException INVALID with the nearest right one
  public static String kind(String written) {
    throw new UnsupportedOperationException();
  }

  public static List<String> kinds() {
    throw new UnsupportedOperationException();
  }
}
