// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.util.Map;

/// The name and labels under which a resource is declared.
///
/// @param name unique per kind: lower-case letters, digits and `-._`, at most 120 characters; a
///   Person's may be an e-mail address
public record Metadata(String name, Map<String, String> labels) {
  public Metadata {
    labels = Map.copyOf(labels);
  }
}
