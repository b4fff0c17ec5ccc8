// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.bundle;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a bundle holds.
///
/// @param incident whose story it is
/// @param files SHA-256 of each, by name
record Manifest(String incident, SortedMap<String, Digest> files) {
  private static final int FORM = 1;

  Manifest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  static Manifest of(String incident, Map<String, byte[]> files) {
    SortedMap<String, Digest> digests = new TreeMap<>();
    files.forEach((name, content) -> digests.put(name, Digest.of(content)));
    return new Manifest(incident, digests);
  }

  byte[] bytes() {
    ObjectNode json = CanonicalJson.object();
    json.put("form", FORM).put("incident", incident);
    ObjectNode all = json.putObject("files");
    files.forEach((name, digest) -> all.put(name, digest.hex()));
    return CanonicalJson.bytes(json);
  }

  static Manifest read(byte[] bytes) throws BundleException {
    try {
      JsonNode json = CanonicalJson.read(bytes);
      if (json.path("form").asInt(0) != FORM) {
        throw new BundleException(Bundle.MANIFEST, "is in a form that is not known here");
      }
      SortedMap<String, Digest> files = new TreeMap<>();
      json.path("files")
          .properties()
          .forEach(file -> files.put(file.getKey(), new Digest(file.getValue().asString(""))));
      return new Manifest(json.path("incident").asString(""), files);
    } catch (IllegalArgumentException e) {
      throw new BundleException(Bundle.MANIFEST, "cannot be read: " + e.getMessage(), e);
    }
  }
}
